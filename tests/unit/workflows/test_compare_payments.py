"""A payment whose delivery never came is found in the provider's own list, once."""

from collections.abc import Iterable
from datetime import timedelta

import pytest

from solde.adapters.errors import ProviderUnavailableError
from solde.domain.attempts import Settles
from solde.domain.money import Money
from solde.ports.payments import DeliveryStatus
from solde.storage.deliveries import told_from_body
from solde.storage.fees import FeeTable
from solde.workflows.compare_payments import CompareContext, Compared, compare_payments
from solde.workflows.settle_payment import settle_delivery
from tests.support.shop import NOW, Shop

ALL = Money(119_60, "EUR")


class Listing:
    """A provider that lists what it is told to, and keeps what it was asked."""

    def __init__(self, *rows: tuple[Settles, str], down: bool = False) -> None:
        self.rows, self.down, self.asked = rows, down, []

    def since(self, from_, until) -> Iterable[tuple[Settles, str]]:
        self.asked.append((from_, until))
        yield from self.rows
        if self.down:
            raise ProviderUnavailableError("no answer")


@pytest.fixture
def shop() -> Shop:
    return Shop()


def context(shop: Shop) -> CompareContext:
    return CompareContext(shop.store, FeeTable(shop.seller.table))


def compares(shop: Shop, listing: Listing) -> Compared:
    return compare_payments(NOW, {"stripe": listing}, context(shop))


def settles(shop: Shop, reference: str) -> DeliveryStatus:
    name = f"lst_{reference}"
    return settle_delivery(
        "stripe",
        name,
        read=lambda body: told_from_body("stripe", body),
        at=NOW,
        store=shop.store,
    )


def test_what_never_came_is_told_and_settled_once(shop: Shop) -> None:
    listing = Listing((Settles("pi_1", ALL, NOW), shop.invoice.id))
    assert compares(shop, listing) == Compared(1, ("pi_1",))
    assert listing.asked == [(NOW - timedelta(days=5), NOW - timedelta(hours=2))]
    assert settles(shop, "pi_1") is DeliveryStatus.DONE
    assert shop.invoice.status == "paid"
    assert compares(shop, listing) == Compared(1)
    shop.paid("evt_1", 119_60)  # days late after all
    assert (shop.invoice.paid_minor, shop.balance("512")) == (119_60, 119_60)


def test_what_came_is_known(shop: Shop) -> None:
    shop.paid("evt_1", 119_60)
    listing = Listing((Settles("pi_1", ALL, NOW), shop.invoice.id))
    assert compares(shop, listing) == Compared(1)


def test_what_fits_no_invoice_is_parked_and_found_no_second_time(shop: Shop) -> None:
    listing = Listing((Settles("pi_2", ALL, NOW), ""))
    assert compares(shop, listing).missed == ("pi_2",)
    assert settles(shop, "pi_2") is DeliveryStatus.PARKED
    assert compares(shop, listing).missed == ()


def test_a_provider_that_is_silent_holds_up_no_other(shop: Shop) -> None:
    down = Listing((Settles("CAP1", ALL, NOW), shop.invoice.id), down=True)
    found = compare_payments(NOW, {"paypal": down, "stripe": Listing()}, context(shop))
    assert found == Compared(1, ("CAP1",), ("paypal",))


def test_what_the_provider_keeps_is_booked_once(shop: Shop) -> None:
    """3.82 of 119.60: 115.78 stay in the bank."""
    shop.paid("evt_1", 119_60)
    listing = Listing((Settles("pi_1", ALL, NOW, Money(3_82, "EUR")), shop.invoice.id))
    assert [compares(shop, listing).fees for _ in range(3)] == [1, 0, 0]
    assert (shop.balance("512"), shop.balance("627"), shop.balance("411")) == (115_78, 3_82, 0)
    assert len(shop.items("P#fee")) == 1
    assert len(shop.items("P#pay")) == 1


@pytest.mark.parametrize("fee", [None, Money(0, "EUR")])
def test_no_fee_is_no_fact(shop: Shop, fee) -> None:
    shop.paid("evt_1", 119_60)
    listing = Listing((Settles("pi_1", ALL, NOW, fee), shop.invoice.id))
    assert (compares(shop, listing).fees, shop.items("P#fee")) == (0, [])


def test_a_fee_in_another_currency_is_for_a_person(shop: Shop) -> None:
    shop.paid("evt_1", 119_60)
    listing = Listing((Settles("pi_1", ALL, NOW, Money(4_10, "USD")), shop.invoice.id))
    found = compares(shop, listing)
    assert (found.foreign, shop.items("P#fee")) == (("pi_1",), [])
