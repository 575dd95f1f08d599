"""One sale under each tax that there is: at home, abroad, of several rates, of none."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from local.documents.life import Document, Life
from local.documents.parties import (
    BELGIAN,
    BELGIUM,
    BUSINESS,
    CONSUMER,
    FLEMISH,
    FRANCE,
    FRANCHISE,
    GOODS_ABROAD,
    OVERSEAS,
    SELLER,
    SERVICES_ABROAD,
    SMALL,
    TEACHING,
    sold,
)
from local.documents.texts import says
from solde.domain.catalog import ChargeKind, Product
from solde.domain.invoicing.parties import Customer, Entity
from solde.domain.pricing.flat import Flat
from solde.domain.pricing.per_unit import PerUnit
from solde.domain.tax.chargeability import ON_DEBITS
from solde.domain.tax.regime import Regime

ON = "2027-06-01"
FEE, SEAT = Decimal("49.00"), Decimal("12.50")


def month(customer: Customer = BUSINESS, entity: Entity = SELLER, regime: Regime = FRANCE) -> Life:
    """Sell a fee and three seats of June, in advance."""
    life, language = Life(customer, entity, regime), customer.language
    life.sells("fee", ChargeKind.ADVANCE, Flat(FEE))
    life.sells("seats", ChargeKind.ADVANCE, PerUnit(SEAT))
    items = {name: (says(name, language), count) for name, count in (("fee", 1), ("seats", 3))}
    life.subscribes("1", ON, items)
    return life


def billed(life: Life) -> Document:
    (document,) = life.bills(ON)
    return document


def of(customer: Customer = BUSINESS, entity: Entity = SELLER, regime: Regime = FRANCE) -> Document:
    return billed(month(customer, entity, regime))


def once(
    *rows: tuple[str, str, Product], customer: Customer = BUSINESS, regime: Regime = FRANCE
) -> Document:
    """Bill things that are sold once: what is said, the price, the product."""
    life = Life(customer, replace(SELLER, code=customer.entity), regime)
    for name, price, product in rows:
        life.sells(name, ChargeKind.ONE_TIME, PerUnit(Decimal(price)), product=product)
    life.subscribes("1", ON, {name: (says(name), 2) for name, _, _ in rows})
    return billed(life)


def inclusive(customer: Customer, price: str) -> Document:
    life = Life(customer, SELLER, FRANCE)
    life.sells("mobile", ChargeKind.ADVANCE, PerUnit(Decimal(price)), tax_included=True)
    life.subscribes("1", ON, {"mobile": (says("mobile"), 1)})
    return billed(life)


BOOK = sold("books", "reduced", goods=True)
HOTEL = sold("hotel", "intermediate")
COURSE = sold("course", "teaching")
SETUP = sold("setup")
MACHINE = sold("machine", goods=True)
LATER = replace(SELLER, services_due=ON_DEBITS)
AT_RECEIPT = replace(SELLER, services_due="payment")

SAMPLES: dict[str, Callable[[], Document]] = {
    "domestic-b2b": of,
    "domestic-b2b-debits": lambda: of(entity=LATER),
    "domestic-b2b-at-payment": lambda: of(entity=AT_RECEIPT),
    "domestic-b2b-goods": lambda: once(("machine", "349.90", MACHINE)),
    "domestic-b2b-goods-and-services": lambda: once(
        ("machine", "349.90", MACHINE), ("setup", "120.00", SETUP)
    ),
    "domestic-b2c": lambda: of(CONSUMER),
    "domestic-b2c-inclusive": lambda: inclusive(CONSUMER, "9.99"),
    "inclusive-9.99": lambda: inclusive(BUSINESS, "9.99"),
    "intra-eu-reverse-charge": lambda: of(SERVICES_ABROAD),
    "intra-eu-goods": lambda: once(("machine", "349.90", MACHINE), customer=GOODS_ABROAD),
    "export": lambda: of(OVERSEAS),
    "franchise": lambda: of(entity=SMALL, regime=FRANCHISE),
    "exempt": lambda: once(("course", "480.00", COURSE), regime=TEACHING),
    "exempt-and-standard": lambda: once(
        ("course", "480.00", COURSE), ("setup", "120.00", SETUP), regime=TEACHING
    ),
    "several-rates": lambda: once(
        ("setup", "33.33", SETUP), ("hotel", "89.95", HOTEL), ("books", "24.99", BOOK)
    ),
    "peppol-belgium": lambda: of(BELGIAN, FLEMISH, BELGIUM),
}
