"""Facts by hand as stored: they come back as they went in, once, on condition of the state."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from solde.domain.catalog import ChargeKind, Product
from solde.domain.money import Money
from solde.domain.periods import Period
from solde.domain.rating import ChargeKey, ExtraLine, LineCredit
from solde.storage.adjustments import AdjustmentTable, adjustment_put
from solde.storage.reading import CorruptItemError
from tests.support.seller import Seller

AT = datetime(2013, 6, 2, tzinfo=UTC)
JUNE = Period(date(2013, 6, 1), date(2013, 7, 1))
KEY = ChargeKey("sit_1", "seats", ChargeKind.ADVANCE, "seat", 2, JUNE)
DAYS = Period(date(2013, 6, 3), date(2013, 6, 5))
CREDIT = LineCredit("adj_a", KEY, "inv_1", JUNE, DAYS, Money(20_00, "EUR"), "Sorry")
EXTRA = ExtraLine(
    "adj_b",
    "acme",
    "FRA",
    Product("work", "Work", "reduced", "7061", "HUR", "goods"),
    "EUR",
    Decimal("1.5"),
    Decimal("80.00"),
    "Moving",
    DAYS,
    date(2013, 6, 10),
)


@pytest.fixture
def seller() -> Seller:
    made = Seller()
    made.customer("acme")
    return made


def state(seller: Seller):
    return seller.context.billing.state("acme", "FRA")


def entered(seller: Seller, one, read=None) -> bool:
    read = read or state(seller)
    after = replace(read, rev=read.rev + 1)
    return AdjustmentTable(seller.table).enter(one, read=read, after=after, at=AT)


def test_what_stood_of_a_line_when_it_was_credited_comes_back(seller) -> None:
    one = replace(CREDIT, held=Fraction(7, 15))
    assert entered(seller, one)
    assert seller.context.billing.load("acme", "FRA").adjustments == (one,)
    assert "held" not in adjustment_put(CREDIT, "acme", "FRA", AT).item


def test_the_part_of_a_price_that_a_credit_is_of_comes_back(seller) -> None:
    one = replace(CREDIT, key=KEY._replace(part="step-2/tier-1"))
    assert entered(seller, one)
    assert seller.context.billing.load("acme", "FRA").adjustments == (one,)
    assert "part" not in adjustment_put(CREDIT, "acme", "FRA", AT).item


def test_facts_come_back_as_they_went_in(seller) -> None:
    assert entered(seller, CREDIT)
    assert entered(seller, EXTRA)
    assert seller.context.billing.load("acme", "FRA").adjustments == (CREDIT, EXTRA)
    found = AdjustmentTable(seller.table).entered("acme")
    assert [(one.fact, one.entity, one.at, one.invoice_id) for one in found] == [
        (CREDIT, "FRA", AT, ""),
        (EXTRA, "FRA", AT, ""),
    ]


def test_a_fact_is_written_once_and_by_who_read_the_state_last(seller) -> None:
    stale = state(seller)
    assert entered(seller, CREDIT)
    assert not entered(seller, EXTRA, stale)
    assert not entered(seller, CREDIT)
    assert state(seller).rev == stale.rev + 1


def test_a_withdrawal_lies_behind_its_fact(seller) -> None:
    entered(seller, CREDIT)
    entered(seller, EXTRA)
    read = state(seller)
    store = AdjustmentTable(seller.table)
    after = replace(read, rev=read.rev + 1)
    assert store.withdraw("adj_a", read=read, after=after, at=AT)
    assert not store.withdraw("adj_a", read=read, after=after, at=AT)
    gone, stays = seller.context.billing.load("acme", "FRA").adjustments
    assert (gone, stays) == (replace(CREDIT, withdrawn=True), EXTRA)


def test_what_was_issued_by_itself_says_with_which_document(seller) -> None:
    seller.table.write(adjustment_put(EXTRA, "acme", "FRA", AT, invoice_id="inv_9"))
    assert seller.context.billing.load("acme", "FRA").adjustments == (
        replace(EXTRA, invoiced=True),
    )
    (found,) = AdjustmentTable(seller.table).entered("acme")
    assert found.invoice_id == "inv_9"


def test_a_fact_of_another_entity_is_not_of_this_one(seller) -> None:
    seller.table.write(adjustment_put(replace(EXTRA, entity="GER"), "acme", "GER", AT))
    assert seller.context.billing.load("acme", "FRA").adjustments == ()


def test_what_cannot_be_read_is_named(seller) -> None:
    put = adjustment_put(EXTRA, "acme", "FRA", AT)
    seller.table.write(replace(put, item={**put.item, "quantity": "many"}))
    with pytest.raises(CorruptItemError, match="adj_b"):
        seller.context.billing.load("acme", "FRA")
