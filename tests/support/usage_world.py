"""Usage in memory: the real ingest, rating and stores over the model table and model objects."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from solde.domain.catalog import Aggregation, Meter
from solde.domain.invoicing.parties import Address, Entity
from solde.domain.periods import Cycle, Period, Unit
from solde.domain.subscriptions import Item, Subscription
from solde.domain.usage.day_state import DayState
from solde.domain.usage.metering import by_event_type
from solde.storage import billing_state, keys
from solde.storage.catalog import CatalogStore
from solde.storage.entities import EntityTable
from solde.storage.meters import MeterTable
from solde.storage.payers import PayerTable
from solde.storage.rating_book import RatingBookTable
from solde.storage.subscriptions import subscription_to_item
from solde.storage.table import Put
from solde.storage.usage import UsageTable
from solde.workflows.ingest_usage.accept import IngestContext, Receipt, accept_events
from solde.workflows.ingest_usage.decode import Batch
from solde.workflows.ingest_usage.pack import pack
from solde.workflows.rate_usage.context import RatingContext
from solde.workflows.rate_usage.rate import Rated, rate_usage
from tests.support.model_objects import ModelObjects
from tests.support.model_table import ModelTable

NYC = Entity(
    code="nyc",
    version=1,
    name="Airports",
    address=Address(("4 Terminal Square",), "10007", "New York, NY", "US"),
    currency="USD",
    language="en-US",
    time_zone="America/New_York",
    tax_regime="none",
    number_prefix="NYC",
    terms_days=15,
)
METERS = (
    Meter("departures", "flight.departed", Aggregation.COUNT),
    Meter("seats", "flight.departed", Aggregation.SUM, value="seats"),
    Meter("runway", "flight.departed", Aggregation.COUNT, dimensions=("airport", "band")),
    Meter("largest", "flight.departed", Aggregation.MAX, value="seats"),
    Meter("last", "flight.departed", Aggregation.LATEST, value="seats"),
    Meter("tails", "flight.departed", Aggregation.UNIQUE, value="tail"),
    Meter("parked", "gate.held", Aggregation.TIME_WEIGHTED, value="planes"),
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def flight(number: int | str, when: str, **data: Any) -> dict[str, Any]:
    """An event of subscription UA-EWR; `when` is in UTC, without its Z."""
    subject = data.pop("subject", "UA-EWR")
    return {
        "specversion": "1.0",
        "id": f"f-{number}",
        "source": "urn:test",
        "type": data.pop("type", "flight.departed"),
        "subject": subject,
        "time": f"{when}Z",
        "data": {"airport": "EWR", "band": "05-06", "seats": 150, "tail": "N1", **data},
    }


class Messages:
    def __init__(self) -> None:
        self.bodies: list[str] = []

    def send(self, body: str) -> None:
        self.bodies.append(body)


class UsageWorld:
    """`off` names guards of the table that are not checked."""

    def __init__(
        self, *, meters: Sequence[Meter] = METERS, off: frozenset[str] = frozenset()
    ) -> None:
        self.table = ModelTable(off)
        self.buckets: int | None = None
        self.objects = ModelObjects()
        self.queue = Messages()
        self.catalog = CatalogStore(self.table)
        self.usage = UsageTable(self.table, self.objects)
        EntityTable(self.table).put(NYC)
        for meter in meters:
            self.catalog.put(meter)
        self.customer("cus_ua", "UA", "UA-EWR", "UA-JFK")
        self.customer("cus_dl", "DL", "DL-LGA")

    @property
    def context(self) -> RatingContext:
        return RatingContext(
            objects=self.objects,
            subjects=PayerTable(self.table),
            meters=MeterTable(self.table),
            usage=self.usage,
            book=RatingBookTable(self.table),
            entities=EntityTable(self.table),
            buckets=self.buckets,
        )

    def customer(self, customer_id: str, external_id: str, *subscriptions: str) -> None:
        self.table.write(billing_state.new_state(customer_id, NYC.code))
        where = {"customer_id": customer_id, "entity": NYC.code, "zone": NYC.time_zone}
        for name in (customer_id, external_id):
            self._locate("cus", name, where)
        for name in subscriptions:
            self.subscribe(customer_id, name)

    def subscribe(self, customer_id: str, external_id: str) -> None:
        subscription = self.subscription(customer_id, external_id)
        self.table.write(Put(subscription_to_item(subscription, created_at="2013-01-01")))
        where = {
            "customer_id": customer_id,
            "subscription_id": subscription.id,
            "entity": NYC.code,
            "zone": NYC.time_zone,
        }
        for name in (external_id, subscription.id):
            self._locate("sub", name, where)

    def subscription(self, customer_id: str, external_id: str) -> Subscription:
        return Subscription(
            id=f"sub_{external_id}",
            external_id=external_id,
            customer_id=customer_id,
            subscriber_id=customer_id,
            entity=NYC.code,
            plan_id="pln",
            currency="USD",
            start_on=date(2013, 1, 1),
            cycle=Cycle(Unit.MONTH, 1, date(2013, 1, 1)),
            items=(Item("sit_1", "fee", "prc_fee", Decimal(1)),),
        )

    def accept(
        self, *events: object, now: str = "2013-02-01T05:00:00", atomic: bool = False
    ) -> Receipt:
        context = IngestContext(
            objects=self.objects,
            queue=self.queue,
            meters=by_event_type(MeterTable(self.table).meters()),
            received_at=at(now),
            now=at(now),
        )
        return accept_events(Batch(events, single=False), atomic=atomic, context=context)

    def pack(self, now: str = "2013-02-01T05:00:00") -> None:
        messages = {str(number): body for number, body in enumerate(self.queue.bodies)}
        pack(messages, at=at(now), objects=self.objects)
        self.queue.bodies.clear()

    def send(self, *events: object, now: str = "2013-02-01T05:00:00") -> None:
        """Accept events and pack them, all of them well-formed."""
        receipt = self.accept(*events, now=now)
        assert receipt.refused == ()
        self.pack(now)

    def rate(self, as_of: str = "2013-02-01T06:00:00", *, began_at: str | None = None) -> Rated:
        began = at(began_at or as_of)
        return rate_usage(at(as_of), began_at=began, context=self.context)

    def days(self, customer_id: str, subscription: str, meter: str) -> Mapping[date, DayState]:
        within = Period(date(2012, 1, 1), date(2015, 1, 1))
        for one in self.usage.used(customer_id, within):
            if (one.subscription_id, one.meter) == (f"sub_{subscription}", meter):
                return one.days
        return {}

    def texts(self, customer_id: str, subscription: str, meter: str) -> dict[str, str]:
        """Return the days of a meter as they are stored."""
        days = self.days(customer_id, subscription, meter)
        return {f"{day}": state.text for day, state in sorted(days.items())}

    def stored_usage(self) -> dict[tuple[str, str], dict[str, Any]]:
        """Return every day state of the table without its generation."""
        return {
            (key.pk, key.sk): {
                day: text
                for day, _, text in (line.split(" ", 2) for line in item["days"].split("\n"))
            }
            for key, item in self.table.items.items()
            if key.sk.startswith("U#")
        }

    def _locate(self, kind: str, name: str, where: dict[str, Any]) -> None:
        key = keys.unique(kind, name)
        self.table.write(Put({"pk": key.pk, "sk": key.sk, "schema": 1, **where}))
