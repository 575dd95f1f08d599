"""
Rating is the same however the events are cut into executions, and in whatever order they come.

So is the bill, even if some of them come after it: the next run bills the difference.
"""

from dataclasses import dataclass, replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from solde.domain.catalog import ChargeKind
from solde.domain.usage.event import Draft
from solde.storage.customers import locator
from solde.storage.meters import MeterTable
from solde.storage.payers import PayerTable
from solde.storage.rating_book import RatingBookTable
from solde.storage.usage import UsageTable
from solde.workflows.rate_usage.context import RatingContext
from solde.workflows.rate_usage.rate import rate_usage
from solde.workflows.raw_events import line, put_events
from tests.support.seller import Seller, at
from tests.support.usage_world import METERS

SECONDS_A_DAY = 86_400
JUNE_US = 1_370_037_600 * 1_000_000
"""2013-06-01 in Paris, which is 22:00 UTC of the day before."""


@dataclass(frozen=True)
class Happened:
    """An event; its id is its place among all, so that one sent again is the same."""

    second: int
    seats: int
    tail: str
    gate: bool


happenings = st.lists(
    st.builds(
        Happened,
        second=st.integers(0, 30 * SECONDS_A_DAY - 1),
        seats=st.integers(1, 300),
        tail=st.sampled_from(["N1", "N2", "N3"]),
        gate=st.booleans(),
    ),
    min_size=1,
    max_size=8,
)


class Flights:
    """A customer billed by all seven meters, 1.00 for one of each, at the end of June."""

    def __init__(self, events: list[Happened]) -> None:
        self.events = events
        self.seller = Seller()
        for meter in METERS:
            self.seller.catalog.put(meter)
            self.seller.sells(meter.code, "1.00", ChargeKind.USAGE, meter=meter.code)
        self.seller.customer("acme")
        table, objects = self.seller.table, self.seller.objects
        usage = UsageTable(table, objects)
        self.seller.context = replace(self.seller.context, usage=usage)
        items = [(meter.code, "1") for meter in METERS]
        mine = self.seller.subscribes("acme", "2013-06-01", *items)
        where = {
            "customer_id": "acme",
            "subscription_id": mine.id,
            "entity": "FRA",
            "zone": "Europe/Paris",
        }
        table.write(locator("sub", "S0", where))
        self.rating = RatingContext(
            objects=objects,
            subjects=PayerTable(table),
            meters=MeterTable(table),
            usage=usage,
            book=RatingBookTable(table),
            entities=self.seller.context.entities,
        )

    def rates(self, numbers: list[int], day: int = 1) -> None:
        """Store the events of these numbers, and rate what is stored, on a day of July."""
        lines = [line(self._draft(number), received_ms=0) for number in numbers]
        put_events(lines, at=at("2013-07-01T01:00:00"), objects=self.seller.objects)
        now = at(f"2013-07-{day:02d}T02:00:00")
        rate_usage(now, began_at=at("2013-07-01T02:00:00"), context=self.rating)

    def _draft(self, number: int) -> Draft:
        one = self.events[number]
        kind = "gate.held" if one.gate else "flight.departed"
        data: dict[str, Any] = {
            "airport": "EWR",
            "band": "07-09",
            "seats": one.seats,
            "tail": one.tail,
            "planes": one.seats,
        }
        at_us = JUNE_US + one.second * 1_000_000
        return Draft("urn:test", f"f-{number}", kind, "S0", at_us, data)

    def stored(self) -> dict[str, dict[str, str]]:
        """Return each day of each meter as it is stored, without the generation."""
        return {
            key.sk: {
                day: text
                for day, _, text in (line.split(" ", 2) for line in item["days"].split("\n"))
            }
            for key, item in self.seller.table.items.items()
            if key.sk.startswith("U#")
        }

    def billed(self, day: int = 1) -> dict[str, int]:
        """Bill on a day of July, and return the net of each charge over all documents."""
        self.seller.runs_billing(f"2013-07-{day:02d}")
        nets = dict.fromkeys((meter.code for meter in METERS), 0)
        for header in self.seller.documents("acme"):
            sign = 1 if header.kind == "invoice" else -1
            for one in self.seller.document(header)["lines"]:
                nets[one["component"]] += sign * one["net"]
        return nets


@settings(max_examples=60, deadline=None)
@given(events=happenings, data=st.data())
def test_any_split_in_any_order_is_one_state_and_one_bill(events, data) -> None:
    at_once = Flights(events)
    at_once.rates(list(range(len(events))))
    numbers = st.integers(0, len(events) - 1)
    again = data.draw(st.lists(numbers, max_size=4), label="sent again")
    order = data.draw(st.permutations([*range(len(events)), *again]), label="order")
    cuts = sorted(data.draw(st.lists(st.integers(0, len(order)), max_size=4), label="cuts"))
    parts = [
        part
        for first, last in zip([0, *cuts], [*cuts, len(order)], strict=True)
        if (part := order[first:last])
    ]
    billed_after = data.draw(st.integers(0, len(parts)), label="parts before the first bill")
    in_parts = Flights(events)
    for day, part in enumerate(parts, start=1):
        in_parts.rates(part, day)
        if day == billed_after:
            in_parts.billed(day)
    in_parts.rates([0], 20)
    assert in_parts.stored() == at_once.stored()
    bill = in_parts.billed(20)
    assert bill == at_once.billed()
    flights = [one for one in events if not one.gate]
    assert bill["departures"] == len(flights) * 100
    assert bill["seats"] == sum(one.seats for one in flights) * 100
    assert bill["tails"] == len({one.tail for one in flights}) * 100
