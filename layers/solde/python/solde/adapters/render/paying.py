"""How a document is to be paid, or was, in words; a direct debit is announced by it (SEPA)."""

from collections.abc import Iterator, Mapping
from typing import Any

from solde.adapters.render.payment import payee_of, payment_of
from solde.adapters.render.words import Words
from solde.domain.invoicing.draft import CREDIT_NOTE, LATE_CREDIT, PRO_FORMA, QUOTE, SELF_BILLED

Document = Mapping[str, Any]
ASK_NOTHING = (CREDIT_NOTE, LATE_CREDIT, PRO_FORMA, QUOTE, SELF_BILLED)
SEEN = 4
"""Digits of an account that are enough to know it by."""


def paid_by_link(document: Document) -> bool:
    """Whether its reader may pay it on a page: something is due, and nothing collects it."""
    paid = payment_of(document)
    collected = paid is not None and bool(paid.mandate or paid.card)
    return document["kind"] not in ASK_NOTHING and document["totals"]["due"] > 0 and not collected


def paying(document: Document, words: Words) -> Iterator[str]:
    """Yield what there is to do, or that there is nothing to do; nothing where nothing is due."""
    paid, due = payment_of(document), document["totals"]["due"]
    envelope = document["envelope"]
    said = {
        "amount": words.money(due, document["currency"]),
        "day": words.day(envelope["due_on"]),
    }
    if paid and paid.mandate:
        account = paid.debtor_iban[-SEEN:]
        yield words.say("pay_debit", **said, mandate=paid.mandate, creditor=paid.creditor)
        if account:
            yield words.say("pay_account", account=account)
        return
    if paid and paid.card:
        yield words.say("pay_card" if due else "paid_card", **said, card=paid.card)
        return
    if not due:
        return
    yield words.say("pay_by", **said)
    yield words.say("pay_reference", number=envelope["number"])
    if payee := payee_of(document):
        yield words.say("pay_payee", name=payee.name)
