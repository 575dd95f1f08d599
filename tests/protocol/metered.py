"""The actors of rating beside rating beside the bill run, with the real ingest, stores and run."""

from dataclasses import replace
from datetime import date

from solde.domain.catalog import ChargeKind
from solde.domain.subscriptions import Subscription
from solde.domain.usage.event import Draft
from solde.storage.customers import locator
from solde.storage.meters import MeterTable
from solde.storage.payers import PayerTable
from solde.storage.rating_book import RatingBookTable
from solde.storage.singles import SingleTable
from solde.storage.usage import UsageTable
from solde.workflows.bill_now import NowContext, bill_now
from solde.workflows.bill_run.cancel import cancel_run
from solde.workflows.bill_run.open import Wanted, open_run
from solde.workflows.rate_usage.context import RatingContext
from solde.workflows.rate_usage.rate import rate_usage
from solde.workflows.raw_events import line, put_events
from tests.protocol.stage import Stage, Wrong
from tests.support.seller import at

CALLS = {"2013-06-10": 5, "2013-06-15": 7, "2013-06-30": 11}
"""Calls of a day; each costs 1.00."""
SEATS = 100 + 3000
"""A seat of 30.00 a month from 30 June: a day of June, and July."""


class MeteredCast(Stage):
    """
    Two customers whose calls are billed by the month; c0 has a seat from 30 June as well.

    The seat was billed on 30 June, so the watermark of c0 lies inside the month whose calls are
    billed on 1 July. c1 was entered afterwards, from 1 June on, and has never been billed. 5 calls
    of 10 June were rated before; those of c1 waited for him.
    """

    def __init__(self, seed: int, *, off: frozenset[str] = frozenset(), fault: float = 0.0) -> None:
        super().__init__(seed, off=off, fault=fault)
        self.seller.sells("seat", "30.00")
        self.seller.sells("call", "1.00", ChargeKind.USAGE, meter="calls")
        usage = UsageTable(self.table, self.objects)
        self.seller.context = replace(self.seller.context, usage=usage)
        self.rating = RatingContext(
            objects=self.objects,
            subjects=PayerTable(self.table),
            meters=MeterTable(self.table),
            usage=usage,
            book=RatingBookTable(self.table),
            entities=self.seller.context.entities,
        )
        self._takes_calls("c0")
        self.seller.subscribes("c0", "2013-06-30", ("seat", "1"))
        self.calls("2013-06-10")
        self.rates("2013-06-30T02:00:00")
        self.bills("2013-06-30")
        self._takes_calls("c1")
        self.rates("2013-07-01T01:00:00")

    def _takes_calls(self, name: str) -> None:
        self.seller.customer(name)
        self._locate(self.seller.subscribes(name, "2013-06-01", ("call", "1")))

    def _locate(self, subscription: Subscription) -> None:
        where = {
            "customer_id": subscription.customer_id,
            "subscription_id": subscription.id,
            "entity": "FRA",
            "zone": "Europe/Paris",
        }
        self.table.write(locator("sub", subscription.external_id, where))

    def calls(self, day: str) -> None:
        """Store the events of a day, for both customers; again they are the same object."""
        noon_ms = int(at(f"{day}T12:00:00").timestamp()) * 1_000
        lines = [
            line(
                Draft(
                    "urn:test",
                    f"{day}/{subject}/{number}",
                    "call",
                    subject,
                    noon_ms * 1_000,
                    {"n": 1},
                ),
                received_ms=noon_ms,
            )
            for subject in ("S0", "S2")
            for number in range(CALLS[day])
        ]
        put_events(lines, at=at("2013-07-01T01:00:00"), objects=self.objects)

    def calls_and_rates(self, day: str) -> None:
        self.calls(day)
        self.rates("2013-07-01T02:00:00")

    def rates(self, time: str) -> None:
        rate_usage(at(time), began_at=at(time), context=self.rating)

    def bills(self, day: str) -> None:
        started = at(f"{day}T06:00:00")
        run = open_run(Wanted("FRA", date.fromisoformat(day), started), self.seller.context)
        self.seller.drive(run.id, started)

    def cancels(self) -> None:
        *_, run = self.seller.context.runs.attempts("FRA", date(2013, 7, 1)) or [None]
        if run:
            cancel_run(run.id, at("2013-07-01T06:00:00"), self.seller.context)

    def bills_now(self) -> None:
        context = NowContext(self.seller.context, SingleTable(self.table))
        bill_now("c0", "FRA", at("2013-07-01T06:00:00"), context)

    def rests(self) -> Wrong:
        self.sweeps("2013-07-01T12:00:00", "2013-07-01T13:00:00", "2013-07-20T05:00:00")
        self.rates("2013-07-20T06:00:00")
        for day in ("2013-07-20", "2013-07-21"):
            self.seller.runs_billing(day, hour=7)
            self.rates(f"{day}T08:00:00")
        called = sum(CALLS[day] for day in CALLS if self._sent(day)) * 100
        wrong = self.verifies("2013-07-21T12:00:00", self.objects)
        return wrong | self.owes({"c0": called + SEATS, "c1": called})

    def _sent(self, day: str) -> bool:
        """Say whether the events of a day were stored: their object ends with their number."""
        return any(key.endswith(f"-{2 * CALLS[day]}.ndjson.gz") for key in self.objects.bodies)


MeteredCast.ACTORS = {
    "calls of the 15th": lambda cast: cast.calls("2013-06-15"),
    "calls of the 30th": lambda cast: cast.calls("2013-06-30"),
    "late calls, rated": lambda cast: cast.calls_and_rates("2013-06-15"),
    "last calls, rated": lambda cast: cast.calls_and_rates("2013-06-30"),
    "a rating": lambda cast: cast.rates("2013-07-01T02:00:00"),
    "a later rating": lambda cast: cast.rates("2013-07-02T02:00:00"),
    "a run": lambda cast: cast.bills("2013-07-01"),
    "a run of the next day": lambda cast: cast.bills("2013-07-02"),
    "cancel": MeteredCast.cancels,
    "sweep": lambda cast: cast.sweeps("2013-07-01T06:30:00"),
    "bill now": MeteredCast.bills_now,
}
