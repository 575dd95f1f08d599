"""A reminder as a letter: what is written, the invoice that it is about, what is open."""

from collections.abc import Iterator, Mapping
from typing import Any

from solde.adapters.render.legal import mentions_of
from solde.adapters.render.lines import Group, Row
from solde.adapters.render.look import PLAIN, Dress, Look
from solde.adapters.render.parties import customer_of, registered, seller_of
from solde.adapters.render.view import OF_PAYMENT, View
from solde.adapters.render.words import Words

Document = Mapping[str, Any]


def reminder_view(
    document: Document,
    words: Words,
    *,
    open_minor: int,
    level: int,
    on: str,
    look: Look = PLAIN,
) -> View:
    """Lay out the first or second reminder of what is open of an invoice, written on a day."""
    envelope, currency = document["envelope"], document["currency"]
    number, due_on = envelope["number"], words.day(envelope["due_on"])
    still = words.money(open_minor, currency)
    text = words.say(f"reminder_{level}", number=number, amount=still, day=due_on)
    greeting = words.say("mail_greeting", name=document["customer"]["name"])
    close = words.say("mail_close"), document["entity"]["name"]
    row = Row(
        description=number,
        detail="",
        service=words.day(envelope["issued_on"], short=True),
        quantity=words.day(envelope["due_on"], short=True),
        price=words.money(document["totals"]["gross"], currency),
        amount=still,
    )
    names = ("title_invoice", "issued_on", "due_on", "gross", "still_open")
    return View(
        language=words.language,
        title=words.say(f"title_reminder_{level}"),
        number=number,
        seller=seller_of(document["entity"], words),
        seller_facts=tuple(registered(document["entity"], words)),
        billed_to=words.say("written_to"),
        customer=customer_of(document["customer"], words),
        facts=tuple(_facts(document, on, words)),
        columns=tuple(map(words.say, names)),
        groups=(Group("", (row,), "", ""),),
        beside=(),
        beside_columns=(),
        totals=(),
        due=(words.say("still_open"), still),
        mentions=tuple(_mentions(document, words)),
        page=words.say("page"),
        download=words.say("download_pdf"),
        issued_on=on,
        dress=Dress(look.style, {"before_lines": (greeting, text), "payment_terms": close}),
    )


def _facts(document: Document, on: str, words: Words) -> Iterator[tuple[str, str]]:
    yield words.say("written_on"), words.day(on)
    if number := document["customer"]["external_id"]:
        yield words.say("customer_number"), number


def _mentions(document: Document, words: Words) -> Iterator[str]:
    """Say how to pay, and what paying late costs, as the invoice did."""
    yield words.say("pay_reference", number=document["envelope"]["number"])
    for code, text in mentions_of(document, words):
        if code in OF_PAYMENT:
            yield text
