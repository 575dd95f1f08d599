"""Subscriptions made of a vector's segments, billed by propose and compare themselves."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from solde.domain.billing_days import MONTHS, aligned_cycle, first_billing_day
from solde.domain.catalog import Catalog, ChargeKind, Price, Product
from solde.domain.periods import Cycle, Unit
from solde.domain.pricing.per_unit import PerUnit
from solde.domain.rating import Charge, Proposal, Terms, Window, compare, propose
from solde.domain.subscriptions import Cancelled, Item, Subscription
from solde.domain.tax import SHIPPED
from tests.conformance.asked import UnsupportedError

PRODUCT = Product("p", "Product", "standard", "706")
KINDS = {"in_advance": ChargeKind.ADVANCE, "in_arrears": ChargeKind.ARREARS}


@dataclass(frozen=True)
class Segment:
    """A price and a quantity from a day on, up to a day without."""

    price: str
    quantity: str
    start_on: date
    end_on: date | None
    cycle: Cycle
    kind: ChargeKind


def segment(said: dict[str, Any], kind: ChargeKind, *, prorated: bool = True) -> Segment:
    start = date.fromisoformat(said["start"])
    end = said.get("end")
    interval = Unit(said["interval"]["unit"]), int(said["interval"]["count"])
    anchor = start.day if said.get("anchor_day") is None else int(said["anchor_day"])
    cycle = aligned_cycle(start, anchor, *interval)
    first = first_billing_day(start, anchor, *interval)
    if prorated and interval[0] in MONTHS and start < first and first.day != anchor:
        raise UnsupportedError("no policy that counts a leading period back from a clamped day")
    return Segment(
        said["unit_price"],
        said.get("quantity", "1"),
        start,
        None if end is None else date.fromisoformat(end),
        cycle,
        kind,
    )


def proposals(segments: Sequence[Segment], through: date, currency: str) -> list[Proposal]:
    """Propose what falls due up to and with a day."""
    prices = {
        str(place): Price(str(place), 1, "p", currency, one.kind, PerUnit(Decimal(one.price)))
        for place, one in enumerate(segments)
    }
    terms = Terms(Catalog({"p": PRODUCT}, {}, prices, {}), SHIPPED["none"], unmetered)
    window = Window(after=date.min, target_on=through)
    return [
        one
        for subscription in _subscriptions(segments, currency)
        for one in propose(subscription, window, terms)
    ]


def charges(segments: Sequence[Segment], through: date, currency: str) -> list[Charge]:
    return compare(proposals(segments, through, currency), [], regime=SHIPPED["none"])


def _subscriptions(segments: Sequence[Segment], currency: str) -> Iterable[Subscription]:
    for place, one in enumerate(segments):
        name = str(place)
        ends = () if one.end_on is None else (Cancelled(one.end_on, 1),)
        yield Subscription(
            id=f"sub_{name}",
            external_id="",
            customer_id="c",
            subscriber_id="c",
            entity="e",
            plan_id="p",
            currency=currency,
            start_on=one.start_on,
            cycle=one.cycle,
            items=(Item(f"sit_{name}", name, name, Decimal(one.quantity)),),
            changes=ends,
        )


def unmetered(*_: object) -> Any:
    raise AssertionError("nothing here is metered")
