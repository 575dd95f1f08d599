"""Write-offs as stored: once, with their entry, on what was read of the invoice."""

from dataclasses import replace
from datetime import date

import pytest

from solde.domain.ledger import Loss, entry, written_off
from solde.ports.losses import WriteOff
from solde.storage.losses import LossTable
from tests.support.shop import NOW, Shop


@pytest.fixture
def shop() -> Shop:
    """An invoice of 119.60, 19.60 of it tax."""
    return Shop()


def lost(shop: Shop) -> WriteOff:
    header = shop.invoice
    after, movements = written_off(header.loss, header.open_minor, relieved=19_60)
    sent_on = date(2013, 6, 9)
    return WriteOff("wof_1", "lost", header, after, entry("EUR", movements), "Gone", sent_on)


def test_fact_and_invoice_are_written_together_once(shop) -> None:
    losses, one = LossTable(shop.seller.table), lost(shop)
    assert not losses.known("acme", "wof_1")
    assert losses.write(one, at=NOW)
    assert losses.known("acme", "wof_1")
    stored = losses.header("acme", one.header.id)
    assert (stored.status, stored.loss) == ("uncollectible", Loss(0, 119_60, 19_60))
    assert (stored.open_minor, stored.due_minor, stored.next_action_on) == (0, 119_60, None)
    (item,) = shop.items("P#wof")
    assert (item["stage"], item["sent_on"], item["reason"]) == ("lost", "2013-06-09", "Gone")
    assert item["jrn"] == {"411": -119_60, "4457": 19_60, "654": 100_00}
    assert not losses.write(one, at=NOW)
    assert losses.header("acme", "inv_none") is None


def test_a_payment_that_came_meanwhile_is_not_written_over(shop) -> None:
    losses, one = LossTable(shop.seller.table), lost(shop)
    shop.paid("evt_1", 50_00)
    assert not losses.write(one, at=NOW)
    assert losses.write(lost(shop), at=NOW)
    assert not losses.write(replace(one, id="wof_2"), at=NOW)
    assert shop.invoice.loss.lost == 69_60
