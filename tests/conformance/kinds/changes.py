"""A price that changes in the middle of a period that was billed in advance."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from solde.domain.catalog import Catalog, ChargeKind, Price
from solde.domain.money import Money
from solde.domain.periods import Cycle, Period, Unit
from solde.domain.pricing.per_unit import PerUnit
from solde.domain.subscriptions import Cancelled, Change, Item, PlanChanged, Subscription
from solde.domain.tax import Treatment, tax_on
from tests.conformance.asked import Asked
from tests.conformance.kinds.book import Book
from tests.conformance.kinds.dates import day, half_open, inclusive
from tests.conformance.kinds.engine import PRODUCT
from tests.conformance.kinds.shared import amount

Answer = dict[str, Any]
BY_DAY = {
    "proration__unit": "day",
    "proration__denominator": ("period_days", "aligned_period_days"),
    "rounding__mode": "half_up",
    "rounding__scale": 2,
    "rounding__stage": ("per_line", "per_item", "net and tax separately", "each part"),
}
ANY_DAY = date(2027, 1, 1)


def change(asked: Asked) -> Answer:
    asked.convention.accept(**BY_DAY)
    period, on = _when(asked)
    old, new = (_item(name, asked[name]) for name in ("old", "new"))
    moved = PlanChanged(on, 1, "new", (old.id,), (new,))
    prices = {"old": asked["old"]["unit_price"], "new": asked["new"]["unit_price"]}
    return _said(_moved(asked, period, prices, old, moved))


def _when(asked: Asked) -> tuple[Period, date]:
    """A remaining fraction p/q is p days of a period of q."""
    if asked.get("remaining_fraction"):
        left = Fraction(asked["remaining_fraction"])
        period = Period(ANY_DAY, ANY_DAY + timedelta(days=left.denominator))
        asked.convention.accept(proration__period_end="exclusive")
        return period, period.end_on - timedelta(days=left.numerator)
    return half_open(asked["period"], inclusive=inclusive(asked)), day(asked["change_at"])


def _item(name: str, said: dict[str, Any]) -> Item:
    return Item(f"sit_{name}", "c", name, Decimal(said.get("quantity", "1")))


def _moved(
    asked: Asked, period: Period, prices: dict[str, str], old: Item, moved: Change
) -> list[Money]:
    """Bill the period in advance, then the change: the nets of what the change brings."""
    currency = asked["currency"]
    catalog = Catalog(
        {"p": PRODUCT},
        {},
        {
            name: Price(name, 1, "p", currency, ChargeKind.ADVANCE, PerUnit(Decimal(each)))
            for name, each in prices.items()
        },
        {},
    )
    before = _subscription(currency, period, old)
    book = Book(currency, catalog)
    book.run([before], period.start_on)
    after = replace(before, changes=(moved,))
    found = book.run([after], moved.effective_on, dirty_from=moved.effective_on)
    return [net for _, net in found]


def _subscription(currency: str, period: Period, item: Item) -> Subscription:
    return Subscription(
        id="sub",
        external_id="",
        customer_id="c",
        subscriber_id="c",
        entity="e",
        plan_id="old",
        currency=currency,
        start_on=period.start_on,
        cycle=Cycle(Unit.DAY, period.days, period.start_on),
        items=(item,),
    )


def _said(nets: list[Money]) -> Answer:
    credit = sum(one.major for one in nets if one.minor < 0)
    charge = sum(one.major for one in nets if one.minor > 0)
    return {"credit": credit, "charge": charge, "net": credit + charge}


def new_cycle(asked: Asked) -> Answer:
    """The old subscription ends and gives back; the new cycle begins with a whole period."""
    asked.convention.accept(**BY_DAY)
    period = half_open(asked["old"]["period"], inclusive=inclusive(asked))
    on = day(asked["change_at"])
    old = _item("old", {})
    given_back = _moved(asked, period, {"old": asked["old"]["price"]}, old, Cancelled(on, 1))
    whole = Cycle(Unit(asked["new"]["interval"]["unit"]), asked["new"]["interval"]["count"], on)
    fresh = Cycle(Unit.DAY, whole.period(0).days, on).period(0)
    catalog_price = {"old": asked["new"]["price"]}
    charged = _first(asked, fresh, catalog_price, old)
    return _said([*given_back, *charged])


def _first(asked: Asked, period: Period, prices: dict[str, str], item: Item) -> list[Money]:
    currency = asked["currency"]
    price = Price("old", 1, "p", currency, ChargeKind.ADVANCE, PerUnit(Decimal(prices["old"])))
    book = Book(currency, Catalog({"p": PRODUCT}, {}, {"old": price}, {}))
    found = book.run([_subscription(currency, period, item)], period.start_on)
    return [net for _, net in found]


def taxed(asked: Asked) -> Answer:
    """The credit with its tax, the charge without."""
    asked.convention.accept(**BY_DAY)
    period, on = half_open(asked["period"], inclusive=inclusive(asked)), day(asked["change_at"])
    old, new = _item("old", {}), _item("new", {})
    prices = {"old": asked["old_price"], "new": asked["new_price"]}
    nets = _moved(asked, period, prices, old, PlanChanged(on, 1, "new", (old.id,), (new,)))
    rate = Treatment("S", asked.number("tax_percent"), "standard")
    credit = sum((-one for one in nets if one.minor < 0), Money(0, asked["currency"]))
    return {
        "credit_incl_tax": (credit + tax_on(credit, rate)).major,
        "charge_excl_tax": _said(nets)["charge"],
    }


def window(asked: Asked) -> Answer:
    """Days of a billed period that are given back."""
    asked.convention.accept(**BY_DAY)
    through = inclusive(asked)
    period = half_open(asked["period"], inclusive=through)
    given = half_open(asked["credited"], inclusive=through)
    old = _item("old", {})
    back = PlanChanged(given.start_on, 1, "old", (old.id,), ())
    nets = _moved(asked, period, {"old": asked["price"]}, old, back)
    return {"credit": _said(nets)["credit"]}


def offset(asked: Asked) -> Answer:
    """What is left of the period at the new price, less the same of the old one."""
    asked.convention.accept(**BY_DAY)
    period, on = half_open(asked["period"], inclusive=inclusive(asked)), day(asked["change_at"])
    old, new = _item("old", {}), _item("new", {})
    prices = {"old": asked["already_billed_price"], "new": asked["new_price"]}
    nets = _moved(asked, period, prices, old, PlanChanged(on, 1, "new", (old.id,), (new,)))
    return {"charge": _said(nets)["net"]}


def whole_difference(asked: Asked) -> Answer:
    asked.convention.accept(proration__unit="none")
    return {"charge": (amount(asked, asked["new_price"]) - amount(asked, asked["old_price"])).major}


KINDS = {
    "plan_change": change,
    "change_to_new_cycle": new_cycle,
    "upgrade_with_tax": taxed,
    "credit_window": window,
    "fixed_charge_offset": offset,
    "full_difference": whole_difference,
}
