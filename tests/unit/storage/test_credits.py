"""Credit applied as stored: once, and only on what was read."""

from datetime import UTC, date, datetime

import pytest

from solde.domain.money import Money
from solde.domain.settlement import Lot, OpenDocument, apply_credit
from solde.ports.credits import CreditApplied
from solde.storage.credits import CreditTable
from solde.storage.lots import lot_moved, lot_put
from tests.support.shop import Shop

AT = datetime(2013, 6, 20, 12, tzinfo=UTC)


@pytest.mark.parametrize("moved", [False, True])
def test_a_lot_that_moved_since_it_was_read_settles_nothing(moved: bool) -> None:
    """50.00 are over of some payment; 10.00 of them go between reading and writing."""
    shop = Shop()
    table, header = shop.seller.table, shop.invoice
    over = Lot("pay_1", header.customer_id, header.entity, Money(50_00, "EUR"), date(2013, 6, 1))
    table.write(lot_put(over))
    store = CreditTable(table)
    left = OpenDocument(header.id, header.entity, Money(header.due_minor, "EUR"))
    applied = CreditApplied("apc_1", header, apply_credit(left, store.lots(header.customer_id)))
    if moved:
        table.write(lot_moved(over, over.moved(-10_00)))
    before = dict(table.items)
    assert store.write(applied, at=AT) is not moved
    assert (table.items == before) is moved
    assert (store.known(header.customer_id, "apc_1") is None) is moved
    assert shop.invoice.paid_minor == (0 if moved else 50_00)
    assert shop.balance("4191") == (0 if moved else 50_00)
    assert not store.write(applied, at=AT)
