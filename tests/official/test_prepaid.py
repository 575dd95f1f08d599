"""Deposits, what money in advance has paid, and gifts taken off, by the official rules."""

from decimal import Decimal
from typing import Any

import pytest

from solde.adapters.render.words import words
from solde.adapters.render.xml import business_terms
from solde.domain.catalog import ChargeKind
from solde.domain.discounts import Gift
from solde.domain.money import Money
from solde.domain.pricing.flat import Flat
from solde.domain.settlement import Lot, deposit_document, lot_of_deposit, prepay
from tests.support.official_rules import broken
from tests.support.own_rules import unequal
from tests.support.story import Story
from tests.support.structured import TEMPLATES, between_businesses, structured
from tests.worked.test_prepaid import DAY, SAID, billed, closed, line

DUE = {"due_on": "2027-07-01"}


def sent(document: Any) -> tuple[str, str]:
    """Return type and process of a document that keeps the rules in both syntaxes."""
    made = between_businesses({**document, "envelope": {**document["envelope"], **DUE}})
    for body in structured(made, "fr-ctc").values():
        assert broken(body, french=True) == []
    found = business_terms(made, words(TEMPLATES, "fr"), "fr-ctc")
    return found.type_code, found.process


@pytest.fixture
def order():
    """1,000.00 at 20 % and 500.00 at 5.5 %: 1,727.50."""
    return billed(line("a", "1000", "standard"), line("b", "500", "reduced"))


def test_a_deposit_is_a_386_and_the_invoice_that_deducts_it_names_it(order) -> None:
    deposit = closed(deposit_document(order, 518_25, SAID), "DP-1")
    assert sent(deposit) == ("386", "S1")
    lot = lot_of_deposit(deposit)
    paid = Lot(lot.id, lot.customer_id, lot.entity, Money(518_25, "EUR"), funds=lot.funds)
    (final,) = prepay([order], [paid], DAY)
    assert final["totals"]["due"] == 1_209_25
    assert sent(final) == ("380", "S4")
    found = business_terms(between_businesses(final), words(TEMPLATES, "fr"), "fr-ctc")
    assert [number for number, _ in found.originals] == ["DP-1"]


def test_what_credit_has_paid_in_full_is_paid_when_it_is_issued(order) -> None:
    lot = Lot("pay_1", order["customer"]["id"], order["entity"]["code"], Money(2_000_00, "EUR"))
    (paid,) = prepay([order], [lot], DAY)
    assert sent(paid) == ("380", "S2")
    (part,) = prepay([order], [Lot(lot.id, lot.customer_id, lot.entity, Money(7, "EUR"))], DAY)
    assert sent(part) == ("380", "S1")


def test_a_gift_is_an_allowance_of_each_rate() -> None:
    """15.00 off 100.00 at 20 % and 49.99 at 5.5 %: 10.00 and 5.00."""
    story = Story(regime="FR")
    story.sells("a", ChargeKind.ADVANCE, Flat(Decimal("100.00")))
    story.sells("c", ChargeKind.ADVANCE, Flat(Decimal("49.99")), tax_class="reduced")
    story.subscribes("s", "2027-06-01", {"a": 1, "c": 1})
    amount = Money(15_00, "EUR")
    story.gifts.append(Gift("g", "wal", "Welcome", amount, DAY))
    story.bills("2027-06-01")
    (june,) = story.documents
    assert sent(june) == ("380", "S1")
    ubl = structured(between_businesses(june), "fr-ctc")["ubl"]
    assert list(unequal(ubl)) == []
    assert ubl.count(b"Discount: Welcome") == 2
