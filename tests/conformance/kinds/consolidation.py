"""Several subscriptions of one customer, run after run."""

from datetime import date
from decimal import Decimal
from typing import Any

from solde.domain.billing_days import aligned_cycle
from solde.domain.catalog import Catalog, ChargeKind, Price
from solde.domain.money import Money
from solde.domain.periods import Unit
from solde.domain.pricing.per_unit import PerUnit
from solde.domain.subscriptions import Cancelled, Item, Subscription
from tests.conformance.asked import Asked
from tests.conformance.kinds.book import Book
from tests.conformance.kinds.dates import day
from tests.conformance.kinds.engine import KINDS as TIMINGS
from tests.conformance.kinds.engine import PRODUCT

Answer = dict[str, Any]
Event = dict[str, Any]


def timeline(asked: Asked) -> Answer:
    """An event ends what its subscription had and begins the new price; null only ends."""
    asked.convention.accept(
        proration__unit="day",
        proration__denominator="aligned_period_days",
        proration__period_end="exclusive",
        rounding__mode="half_up",
        rounding__scale=2,
        rounding__stage="per_item",
        knowledge="a run only knows events dated on or before it; a change ends the running price "
        "immediately and credits the unused days",
    )
    events, currency = asked["events"], asked["currency"]
    kind = TIMINGS[asked["timing"]]
    book = Book(currency, _catalog(events, currency, kind))
    totals = []
    for run_on in map(day, asked["run_on"]):
        known = [one for one in events if day(one["date"]) <= run_on]
        fresh = [day(one["date"]) for one in known if day(one["date"]) > book.through]
        found = book.run(
            _subscriptions(known, currency), run_on, dirty_from=min(fresh, default=None)
        )
        totals.append(sum((net for _, net in found), Money(0, currency)).major)
    return {"invoice_totals": totals}


def _catalog(events: list[Event], currency: str, kind: ChargeKind) -> Catalog:
    prices = {
        str(place): Price(str(place), 1, "p", currency, kind, PerUnit(Decimal(one["price"])))
        for place, one in enumerate(events)
        if one["price"] is not None
    }
    return Catalog({"p": PRODUCT}, {}, prices, {})


def _subscriptions(known: list[Event], currency: str) -> list[Subscription]:
    found = []
    for place, one in enumerate(known):
        if one["price"] is None:
            continue
        later = [day(other["date"]) for other in known[place + 1 :] if _same(one, other)]
        found.append(_subscription(one, str(place), currency, min(later, default=None)))
    return found


def _same(one: Event, other: Event) -> bool:
    return bool(one["subscription"] == other["subscription"])


def _subscription(one: Event, name: str, currency: str, ends: date | None) -> Subscription:
    start = day(one["date"])
    interval = one["interval"]
    return Subscription(
        id=f"sub_{name}",
        external_id="",
        customer_id="c",
        subscriber_id="c",
        entity="e",
        plan_id="p",
        currency=currency,
        start_on=start,
        cycle=aligned_cycle(
            start, int(one["anchor_day"]), Unit(interval["unit"]), int(interval["count"])
        ),
        items=(Item(f"sit_{name}", name, name, Decimal(1)),),
        changes=() if ends is None else (Cancelled(ends, 1),),
    )


KINDS = {"account_timeline": timeline}
