"""The business terms that a closed document has, by their codes, as a syntax can say them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from local.documents.forms import TEMPLATES
from local.documents.life import Document
from solde.adapters.render.words import words
from solde.adapters.render.xml import BusinessTerms, business_terms
from solde.adapters.render.xml.terms import Coded, Line, Party
from solde.domain.invoicing.profiles import FRENCH, NORM, PEPPOL

Terms = Iterator[tuple[str, str]]
DUE = {"cii": {"debits": "5", "payment": "72"}, "ubl": {"debits": "3", "payment": "432"}}
DISCOUNT = "95"
SIREN = "0002"


def profile_of(terms: dict[str, str]) -> str:
    """Tell the profile by what BT-24 and BT-23 say."""
    if "peppol" in terms.get("BT-24", ""):
        return PEPPOL
    return FRENCH if terms.get("BT-23") else NORM


def told(document: Document, profile: str, syntax: str) -> dict[str, str]:
    """Return the terms of a document in a profile; those without a text are left out."""
    said = business_terms(document, words(TEMPLATES, document["language"]), profile)
    return {code: text for code, text in _terms(said, syntax) if text}


def _terms(said: BusinessTerms, syntax: str) -> Terms:
    yield from _head(said, syntax)
    creditor = said.payment.creditor if said.payment and syntax == "ubl" else ""
    seller = (
        replace(said.seller, ids=(*said.seller.ids, (creditor, "SEPA")))
        if creditor
        else said.seller
    )
    yield from _party(seller, "BT-27 BT-30 BT-31 BT-32 BT-33 BT-34 BT-43", "BT-29", 35)
    yield from _party(said.buyer, "BT-44 BT-47 BT-48 - - BT-49 BT-58", "BT-46", 50)
    if said.deliver_to_buyer:
        yield from _address(said.buyer, 75)
    yield from _notes(said, syntax)
    yield from _rows(("BT-25", "BT-26"), said.originals)
    yield from _payment(said, syntax)
    yield from _totals(said)
    for place, tax in enumerate(said.taxes, 1):
        rows = (tax.base, tax.amount, tax.category, tax.rate, tax.reason, tax.code)
        yield from ((f"BT-{116 + at}[{place}]", text) for at, text in enumerate(rows))
        if syntax == "cii" and tax.due:
            yield f"BT-8[{place}]", DUE["cii"][said.tax_due]
    for place, off in enumerate(said.allowances, 1):
        rate = (off.tax.category, off.tax.rate) if off.tax else ("", "")
        codes = ("BT-92", "BT-95", "BT-96", "BT-97", "BT-98")
        yield from _at(codes, (off.amount, *rate, off.reason, DISCOUNT), place)
    for place, line in enumerate(said.lines, 1):
        yield from _line(line, place)


def _head(said: BusinessTerms, syntax: str) -> Terms:
    """UBL has no due date on a credit note, and says BT-8 once for the document."""
    named = said.references
    yield "BT-1", said.number
    yield "BT-2", said.issued_on
    yield "BT-3", said.type_code
    yield "BT-5", said.currency
    yield "BT-6", said.tax_currency
    if syntax == "ubl":
        yield "BT-8", DUE["ubl"].get(said.tax_due, "")
    if syntax == "cii" or not said.credit_note:
        yield "BT-9", said.due_on
    yield "BT-10", named.buyer
    yield "BT-12", named.contract
    yield "BT-13", named.order
    yield "BT-19", named.cost_centre
    yield "BT-20", said.terms
    yield "BT-23", said.process
    yield "BT-24", said.customization
    yield "BT-70", named.ship_to
    yield "BT-73", said.start
    yield "BT-74", said.end


def _party(one: Party, codes: str, ids: str, first: int) -> Terms:
    name, siren, vat, tax, legal, endpoint, mail = codes.split()
    address, scheme = one.endpoint or ("", "")
    yield name, one.name
    yield siren, one.siren
    yield f"{siren}-1", SIREN if one.siren else ""
    yield vat, one.vat_id
    yield tax, one.tax_id
    yield legal, one.legal
    yield endpoint, address
    yield f"{endpoint}-1", scheme
    yield mail, one.email
    yield from _rows((ids, f"{ids}-1"), one.ids)
    yield from _address(one, first)


def _address(one: Party, first: int) -> Terms:
    """Yield an address; its third line came later, and has a number of its own."""
    last, third = {35: (40, 162), 50: (55, 163), 75: (80, 165)}[first]
    street, more, rest = one.lines
    yield f"BT-{first}", street
    yield f"BT-{first + 1}", more
    yield f"BT-{third}", rest
    yield f"BT-{first + 2}", one.city
    yield f"BT-{first + 3}", one.postcode
    yield f"BT-{last}", one.country


def _notes(said: BusinessTerms, syntax: str) -> Terms:
    """UBL has no code of a note: one note says all, or the code stands in its text (France)."""
    if syntax == "cii":
        yield from _rows(("BT-21", "BT-22"), tuple((code, text) for code, text in said.notes))
    elif said.coded_notes:
        texts = [f"#{code}#{text}" if code else text for code, text in said.notes]
        yield from ((f"BT-22[{place}]", text) for place, text in enumerate(texts, 1))
    else:
        yield "BT-22[1]", " ".join(text for _, text in said.notes)


def _payment(said: BusinessTerms, syntax: str) -> Terms:
    """Yield who is paid and how; UBL names the creditor among the ids of the seller."""
    if said.payee:
        yield "BT-59", said.payee.name
        yield "BT-61", said.payee.siren
        yield "BT-61-1", SIREN if said.payee.siren else ""
    for place, one in enumerate(said.attachments, 1):
        yield from _at(("BT-122", "BT-123", "BT-124"), (one.id, one.description, one.url), place)
    if paid := said.payment:
        yield "BT-81", paid.means
        yield "BT-87", paid.card
        yield "BT-88", paid.holder
        yield "BT-89", paid.mandate
        yield "BT-91", paid.debtor_iban
        if syntax == "ubl":
            yield "NETWORK", paid.network
        else:
            yield "BT-90", paid.creditor
        yield "BT-83", paid.reference
        yield "BT-84", paid.iban
        yield "BT-85", paid.account_name
        yield "BT-86", paid.bic


def _totals(said: BusinessTerms) -> Terms:
    sums = said.totals
    yield "BT-106", sums.lines
    yield "BT-107", sums.allowances
    yield "BT-109", sums.net
    yield "BT-110", sums.tax
    yield "BT-111", said.tax_booked
    yield "BT-112", sums.gross
    yield "BT-113", sums.prepaid
    yield "BT-114", sums.rounding
    yield "BT-115", sums.due


def _line(line: Line, place: int) -> Terms:
    rows = {
        126: line.id,
        128: line.object_id,
        129: line.quantity,
        130: line.unit,
        131: line.net,
        134: line.start,
        135: line.end,
        146: line.price,
        149: line.base_quantity,
        150: line.unit if line.base_quantity else "",
        151: line.tax.category,
        152: line.tax.rate,
        153: line.name,
        154: line.description,
        155: line.sku,
    }
    yield from ((f"BT-{code}[{place}]", text) for code, text in rows.items())
    for at, off in enumerate(line.allowances, 1):
        codes = ("BT-136", "BT-139", "BT-140")
        yield from _at(codes, (off.amount, off.reason, DISCOUNT), f"{place}.{at}")
    for at, (label, value) in enumerate(line.attributes, 1):
        yield from _at(("BT-160", "BT-161"), (label, value), f"{place}.{at}")


def _rows(codes: tuple[str, str], rows: Sequence[Coded]) -> Terms:
    for place, row in enumerate(rows, 1):
        yield from _at(codes, row, place)


def _at(codes: Sequence[str], row: Sequence[str], place: int | str) -> Terms:
    return ((f"{code}[{place}]", text) for code, text in zip(codes, row, strict=True))
