"""How amounts come about: usage, tiers, fine prices, other currencies, very many lines."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from local.documents.life import Document, Life
from local.documents.parties import BUSINESS, FRANCE, SELLER
from local.documents.samples.taxed import ON
from local.documents.texts import says
from solde.domain.catalog import ChargeKind
from solde.domain.invoicing.profiles import MOST_DECIMALS, NO_PROFILE
from solde.domain.money import EXPONENTS
from solde.domain.periods import Unit
from solde.domain.pricing import PriceModel
from solde.domain.pricing.flat import Flat
from solde.domain.pricing.graduated import Graduated
from solde.domain.pricing.package import Package
from solde.domain.pricing.per_unit import PerUnit
from solde.domain.pricing.tiers import Tier
from solde.domain.pricing.volume import Volume
from solde.domain.tax import Exchange

D = Decimal
TIERS = (Tier(D(1_000), D(0)), Tier(D(10_000), D("0.01")), Tier(None, D("0.005")))
NEXT = "2027-07-01"
LINES = 500


def used(model: PriceModel, amount: str, *, fee: bool = False) -> Document:
    """Bill calls of June on 1 July; with a `fee` that of July stands beside them."""
    life = Life(BUSINESS, SELLER, FRANCE)
    if fee:
        life.sells("fee", ChargeKind.ADVANCE, Flat(D("49.00")))
    life.sells("calls", ChargeKind.USAGE, model)
    names = ("fee", "calls") if fee else ("calls",)
    life.subscribes("1", ON, {name: (says(name), 1) for name in names})
    life.bills(ON)
    life.uses("calls", "2027-06-20", amount)
    return life.bills(NEXT)[0]


def committed() -> Document:
    """240.00 of calls, of which 300.00 were agreed: 60.00 more."""
    life = Life(BUSINESS, SELLER, FRANCE)
    life.sells("calls", ChargeKind.USAGE, PerUnit(D("0.02")))
    life.sells("commitment", ChargeKind.COMMITMENT, Flat(D("300.00")))
    life.subscribes("1", ON, {name: (says(name), 1) for name in ("calls", "commitment")})
    life.uses("calls", "2027-06-20", 12_000)
    return life.bills(NEXT)[0]


def yearly() -> Document:
    life = Life(BUSINESS, SELLER, FRANCE)
    life.sells("fee", ChargeKind.ADVANCE, Flat(D("588.00")))
    life.subscribes("1", ON, {"fee": (says("fee"), 1)}, unit=Unit.YEAR)
    return life.bills(ON)[0]


def in_currency(currency: str, price: str, rate: str) -> Document:
    """Three seats in another currency, their tax also in euro; no profile has three decimals."""
    fits = EXPONENTS[currency] <= MOST_DECIMALS
    seller = SELLER if fits else replace(SELLER, e_invoice=NO_PROFILE)
    life = Life(replace(BUSINESS, language="en-GB"), seller, FRANCE, currency=currency)
    life.exchange[currency] = Exchange("EUR", currency, date(2027, 5, 31), D(rate), "ECB")
    life.sells("seats", ChargeKind.ADVANCE, PerUnit(D(price)))
    life.subscribes("1", ON, {"seats": (says("seats", "en-GB"), 3)})
    return life.bills(ON)[0]


def many() -> Document:
    """Five hundred lines of ten subscriptions."""
    life = Life(BUSINESS, SELLER, FRANCE)
    for place in range(LINES):
        life.sells(f"l{place}", ChargeKind.ADVANCE, PerUnit(D(place % 90 + 10) + D("0.99")))
    for place in range(10):
        rows = range(place * 50, place * 50 + 50)
        said = {f"l{row}": (f"{says('line')[:-7]}{row + 1:04d}", 1) for row in rows}
        life.subscribes(f"{place + 1:02d}", ON, said)
    return life.bills(ON)[0]


SAMPLES: dict[str, Callable[[], Document]] = {
    "usage": lambda: used(PerUnit(D("0.02")), "1234"),
    "usage-before-fee": lambda: used(PerUnit(D("0.02")), "1234", fee=True),
    "usage-graduated": lambda: used(Graduated(TIERS), "12345"),
    "usage-volume": lambda: used(Volume(TIERS), "8000"),
    "usage-packages": lambda: used(Package(D(1_000), D("3.50")), "4100"),
    "usage-fine-price": lambda: used(PerUnit(D("0.0000123456")), "1234567"),
    "usage-fine-quantity": lambda: used(PerUnit(D("1.20")), "12.34567"),
    "commitment": committed,
    "yearly": yearly,
    "usd": lambda: in_currency("USD", "78.97", "1.0842"),
    "jpy": lambda: in_currency("JPY", "1480", "162.35"),
    "kwd": lambda: in_currency("KWD", "4.115", "0.3352"),
    "lines-500": many,
}
