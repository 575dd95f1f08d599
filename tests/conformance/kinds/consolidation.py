"""Several subscriptions of one customer, run after run."""

from dataclasses import replace
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


def merged(asked: Asked) -> Answer:
    """Each customer's renewals of a day; switched off, each subscription is a group of its own."""
    asked.convention.accept(
        merge_key="customer, invoice date, currency, net terms, automatic charging"
    )
    books: dict[str, Book] = {}
    renewals = asked["renewals"]
    prices = {one["subscription"]: {**one, "price": one["amount"]} for one in renewals}
    found = []
    for date_text in sorted({one["date"] for one in renewals}):
        for customer in dict.fromkeys(one["customer"] for one in renewals):
            mine = [
                one for one in renewals if (one["customer"], one["date"]) == (customer, date_text)
            ]
            if not mine:
                continue
            catalog = _named(prices, asked["currency"])
            book = books.setdefault(customer, Book(asked["currency"], catalog))
            before = len(book.documents)
            subscriptions = [_renewal(one, asked) for one in mine]
            book.run(subscriptions, day(date_text))
            found += book.documents[before:]
    return {
        "invoices": [
            {
                "subscriptions": [line["subscription"]["external_id"] for line in one["lines"]],
                "total": Money(one["totals"]["net"], one["currency"]).major,
            }
            for one in found
        ]
    }


def _named(prices: dict[str, Event], currency: str) -> Catalog:
    made = {
        name: Price(name, 1, "p", currency, ChargeKind.ADVANCE, PerUnit(Decimal(one["price"])))
        for name, one in prices.items()
    }
    return Catalog({"p": PRODUCT}, {}, made, {})


def _renewal(one: Event, asked: Asked) -> Subscription:
    name = one["subscription"]
    return replace(
        _subscription(
            {**one, "anchor_day": day(one["date"]).day, "interval": MONTHLY},
            name,
            asked["currency"],
            None,
        ),
        external_id=name,
        terms_days=int(one["net_terms"]),
        collection="charge" if one["auto_charge"] else "send",
        group="" if asked["enabled"] else name,
    )


MONTHLY = {"unit": "month", "count": 1}

KINDS = {"account_timeline": timeline, "consolidate": merged}
