"""What is given back: in part, whole, netted on the next invoice as negative lines."""

from collections.abc import Callable
from decimal import Decimal

from local.documents.life import Document, Life, day
from local.documents.parties import BUSINESS, FRANCE, SELLER, SERVICES_ABROAD
from local.documents.samples.taxed import ON, month
from local.documents.texts import says
from solde.domain.catalog import ChargeKind
from solde.domain.discounts import Discount, Level
from solde.domain.invoicing.parties import Customer
from solde.domain.pricing.flat import Flat
from solde.domain.pricing.per_unit import PerUnit
from solde.domain.subscriptions import Cancelled, Item, PlanChanged, QuantityChanged


def partial(customer: Customer = BUSINESS) -> Document:
    """Goodwill of 10.00 on the fee of 49.00."""
    life = month(customer)
    life.bills(ON)
    life.credits(0, 10_00, says("goodwill"))
    return life.bills("2027-06-14")[0]


def whole() -> Document:
    """Bill a month that is cancelled on its first day: all goes back."""
    life = month()
    life.bills(ON)
    life.changes("1", Cancelled(day(ON), 1))
    return life.bills("2027-06-02")[0]


def cancelled() -> Document:
    """Cancel with last day 14 June: 16 of 30 days go back, of a price less 10 %."""
    life = month()
    life.grants("1", [(says("welcome"), Discount(percent=Decimal(10)), Level.DOCUMENT)])
    life.bills(ON)
    life.changes("1", Cancelled(day("2027-06-15"), 2))
    return life.bills("2027-06-15")[0]


def several() -> Document:
    """Correct two invoices by one note: the service failed twice."""
    life = month()
    life.bills(ON)
    life.bills("2027-07-01")
    life.credits(0, 5_00, says("outage"))
    life.credits(2, 7_50, says("outage"))
    return life.bills("2027-07-09")[0]


def upgraded() -> Document:
    """From 100.00 to 160.00 on 15 June: −53.33 and +85.33, of 16 of 30 days."""
    life = Life(BUSINESS, SELLER, FRANCE)
    life.sells("fee", ChargeKind.ADVANCE, Flat(Decimal("100.00")))
    life.sells("plus", ChargeKind.ADVANCE, Flat(Decimal("160.00")))
    life.subscribes("1", ON, {"fee": (says("fee"), 1)})
    life.bills(ON)
    plus = Item("sit_plus", "plus", "plus", Decimal(1), says("plus"))
    life.changes("1", PlanChanged(day("2027-06-15"), 1, "plan", ("sit_fee",), (plus,)))
    return life.bills("2027-06-15")[0]


def resized() -> Document:
    """Ten seats of which two go on 11 June: −2 seats of 20 days beside July's eight."""
    life = Life(BUSINESS, SELLER, FRANCE)
    life.sells("seats", ChargeKind.ADVANCE, PerUnit(Decimal("19.99")))
    life.subscribes("1", ON, {"seats": (says("seats"), 10)})
    life.bills(ON)
    life.changes("1", QuantityChanged(day("2027-06-11"), 1, "sit_seats", Decimal(8)))
    return life.bills("2027-07-01")[0]


SAMPLES: dict[str, Callable[[], Document]] = {
    "credit-note-partial": partial,
    "credit-note-full": whole,
    "credit-note-cancelled": cancelled,
    "credit-note-two-invoices": several,
    "credit-note-reverse-charge": lambda: partial(SERVICES_ABROAD),
    "proration-upgrade": upgraded,
    "proration-negative-quantity": resized,
}
