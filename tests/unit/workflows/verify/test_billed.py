"""Lines say of how many events they are: the days that they were made from must say the same."""

from datetime import date
from decimal import Decimal

import pytest

from solde.domain.catalog import ChargeKind
from solde.domain.subscriptions import Item, PlanChanged
from solde.storage.audit import AuditTable
from solde.workflows.verify.billed import nothing_twice_nothing_missed
from tests.support.seller import Seller

CALLS = ("sub_0", "calls")


@pytest.fixture
def seller() -> Seller:
    """June's calls on two days, 5 and 7 at 0.10, billed on 1 July."""
    seller = Seller()
    seller.sells("call", "0.10", ChargeKind.USAGE, meter="calls")
    seller.customer("acme")
    seller.subscribes("acme", "2013-06-01", ("call", "1"))
    seller.used.days = {
        (*CALLS, date(2013, 6, 3)): Decimal(5),
        (*CALLS, date(2013, 6, 9)): Decimal(7),
    }
    seller.runs_billing("2013-07-01")
    assert [line["count"] for line in seller.document(seller.documents("acme")[0])["lines"]] == [2]
    return seller


def found(seller: Seller) -> tuple[tuple[str, ...], list[str]]:
    stored = AuditTable(seller.table).stored()
    billed, miscounted = nothing_twice_nothing_missed(stored, seller.context)
    return billed.violations, miscounted


def rewrite(seller: Seller, before: bytes, after: bytes) -> None:
    pack = seller.documents("acme")[0].place.key
    body = seller.objects.bodies[pack]
    assert before in body
    assert len(before) == len(after)
    seller.objects.bodies[pack] = body.replace(before, after)


def test_lines_and_days_agree(seller: Seller) -> None:
    assert found(seller) == ((), [])


def test_a_line_of_other_events_is_found(seller: Seller) -> None:
    rewrite(seller, b'"count":2', b'"count":3')
    where = "acme: call 2013-06-01..2013-07-01"
    assert found(seller) == ((), [f"{where}: events on its lines: expected 2, found 3"])


def test_a_line_of_another_quantity_is_found(seller: Seller) -> None:
    rewrite(seller, b'"units":"12"', b'"units":"13"')
    where = "acme: call 2013-06-01..2013-07-01"
    assert found(seller) == ((), [f"{where}: quantity: expected 12, found 13"])


def test_a_changed_day_that_was_not_told_to_the_billing_state_is_found(seller: Seller) -> None:
    seller.used.days[*CALLS, date(2013, 6, 20)] = Decimal(1)
    assert found(seller)[0] == (
        "acme: call of sit_0_0 2013-06-01..2013-07-01: invoice of 10 is missing",
    )


def test_a_price_that_counts_on_from_another_is_asked_for_its_own_part_only() -> None:
    """Five calls at one price, then seven at another: the meter says twelve, the line seven."""
    seller = Seller()
    seller.sells("call", "0.10", ChargeKind.USAGE, meter="calls")
    seller.sells("dear", "0.20", ChargeKind.USAGE, meter="calls")
    seller.customer("acme")
    sold = seller.subscribes("acme", "2013-06-01", ("call", "1"))
    started = (Item("sit_9", "dear", "dear", Decimal(1)),)
    change = PlanChanged(date(2013, 6, 15), 1, "pln", (sold.items[0].id,), started)
    seller.changes(sold, change)
    seller.used.days = {
        (*CALLS, date(2013, 6, 3)): Decimal(5),
        (*CALLS, date(2013, 6, 20)): Decimal(7),
    }
    seller.runs_billing("2013-06-15")
    seller.runs_billing("2013-07-01")
    assert found(seller) == ((), [])
    seller.used.days.clear()
    assert found(seller)[0] != ()
