"""The view of a statement: what came and went, what is open by its age, credit apart (R25)."""

from collections.abc import Iterator, Mapping
from typing import Any

from solde.adapters.render.lines import Group, Row
from solde.adapters.render.look import PLAIN, Dress, Look
from solde.adapters.render.parties import customer_of, registered, seller_of
from solde.adapters.render.view import View
from solde.adapters.render.words import Words
from solde.domain.statement import DOCUMENTS

Statement = Mapping[str, Any]
NAMED = (
    *DOCUMENTS,
    "payment",
    "refund",
    "dispute",
    "restored",
    "write_off",
    "credit_applied",
    "wallet_top_up",
    "wallet_expired",
    "wallet_voided",
)
"""Kinds of facts that have a word; the others are `other`."""


def statement_view(statement: Statement, words: Words, look: Look = PLAIN) -> View:
    """
    Lay out a statement as the API says it, with `entity` and `customer` as documents do.

    Of its look it has colours and logo: texts are about a document.
    """
    days = _days(statement, words)
    money = _Money(statement["currency"], words)
    return View(
        language=words.language,
        title=words.say("title_statement"),
        number=days,
        seller=seller_of(statement["entity"], words),
        seller_facts=tuple(registered(statement["entity"], words)),
        billed_to=words.say("statement_of"),
        customer=customer_of(statement["customer"], words),
        facts=tuple(_facts(statement, days, words)),
        columns=(
            words.say("entry"),
            words.say("entry_on"),
            words.say("documents"),
            words.say("settlements"),
            words.say("balance"),
        ),
        groups=(Group("", tuple(_rows(statement, words)), "", ""),),
        beside=tuple(_beside(statement, words)),
        beside_columns=(
            words.say("ageing", day=words.day(statement["as_of"], short=True)),
            words.say("ageing_amount"),
        ),
        totals=(
            (words.say("opening"), money(statement["opening"])),
            (words.say("documents"), money(statement["documents"])),
            (words.say("settlements"), money(-statement["settlements"])),
        ),
        due=(words.say("closing"), money(statement["closing"])),
        mentions=(words.say("statement_note"),),
        page=words.say("page"),
        download=words.say("download_pdf"),
        issued_on=statement["as_of"],
        dress=Dress(look.style, logo=look.logo),
    )


class _Money:
    """Writes minor units of one currency."""

    def __init__(self, currency: str, words: Words) -> None:
        self._currency, self._words = currency, words

    def __call__(self, minor: int) -> str:
        return self._words.money(minor, self._currency)


def _days(statement: Statement, words: Words) -> str:
    start, end = (words.day(statement[one], short=True) for one in ("from", "to"))
    return words.say("from_to", start=start, end=end)


def _facts(statement: Statement, days: str, words: Words) -> Iterator[tuple[str, str]]:
    yield words.say("statement_days"), days
    yield words.say("as_of"), words.day(statement["as_of"])
    yield words.say("currency"), statement["currency"]
    if number := statement["customer"]["external_id"]:
        yield words.say("customer_number"), number


def _rows(statement: Statement, words: Words) -> Iterator[Row]:
    """Yield what was carried in, then each fact as a document or a settlement, and the balance."""
    money = _Money(statement["currency"], words)
    first = words.day(statement["from"], short=True)
    yield Row(words.say("opening"), "", first, "", "", money(statement["opening"]))
    for one in statement["rows"]:
        amount = money(one["amount"])
        document = one["kind"] in DOCUMENTS
        yield Row(
            description=_named(one, words),
            detail="",
            service=words.day(one["on"], short=True),
            quantity=amount if document else "",
            price="" if document else amount,
            amount=money(one["balance"]),
        )


def _named(row: Mapping[str, Any], words: Words) -> str:
    kind = row["kind"] if row["kind"] in NAMED else "other"
    said = words.say(f"entry_{kind}")
    return f"{said} {row['name']}" if kind in DOCUMENTS else said


def _beside(statement: Statement, words: Words) -> Iterator[tuple[str, str]]:
    """Yield what is open by how late it is, and apart from it what is paid and not used."""
    money = _Money(statement["currency"], words)
    for bucket, minor in statement["ageing"].items():
        yield words.say(f"ageing_{bucket}"), money(minor)
    yield words.say("unapplied"), money(statement["unapplied"])
    if deposits := statement.get("deposits"):
        yield words.say("deposits"), money(deposits)
