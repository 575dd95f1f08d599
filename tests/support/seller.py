"""A seller in memory: the real stores and workflows over the model table and model objects."""

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal

from solde.domain.catalog import Aggregation, Catalog, ChargeKind, Meter, Price, Product
from solde.domain.invoicing.parties import Address, Customer, Entity
from solde.domain.periods import Cycle, Period, Unit
from solde.domain.pricing import PriceModel, Quantity
from solde.domain.pricing.per_unit import PerUnit
from solde.domain.rating import Measure
from solde.domain.subscriptions import Change, Item, Subscription
from solde.ports.billing import Header
from solde.ports.runs import Run
from solde.storage import billing_state
from solde.storage.billing import BillingTable
from solde.storage.catalog import CatalogStore
from solde.storage.entities import EntityTable
from solde.storage.parties import customer_to_item
from solde.storage.runs import RunTable
from solde.storage.subscription_changes import change_to_item
from solde.storage.subscriptions import subscription_to_item
from solde.storage.table import Put
from solde.workflows.bill_run import files
from solde.workflows.bill_run.close import close_run
from solde.workflows.bill_run.context import BillRunContext
from solde.workflows.bill_run.issue import issue_batch
from solde.workflows.bill_run.plan import plan_chunk
from solde.workflows.bill_run.publish import publish_register
from solde.workflows.bill_run.review import review_plan
from solde.workflows.bill_run.seal import seal_run
from solde.workflows.bill_run.select import select_due
from solde.workflows.bill_run.start import start_due_runs
from tests.support.model_objects import ModelObjects
from tests.support.model_table import ModelTable

ENTITY = Entity(
    code="FRA",
    version=1,
    name="Solde SAS",
    address=Address(("1 rue du Test",), "75001", "Paris", "FR"),
    currency="EUR",
    language="fr",
    time_zone="Europe/Paris",
    tax_regime="FR",
    number_prefix="FRA",
    terms_days=30,
)


class Used:
    """Usage by subscription, meter and day, as the bill run is told of it."""

    def __init__(self) -> None:
        self.days: dict[tuple[str, str, date], Decimal] = {}
        self.rated_to: date | None = date(2099, 1, 1)

    def rated_to_on(self, entity: str) -> date | None:
        return self.rated_to

    def measure(
        self, customer_id: str, within: Period, catalog: Catalog, *, only: str = ""
    ) -> Measure:
        def measured(
            sub: Subscription, meter: str, period: Period, _: Period | None = None, /
        ) -> tuple[Quantity, int, str]:
            found = [
                quantity
                for (owner, code, day), quantity in sorted(self.days.items())
                if owner == sub.id and code == meter and day in period
            ]
            total = sum(found, Decimal(0))
            return Quantity(total), len(found), f"{total}/{len(found)}"

        return measured


class Engine:
    """Remembers what was started and answered; tests drive the steps themselves."""

    def __init__(self) -> None:
        self.started: list[str] = []
        self.answered: list[str] = []

    def start(self, run_id: str) -> None:
        self.started.append(run_id)

    def approved(self, task_token: str) -> bool:
        self.answered.append(task_token)
        return True


class Seller:
    def __init__(
        self,
        *,
        entity: Entity = ENTITY,
        per_batch: int = 2,
        table: ModelTable | None = None,
        objects: ModelObjects | None = None,
    ) -> None:
        self.table = table or ModelTable()
        self.objects = objects or ModelObjects()
        self.used = Used()
        self.engine = Engine()
        self.entity = entity
        self.catalog = CatalogStore(self.table)
        self.context = BillRunContext(
            billing=BillingTable(self.table),
            runs=RunTable(self.table),
            objects=self.objects,
            entities=EntityTable(self.table),
            catalogs=self.catalog,
            usage=self.used,
            engine=self.engine,
            customers_per_batch=per_batch,
        )
        EntityTable(self.table).put(entity)
        self.catalog.put(Product("prd_s", "Service", "standard", "706"))
        self.catalog.put(Meter("calls", "call", Aggregation.SUM, value="n"))

    def sells(
        self,
        price_id: str,
        model: PriceModel | str,
        kind: ChargeKind = ChargeKind.ADVANCE,
        meter: str = "",
    ) -> None:
        model = PerUnit(Decimal(model)) if isinstance(model, str) else model
        self.catalog.put(
            Price(price_id, 1, "prd_s", self.entity.currency, kind, model, meter=meter)
        )

    def customer(
        self, name: str, *, business: bool = True, invoice_day: int = 0, siren: str = ""
    ) -> None:
        customer = Customer(
            id=name,
            entity=self.entity.code,
            name=name.title(),
            address=Address(("2 rue Y",), "69001", "Lyon", "FR"),
            email=f"{name}@example.test",
            language="fr",
            business=business,
            invoice_day=invoice_day,
            registration={"siren": siren} if siren else None,
        )
        self.table.write(Put(customer_to_item(customer, created_at="2013-01-01")))
        self.table.write(billing_state.new_state(name, self.entity.code, invoice_day=invoice_day))

    def subscribes(
        self,
        customer: str,
        start_on: str,
        *items: tuple[str, str],
        terms_days: int | None = None,
        cycle: Cycle | None = None,
    ) -> Subscription:
        """Subscribe from a day to items given as (price id, quantity), by calendar month."""
        day = date.fromisoformat(start_on)
        number = sum("#chg#" not in key.sk and "B#2#" in key.sk for key in self.table.items)
        subscription = Subscription(
            id=f"sub_{number}",
            external_id=f"S{number}",
            customer_id=customer,
            subscriber_id=customer,
            entity=self.entity.code,
            plan_id="pln",
            currency=self.entity.currency,
            start_on=day,
            cycle=cycle or Cycle(Unit.MONTH, 1, day.replace(day=1)),
            items=tuple(
                Item(f"sit_{number}_{place}", price, price, Decimal(quantity), price)
                for place, (price, quantity) in enumerate(items)
            ),
            terms_days=terms_days,
        )
        item = subscription_to_item(subscription, created_at=start_on)
        self._changes(customer, item, effective_on=day, due_on=day)
        return subscription

    def changes(self, subscription: Subscription, change: Change) -> None:
        item = change_to_item(subscription, change)
        self._changes(
            subscription.customer_id,
            item,
            effective_on=change.effective_on,
            due_on=change.effective_on,
        )

    def _changes(
        self, customer: str, item: dict[str, object], *, effective_on: date, due_on: date
    ) -> None:
        state = self.context.billing.state(customer, self.entity.code)
        assert state is not None
        after = state.changed(effective_on=effective_on, due_on=due_on, today=effective_on)
        self.table.write(Put(item), billing_state.changed(state, after))

    def runs_billing(self, on: str, hour: int = 6) -> list[Run]:
        """Start what is due and drive every run through all its steps."""
        at = datetime.fromisoformat(on).replace(hour=hour, tzinfo=UTC)
        return [self.drive(run.id, at) for run in start_due_runs(at, self.context)]

    def drive(self, run_id: str, at: datetime) -> Run:
        self.plans(run_id)
        review_plan(run_id, self.context)
        seal_run(run_id, at, self.context)
        publish_register(run_id, self.context)
        self.issues(run_id, at)
        return close_run(run_id, self.context)

    def plans(self, run_id: str) -> None:
        select_due(run_id, self.context)
        for chunk in files.read(self.objects, files.chunks_key(run_id)):
            plan_chunk(run_id, chunk["batch"], chunk["customers"], self.context)

    def issues(self, run_id: str, at: datetime) -> None:
        for row in files.read(self.objects, files.batches_key(run_id)):
            issue_batch(run_id, row["batch"], row["ranks"], at=at, context=self.context)

    def documents(self, customer: str) -> list[Header]:
        """Return the documents of a customer, oldest first."""
        found = self.context.billing.headers(customer, issued_since=date.min)
        return sorted(found, key=lambda header: (header.issued_on, header.number))

    def lines(self, customer: str) -> list[str]:
        """Say each line of each document: number, description, days, net in minor units."""
        return [line for header in self.documents(customer) for line in self._said(header)]

    def _said(self, header: Header) -> Iterable[str]:
        document = self.document(header)
        for line in document["lines"]:
            days = f"{line['service']['start_on']}..{line['service']['end_on']}"
            yield f"{header.number} {line['description']} {days} {line['net']}"

    def document(self, header: Header) -> dict:
        place = header.place
        body = self.objects.get_range(place.key, offset=place.offset, length=place.length)
        return json.loads(body)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
