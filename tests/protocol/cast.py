"""The actors of interleaved schedules, and what must be true when all have come to rest."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import NoReturn

from solde.domain.catalog import Catalog, ChargeKind, Price, Product
from solde.domain.errors import SoldeError
from solde.domain.invoicing.plan import Billed, plan_customer
from solde.domain.money import Money
from solde.domain.payments import Misfit, Received, allocate
from solde.domain.pricing.flat import Flat
from solde.domain.rating import Terms, Window
from solde.domain.subscriptions import Item, QuantityChanged
from solde.storage import billing_state
from solde.storage.audit import AuditTable
from solde.storage.payments import PaymentTable
from solde.storage.singles import SingleTable
from solde.storage.table import ConditionFailedError
from solde.workflows.bill_now import NowContext, bill_now, issue_single
from solde.workflows.bill_run.cancel import cancel_run
from solde.workflows.bill_run.open import Wanted, open_run
from solde.workflows.bill_run.sweep import sweep_runs
from solde.workflows.verify.verify import verify
from tests.protocol.interleaver import Interleaver, SteppedObjects, SteppedTable
from tests.support.seller import ENTITY, Seller, at

ACCEPTED = (SoldeError, ConditionFailedError)
"""What an actor may be told: it is refused, or must come again."""
JUNE = date(2013, 6, 1)


class Cast:
    """Three customers of one seller: two with a seat of 30.00 in advance, one with none yet."""

    def __init__(self, seed: int, *, off: frozenset[str] = frozenset(), fault: float = 0.0) -> None:
        self.director = Interleaver(seed, fault=fault)
        self.table = SteppedTable(self.director, off)
        objects = SteppedObjects(self.director, off)
        self.seller = Seller(table=self.table, objects=objects)
        self.seller.sells("seat", "30.00")
        self.subscriptions = {}
        for name, seats in (("c0", "1"), ("c1", "1"), ("c2", "0")):
            self.seller.customer(name)
            self.subscriptions[name] = self.seller.subscribes(name, "2013-06-01", ("seat", seats))

    def play(self, *names: str) -> dict[str, tuple[str, ...]]:
        """Let the actors of these names meet, then let everything rest: what is wrong?"""
        acts = {f"{place} {name}": self._quiet(ACTORS[name]) for place, name in enumerate(names)}
        self.director.play(acts)
        return self.rests()

    def _quiet(self, act: "Act") -> Callable[[], None]:
        def quiet() -> None:
            try:
                act(self)
            except ACCEPTED:
                return

        return quiet

    def bills(self, day: str = "2013-06-01", time: str = "06:00:00") -> None:
        started = at(f"{day}T{time}")
        run = open_run(Wanted("FRA", date.fromisoformat(day), started), self.seller.context)
        self.seller.drive(run.id, started)

    def cancels(self) -> None:
        run = self.seller.context.runs.latest("FRA", JUNE)
        if run:
            cancel_run(run.id, self.seller.context)

    def sweeps(self) -> None:
        sweep_runs(at("2013-06-01T12:00:00"), self.seller.context)

    def changes(self, customer: str, sequence: int, seats: int, day: date = JUNE) -> None:
        item = self.subscriptions[customer].items[0].id
        change = QuantityChanged(day, sequence, item, Decimal(seats))
        self.seller.changes(self.subscriptions[customer], change)

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
        terms = Terms(Catalog(products, {}, {"setup": price}, {}), "FR", unmetered)
        plan = plan_customer(Billed(customer, ENTITY), [order], Window(date.min, JUNE), terms)
        context = NowContext(self.seller.context, SingleTable(self.table))
        while not issue_single(
            plan.documents, ENTITY, at=at("2013-06-01T06:00:00"), context=context
        ):
            continue  # somebody else took the number

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
            allocation = allocate(received, invoice)
            if not isinstance(allocation, Misfit):
                store.book(received, invoice, allocation, at=received.at)

    def rests(self) -> dict[str, tuple[str, ...]]:
        """Let everything come to its end, and return what is wrong then."""
        for hour in (12, 13):
            sweep_runs(at(f"2013-06-01T{hour}:00:00"), self.seller.context)
        sweep_runs(at("2013-06-20T06:00:00"), self.seller.context)
        for day in ("2013-06-21", "2013-06-22"):
            self.seller.runs_billing(day)
        found = verify(at("2013-06-22T12:00:00"), AuditTable(self.table), self.seller.context)
        wrong = {one.code: one.violations for one in found if one.violations and one.code != "I22"}
        for name in self.subscriptions:
            owed = self._owed(name)
            billed = sum(
                one.net_minor * (1 if one.kind == "invoice" else -1)
                for one in self.seller.documents(name)
            )
            if billed != owed:
                wrong[name] = (f"expected {owed} billed, found {billed}",)
        return wrong

    def _owed(self, name: str) -> int:
        """
        Return what June costs by the changes that were written.

        A seat is 30.00; seats of c2 start on the 2nd: 29 of 30 days.
        """
        mine = [key.sk for key in self.table.items if key.pk == f"A#{name}"]
        seats = {"c0": {0: 1, 1: 3, 2: 5}, "c1": {0: 1}, "c2": {0: 0, 1: 2}}[name]
        last = max((int(sk.rsplit("#", 1)[1]) for sk in mine if "#chg#" in sk), default=0)
        return seats[last] * (2900 if name == "c2" else 3000)


Act = Callable[[Cast], None]
ACTORS: dict[str, Act] = {
    "a run": Cast.bills,
    "a run started later": lambda cast: cast.bills(time="06:01:00"),
    "a run of the next day": lambda cast: cast.bills("2013-06-02"),
    "cancel": Cast.cancels,
    "sweep": Cast.sweeps,
    "a change": lambda cast: cast.changes("c0", 1, 3),
    "another change": lambda cast: cast.changes("c0", 2, 5),
    "a first seat": lambda cast: cast.changes("c2", 1, 2, date(2013, 6, 2)),
    "bill now": Cast.bills_now,
    "a one-off": Cast.issues_a_one_off,
    "late usage": Cast.marks_usage,
    "a payment": Cast.pays,
}


def unmetered(*_: object) -> NoReturn:
    raise AssertionError("a setup is not metered")
