"""What settled an invoice and when, as its facts say it; and the mark that is written once."""

from dataclasses import replace
from datetime import date

import pytest

from solde.domain.late import Settled
from solde.ports.singles import LateMark
from solde.storage.late_charges import LateTable, late_charged_to
from solde.storage.table import ConditionFailedError
from tests.support.shop import Shop

DAY = date(2013, 6, 10)


@pytest.fixture
def shop() -> Shop:
    """119.60 are billed on 1 June 2013."""
    return Shop()


def settled(shop: Shop) -> list[tuple[str, int]]:
    found = LateTable(shop.seller.table).settled(shop.invoice)
    assert sum(one.minor for one in found) == shop.invoice.paid_minor
    return [(one.on.isoformat(), one.minor) for one in found]


def test_an_invoice_that_nobody_paid_is_settled_by_nothing(shop: Shop) -> None:
    assert settled(shop) == []


def test_a_payment_settles_what_it_did_at_first_and_a_dispute_opens_it_again(shop: Shop) -> None:
    shop.paid("evt_1", 119_60)
    assert settled(shop) == [("2013-06-10", 119_60)]
    shop.disputed("evt_2", 119_60)
    assert sorted(settled(shop)) == [("2013-06-10", -119_60), ("2013-06-10", 119_60)]
    shop.disputed("evt_3", 119_60, won=True)
    assert sum(minor for _, minor in settled(shop)) == 119_60
    assert len(settled(shop)) == 3


def test_what_a_payment_has_over_settles_nothing_and_goes_back_first(shop: Shop) -> None:
    shop.paid("evt_1", 150_00)
    assert settled(shop) == [("2013-06-10", 119_60)]
    shop.refunded("evt_2", 40_00)
    assert sorted(settled(shop)) == [("2013-06-10", -9_60), ("2013-06-10", 119_60)]


def test_payments_of_other_invoices_are_not_its_own(shop: Shop) -> None:
    shop.paid("evt_1", 19_60)
    other = replace(shop.invoice, id="inv_2")
    assert list(LateTable(shop.seller.table).settled(other)) == []
    assert list(LateTable(shop.seller.table).charged(other)) == []


def test_the_mark_is_written_once_and_only_for_what_was_read(shop: Shop) -> None:
    table, read = shop.seller.table, shop.invoice
    mark = LateMark(read, DAY)
    table.write(late_charged_to(mark))
    assert shop.invoice.late_to == DAY
    with pytest.raises(ConditionFailedError):
        table.write(late_charged_to(mark))
    table.write(late_charged_to(LateMark(shop.invoice, date(2013, 6, 11))))
    stale = LateMark(shop.invoice, date(2013, 6, 12))
    shop.paid("evt_1", 1_00)
    with pytest.raises(ConditionFailedError):
        table.write(late_charged_to(stale))
    assert shop.invoice.late_to == date(2013, 6, 11)
    assert list(LateTable(table).settled(shop.invoice)) == [Settled(DAY, 1_00)]
