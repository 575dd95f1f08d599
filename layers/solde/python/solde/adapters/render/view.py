"""One view of a closed document: every text and every amount ready to be set, in order."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby
from typing import Any

from solde.adapters.render.added import NOTHING, Added, added
from solde.adapters.render.custom import fields_of, labelled, with_fields
from solde.adapters.render.late import charges, columns, rules, waived, waived_columns
from solde.adapters.render.legal import mentions_of
from solde.adapters.render.lines import Group, discounted, from_to, groups
from solde.adapters.render.look import BARE, DEFAULT_COLUMNS, PLAIN, Dress, Look
from solde.adapters.render.parties import customer_of, registered, seller_of
from solde.adapters.render.paying import paying
from solde.adapters.render.payment import payment_of
from solde.adapters.render.references import common
from solde.adapters.render.texts.values import texts_of, values_of
from solde.adapters.render.words import Words
from solde.domain.invoicing.draft import (
    CREDIT_NOTE,
    DEPOSIT,
    LATE_CHARGE,
    LATE_CREDIT,
    PRO_FORMA,
    QUOTE,
)
from solde.domain.invoicing.mentions import LATE_AGREED, LATE_PUBLIC
from solde.domain.invoicing.sides import sold_and_bought

Document = Mapping[str, Any]
OF_LATE = (LATE_CHARGE, LATE_CREDIT)
QUIET = (CREDIT_NOTE, LATE_CREDIT, PRO_FORMA, QUOTE)
"""Kinds that ask for no money."""
BILLED_TO = {
    CREDIT_NOTE: "credited_to",
    LATE_CREDIT: "credited_to",
    PRO_FORMA: "made_for",
    QUOTE: "quoted_for",
}
COMES_TO = {
    CREDIT_NOTE: "credit",
    LATE_CREDIT: "credit",
    PRO_FORMA: "expected",
    QUOTE: "expected",
}
"""Their words: the one above the customer, and the one before what it comes to."""
GROUPS = {LATE_CHARGE: charges, LATE_CREDIT: waived}
"""How the rows of a kind are made, where not as those of what was supplied."""
OF_PAYMENT = ("no_discount", "late_penalty", LATE_AGREED, LATE_PUBLIC, "recovery_fee")
"""Mentions of how and when to pay: they have no place where nothing is asked for."""


@dataclass(frozen=True, slots=True)
class View:
    """What a renderer sets; labels and values are text in the document's language."""

    language: str
    title: str
    number: str
    seller: tuple[str, ...]
    seller_facts: tuple[str, ...]
    billed_to: str
    customer: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    columns: tuple[str, ...]
    groups: tuple[Group, ...]
    beside: tuple[tuple[str, ...], ...]
    """The small table beside the totals, a text for each of its columns; it may have no row."""
    beside_columns: tuple[str, ...]
    totals: tuple[tuple[str, str], ...]
    due: tuple[str, str]
    mentions: tuple[str, ...]
    page: str
    download: str
    issued_on: str
    shown: tuple[str, ...] = DEFAULT_COLUMNS
    """What of a row the columns show, in their order."""
    dress: Dress = BARE
    added: Added = NOTHING


def view(
    document: Document,
    words: Words,
    look: Look = PLAIN,
    *,
    marked: bool = False,
    pay_url: str = "",
) -> View:
    """
    Lay out a closed document, which has its envelope.

    `marked`: what texts lack is shown; `pay_url` is where its button leads, where it has one.
    """
    envelope, totals, currency = document["envelope"], document["totals"], document["currency"]
    late = document["kind"] in OF_LATE
    sold_by, sold_to = sold_and_bought(document)
    shown = DEFAULT_COLUMNS if late else look.columns
    rows = _rows(document, words, look)
    sums = (*_totals(document, words), *_prepaid(document, words))
    texts = {}
    if look.blocks:
        texts = texts_of(look, values_of(document, words, rows, sums, marked=marked))
    return View(
        language=words.language,
        title=words.say(f"title_{document['kind']}"),
        number=envelope["number"],
        seller=seller_of(sold_by, words),
        seller_facts=tuple(registered(sold_by, words)),
        billed_to=words.say(BILLED_TO.get(document["kind"], "billed_to")),
        customer=customer_of(sold_to, words),
        facts=(*_facts(document, words), *_fields(document, words, look, marked=marked)),
        columns=tuple(_columns(shown, document, words)),
        groups=rows,
        beside=tuple(_taxes(document, words)),
        beside_columns=(words.say("tax"), words.say("vat_base"), words.say("vat_amount")),
        totals=sums,
        due=(
            words.say(COMES_TO.get(document["kind"], "due")),
            words.money(totals["due"], currency),
        ),
        mentions=tuple(_mentions(document, words)),
        page=words.say("page"),
        download=words.say("download_pdf"),
        issued_on=envelope["issued_on"],
        shown=shown,
        dress=Dress(look.style, texts, look.logo, *_code(document, words, look)),
        added=added(document, words, look, pay_url),
    )


def _rows(document: Document, words: Words, look: Look) -> tuple[Group, ...]:
    rows = tuple(GROUPS.get(document["kind"], groups)(document, words))
    if look.fields:
        rows = tuple(with_fields(rows, look.fields, words))
    if not look.shows("subtotals", usually=True):
        rows = tuple(replace(one, subtotal="") for one in rows)
    return rows


def _code(document: Document, words: Words, look: Look) -> tuple[tuple[str, ...], str]:
    """Return the code of a transfer and its word, where the look wants it and it can be paid so."""
    if not look.shows("transfer_code", usually=False):
        return (), ""
    # The encoder takes long to import, and not every seller shows the code.
    from solde.adapters.render.transfer import transfer_code  # noqa: PLC0415

    rows = transfer_code(document)
    return rows, words.say("pay_code") if rows else ""


def _columns(shown: Iterable[str], document: Document, words: Words) -> Iterator[str]:
    if document["kind"] in OF_LATE:
        yield from (columns if document["kind"] == LATE_CHARGE else waived_columns)(words)
        return
    for name in shown:
        inclusive = name == "amount" and "inclusive" in document
        yield words.say("amount_with_tax" if inclusive else name)


def _totals(document: Document, words: Words) -> Iterator[tuple[str, str]]:
    """Yield what is taken off once, net and tax where there is any, and what is charged."""
    totals, currency = document["totals"], document["currency"]
    yield from _allowances(document, words)
    label = "late_total" if document["kind"] in OF_LATE else "gross"
    gross = words.say(label), words.money(totals["gross"], currency)
    if not totals["tax"]:
        yield gross
        return
    tax = words.money(totals["tax"], currency)
    if "inclusive" in document:
        yield gross
        yield words.say("of_which_tax"), tax
        return
    yield words.say("net"), words.money(totals["net"], currency)
    yield words.say("tax"), tax
    yield gross


def _prepaid(document: Document, words: Words) -> Iterator[tuple[str, str]]:
    """Tell each deposit that is deducted, and what other credit has paid already."""
    rest = document["totals"]["prepaid"]
    for one in document.get("prepaid", ()):
        if "deposit" in one:
            rest -= one["amount"]
            said = words.say("deducted", number=one["number"], day=words.day(one["issued_on"]))
            yield said, words.money(-one["amount"], document["currency"])
    if rest:
        paid = payment_of(document)
        label = "paid_already" if paid and paid.card else "prepaid"
        yield words.say(label), words.money(-rest, document["currency"])


def _allowances(document: Document, words: Words) -> Iterator[tuple[str, str]]:
    """Tell the sum of the lines, and what is taken off it once for the document, by discount."""
    if "allowances" not in document:
        return
    currency, totals = document["currency"], document["totals"]
    yield words.say("lines"), words.money(totals["lines"], currency)
    for _, found in groupby(document["allowances"], key=lambda one: one["id"]):
        parts = list(found)
        amount = sum(one["amount"] for one in parts)
        yield discounted(parts[0], words), words.money(-amount, currency)


def _facts(document: Document, words: Words) -> Iterator[tuple[str, str]]:
    envelope, period = document["envelope"], document["period"]
    yield words.say("number"), envelope["number"]
    yield words.say("issued_on"), words.day(envelope["issued_on"])
    if document["kind"] not in QUIET:
        yield words.say("due_on"), words.day(envelope["due_on"])
    if "valid_until" in envelope:
        yield words.say("valid_until"), words.day(envelope["valid_until"])
    if document["kind"] not in (DEPOSIT, *OF_LATE):
        yield words.say("period"), from_to(period, words)
    if document["customer"]["external_id"]:
        yield words.say("customer_number"), document["customer"]["external_id"]
    if document["kind"] not in OF_LATE:
        yield from common(document, words)
    for original in document.get("corrects", ()):
        day = words.day(original["issued_on"])
        said = words.say("corrects_one", number=original["number"], day=day)
        yield words.say("corrects"), said


def _fields(
    document: Document, words: Words, look: Look, *, marked: bool
) -> Iterator[tuple[str, str]]:
    """Yield the custom fields of customer and document that a template wants shown."""
    if look.fields:
        customer = fields_of(document["customer"])
        yield from labelled(customer, "customer", look.fields, words, marked=marked)
        yield from labelled(fields_of(document), "document", look.fields, words, marked=marked)


def _taxes(document: Document, words: Words) -> Iterator[tuple[str, str, str]]:
    for one in document["taxes"]:
        if one["category"] != "O":
            yield (
                words.say("vat_rate", rate=words.percent(one["rate"])),
                words.money(one["base"], document["currency"]),
                words.money(one["tax"], document["currency"]),
            )


def _mentions(document: Document, words: Words) -> Iterator[str]:
    kind = document["kind"]
    if kind in (PRO_FORMA, QUOTE):
        yield words.say(f"{kind}_note")
    if kind not in QUIET:
        yield from paying(document, words)
    if kind in OF_LATE:
        yield from rules(document, words)
        return
    if "accounting" in document:
        yield from _booked(document, words)
    if all(one["category"] == "O" for one in document["taxes"]):
        yield words.say("no_tax")
    for code, text in mentions_of(document, words):
        if kind not in QUIET or code not in OF_PAYMENT:
            yield text


def _booked(document: Document, words: Words) -> Iterator[str]:
    """Say the tax in the currency that the seller books in, and each rate that it follows."""
    booked = document["accounting"]
    tax = words.money(booked["tax"], booked["currency"])
    yield words.say("tax_booked", tax=tax, currency=booked["currency"])
    noted = [one["accounting"] for one in document.get("corrects", ())] or [booked]
    for said in {one["on"] + one["rate"]: one for one in noted}.values():
        yield words.say(
            "rate_booked",
            base=booked["currency"],
            rate=words.number(Decimal(said["rate"])),
            currency=document["currency"],
            source=said["source"],
            day=words.day(said["on"]),
        )
