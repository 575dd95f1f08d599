"""The actors of interleaved bill runs, and what must be true when all have come to rest."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import NoReturn

from solde.domain.catalog import Catalog, ChargeKind, Price, Product
from solde.domain.invoicing.plan import Billed, plan_customer
from solde.domain.money import Money
from solde.domain.payments import Misfit, Received, allocate
from solde.domain.pricing.flat import Flat
from solde.domain.rating import Terms, Window
from solde.domain.subscriptions import Item, QuantityChanged
from solde.domain.tax import SHIPPED
from solde.ports.customers import Located
from solde.storage import billing_state, keys
from solde.storage.payments import PaymentTable
from solde.storage.singles import SingleTable
from solde.storage.subscription_store import SubscriptionTable
from solde.storage.table import Key
from solde.workflows.bill_now import NowContext, bill_now, issue_single
from solde.workflows.bill_run.cancel import cancel_run
from solde.workflows.bill_run.open import Wanted, open_run
from solde.workflows.change_subscription import change_subscription
from solde.workflows.changes import Which, change_quantity
from solde.workflows.subscribe import SubscribeContext
from tests.protocol.stage import Stage, Wrong
from tests.support.seller import ENTITY, at

JUNE = date(2013, 6, 1)
ONE_OFF = 1000
"""10.00."""


class Cast(Stage):
    """Three customers of one seller: two with a seat of 30.00 in advance, one with none yet."""

    def __init__(self, seed: int, *, off: frozenset[str] = frozenset(), fault: float = 0.0) -> None:
        super().__init__(seed, off=off, fault=fault)
        self.seller.sells("seat", "30.00")
        self.subscriptions = {}
        self.one_offs = 0
        self.agreed: list[tuple[Key, str]] = []
        """Changes that somebody was told are made: where, and how many seats."""
        for name, seats in (("c0", "1"), ("c1", "1"), ("c2", "0")):
            self.seller.customer(name)
            self.subscriptions[name] = self.seller.subscribes(name, "2013-06-01", ("seat", seats))

    def bills(self, day: str = "2013-06-01", time: str = "06:00:00") -> None:
        started = at(f"{day}T{time}")
        run = open_run(Wanted("FRA", date.fromisoformat(day), started), self.seller.context)
        self.seller.drive(run.id, started)

    def cancels(self) -> None:
        *_, run = self.seller.context.runs.attempts("FRA", JUNE) or [None]
        if run:
            cancel_run(run.id, at("2013-06-01T06:00:00"), self.seller.context)

    def changes(self, customer: str, seats: int) -> None:
        context = SubscribeContext(
            billing=self.seller.context.billing,
            subscriptions=SubscriptionTable(self.table),
            entities=self.seller.context.entities,
            catalogs=self.seller.catalog,
            new_id=unmetered,
        )
        mine = self.subscriptions[customer]
        after = change_subscription(
            Located(customer, mine.id, "FRA"),
            change_quantity(Which("seat"), Decimal(seats), JUNE),
            at("2013-06-01T06:00:00"),
            context,
        )
        made = after.changes[-1]
        key = keys.change(customer, mine.id, made.effective_on, made.sequence)
        self.agreed.append((key, str(seats)))

    def seats_the_first(self) -> None:
        """Give c2 two seats from the 2nd; written once, whoever else was faster."""
        mine = self.subscriptions["c2"]
        change = QuantityChanged(date(2013, 6, 2), 1, mine.items[0].id, Decimal(2))
        self.seller.changes(mine, change)

    def bills_now(self) -> None:
        context = NowContext(self.seller.context, SingleTable(self.table))
        bill_now("c0", "FRA", at("2013-06-01T06:00:00"), context)

    def issues_a_one_off(self) -> None:
        """
        Bill somebody without any subscription once, 10.00: only the register is touched.

        It is no act to repeat blindly; whoever asks does so under an idempotency key.
        """
        price = Price("setup", 1, "prd_s", "EUR", ChargeKind.ONE_TIME, Flat(Decimal(10)))
        products = {"prd_s": Product("prd_s", "Service", "standard", "706")}
        order = replace(
            self.subscriptions["c1"],
            id="sub_order",
            customer_id="c3",
            items=(Item("sit_setup", "setup", "setup", Decimal(1), "Setup"),),
        )
        customer = replace(self.seller.context.billing.load("c1", "FRA").customer, id="c3")
        terms = Terms(Catalog(products, {}, {"setup": price}, {}), SHIPPED["FR"], unmetered)
        plan = plan_customer(Billed(customer, ENTITY), [order], Window(date.min, JUNE), terms)
        context = NowContext(self.seller.context, SingleTable(self.table))
        while not issue_single(
            plan.documents, ENTITY, at=at("2013-06-01T06:00:00"), context=context
        ):
            continue  # somebody else took the number
        self.one_offs += 1

    def marks_usage(self) -> None:
        state = self.seller.context.billing.state("c0", "FRA")
        assert state is not None
        self.table.write(billing_state.marked_by_usage(state, JUNE, JUNE))

    def pays(self) -> None:
        """Pay the first invoice of a customer whole, if there is one."""
        store = PaymentTable(self.table)
        for header in self.seller.documents("c0")[:1]:
            invoice = store.open_invoice(header.id)
            assert invoice is not None
            amount = Money(header.gross_minor, "EUR")
            received = Received("stripe", "pi_1", amount, header.id, at("2013-06-02T06:00:00"))
            allocation = allocate(received, invoice.due)
            if not isinstance(allocation, Misfit):
                store.book(received, invoice, allocation, at=received.at)

    def rests(self) -> Wrong:
        """Let everything come to its end, and return what is wrong then."""
        self.sweeps("2013-06-01T12:00:00", "2013-06-01T13:00:00", "2013-06-20T06:00:00")
        for day in ("2013-06-21", "2013-06-22"):
            self.seller.runs_billing(day)
        owed = {name: self._owed(name) for name in self.subscriptions}
        owed["c3"] = self.one_offs * ONE_OFF
        return self.verifies("2013-06-22T12:00:00") | self.owes(owed) | self._lost()

    def _owed(self, name: str) -> int:
        """
        Return what June costs by the change that was written last.

        A seat is 30.00; seats of c2 start on the 2nd: 29 of 30 days.
        """
        mine = {
            int(key.sk.rsplit("#", 1)[1]): int(item["quantity"])
            for key, item in self.table.items.items()
            if key.pk == f"A#{name}" and "#chg#" in key.sk
        }
        seats = mine[max(mine)] if mine else {"c0": 1, "c1": 1, "c2": 0}[name]
        return seats * (2900 if name == "c2" else 3000)

    def _lost(self) -> Wrong:
        """Find changes that somebody was told of, and that are there no more."""
        stored = self.table.items
        gone = [
            f"{key.sk}: {seats} seats"
            for key, seats in self.agreed
            if key not in stored or stored[key]["quantity"] != seats
        ]
        return {"changes": tuple(gone)} if gone else {}


Cast.ACTORS = {
    "a run": Cast.bills,
    "a run started later": lambda cast: cast.bills(time="06:01:00"),
    "a run of the next day": lambda cast: cast.bills("2013-06-02"),
    "cancel": Cast.cancels,
    "sweep": lambda cast: cast.sweeps("2013-06-01T06:30:00"),
    "a change": lambda cast: cast.changes("c0", 3),
    "another change": lambda cast: cast.changes("c0", 5),
    "a first seat": Cast.seats_the_first,
    "bill now": Cast.bills_now,
    "a one-off": Cast.issues_a_one_off,
    "late usage": Cast.marks_usage,
    "a payment": Cast.pays,
}


def unmetered(*_: object) -> NoReturn:
    raise AssertionError("a setup is not metered")
