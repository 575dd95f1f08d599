"""From a closed document to the business terms of EN 16931: facts move, nothing is computed."""

from collections.abc import Iterator, Mapping
from typing import Any

from solde.adapters.render.payment import attachments_of, payee_of, payment_of
from solde.adapters.render.references import shared
from solde.adapters.render.words import Words
from solde.adapters.render.xml.bodies import allowances_of, due_of, lines_of, taxes_of
from solde.adapters.render.xml.parties import buyer_of, seller_of
from solde.adapters.render.xml.profiles import (
    CUSTOMIZATIONS,
    TYPES,
    notes_of,
    process_of,
    settled,
)
from solde.adapters.render.xml.terms import BusinessTerms, Coded, References, Totals
from solde.adapters.render.xml.write import amount
from solde.domain.invoicing.draft import CREDIT_NOTE
from solde.domain.invoicing.profiles import FRENCH, PEPPOL, must_carry
from solde.domain.tax.rates import OUTSIDE
from solde.domain.tax.standing import INTRA_COMMUNITY

Document = Mapping[str, Any]
EURO = "EUR"


def business_terms(document: Document, words: Words, profile: str) -> BusinessTerms:
    """
    Return what a structured invoice of a profile says of a closed document.

    Raises:
        InvalidError: its currency has more than two decimals (R16).

    """
    must_carry(profile, document["currency"])
    envelope, categories = document["envelope"], {one["category"] for one in document["taxes"]}
    vat = OUTSIDE not in categories  # BR-O-02: outside its scope nobody has a VAT id
    credit_note = document["kind"] == CREDIT_NOTE
    return BusinessTerms(
        customization=CUSTOMIZATIONS[profile],
        process=process_of(document, profile),
        credit_note=credit_note,
        type_code=TYPES[document["kind"]],
        number=envelope["number"],
        issued_on=envelope["issued_on"],
        due_on=envelope["issued_on"] if settled(document) else envelope["due_on"],
        terms=f"{words.say('due_on')}: {words.day(envelope['due_on'])}" if credit_note else "",
        notes=tuple(notes_of(document, words, profile)),
        coded_notes=profile == FRENCH,
        currency=document["currency"],
        **_booked(document, profile),
        tax_due=due_of(document),
        references=_references(document, profile),
        seller=seller_of(document, words, profile, vat=vat),
        buyer=buyer_of(document, profile, vat=vat),
        deliver_to_buyer=INTRA_COMMUNITY in categories,
        start=document["period"]["start_on"],
        end=document["period"]["last_on"],
        originals=tuple(dict.fromkeys(_originals(document))),
        payment=payment_of(document),
        payee=payee_of(document),
        attachments=tuple(attachments_of(document)),
        allowances=tuple(allowances_of(document, words)),
        taxes=tuple(taxes_of(document, words)),
        totals=_totals(document),
        lines=tuple(lines_of(document, words)),
    )


def _booked(document: Document, profile: str) -> dict[str, str]:
    """Say the tax in the currency of the books; France wants it in euro even where it is none."""
    if booked := document.get("accounting"):
        tax = amount(booked["tax"], booked["currency"])
        return {"tax_currency": booked["currency"], "tax_booked": tax}
    if profile == FRENCH and document["currency"] != EURO and not document["totals"]["tax"]:
        return {"tax_currency": EURO, "tax_booked": amount(0, EURO)}
    return {"tax_currency": "", "tax_booked": ""}


def _references(document: Document, profile: str) -> References:
    """Peppol wants a reference of the buyer (R003): without an order, his number at the seller."""
    said, customer = shared(document), document["customer"]
    order = said.get("purchase_order", "")
    buyer = customer["external_id"] or customer["id"] if profile == PEPPOL and not order else ""
    return References(
        buyer=buyer,
        order=order,
        contract=said.get("contract_number", ""),
        cost_centre=said.get("cost_centre", ""),
        ship_to=said.get("ship_to", ""),
    )


def _originals(document: Document) -> Iterator[Coded]:
    """Yield what is corrected, and the invoices of deposits that are deducted."""
    for original in document.get("corrects", ()):
        yield original["number"], original["issued_on"]
    for line in document["lines"]:
        if "corrects" in line:
            yield line["corrects"]["number"], line["corrects"]["issued_on"]
    for one in document.get("prepaid", ()):
        if "deposit" in one and "number" in one:
            yield one["number"], one.get("issued_on", "")


def _totals(document: Document) -> Totals:
    said, currency = document["totals"], document["currency"]
    before_tax = "allowances" in said and "inclusive" not in document
    rounding = said.get("rounding", 0)
    return Totals(
        lines=amount(said["lines"] if before_tax else said["net"], currency),
        allowances=amount(said["allowances"], currency) if before_tax else "",
        net=amount(said["net"], currency),
        tax=amount(said["tax"], currency),
        gross=amount(said["net"] + said["tax"], currency),
        prepaid=amount(said["prepaid"], currency),
        rounding=amount(rounding, currency) if rounding else "",
        due=amount(said["due"], currency),
    )
