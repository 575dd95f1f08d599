"""Actors around a top-up that was sold: its sale, its money, notes on it, its end, and the run."""

from datetime import date

from solde.domain.catalog import Product
from solde.domain.money import Money
from solde.domain.settlement import Purpose, Scope, Wallet
from solde.storage.adjustments import AdjustmentTable
from solde.storage.books import BookTable
from solde.storage.credits import CreditTable
from solde.storage.lots import lots_of
from solde.storage.payments import PaymentTable
from solde.storage.singles import SingleTable
from solde.storage.wallets import WalletTable
from solde.workflows.bill_now import NowContext, bill_now
from solde.workflows.bill_run.cancel import cancel_run
from solde.workflows.bill_run.open import Wanted, open_run
from solde.workflows.close_books import BooksContext, ask_close, close_books
from solde.workflows.credit_note import Wanted as Given
from solde.workflows.credit_note import issue_note
from solde.workflows.deposit import DepositContext
from solde.workflows.one_off import OneOffContext
from solde.workflows.receive_webhook import receive_delivery
from solde.workflows.sell_top_up import Sold, sell_top_up
from solde.workflows.settle_payment import settle_delivery
from solde.workflows.wallets import TopUp, WalletContext, expire, give_up
from tests.protocol.stage import Stage, Wrong
from tests.protocol.test_settling import READ, Event, disputed, event
from tests.support.seller import at

SOLD, LATE = at("2013-06-10T06:00:00"), at("2013-06-30T23:00:00")
JULY, OVER = at("2013-07-01T06:00:00"), at("2013-07-02T07:00:00")
PRODUCT = Product("prd_s", "Service", "standard", "706")
WALLET = Wallet(
    "wal_1",
    "c0",
    "FRA",
    "EUR",
    "Seats",
    Purpose.SINGLE,
    scope=Scope(products=frozenset({PRODUCT.id})),
    days=22,
)


class Selling(Stage):
    """
    A seat of 30.00 a month from 1 July, with tax 35.88; 40.01 were sold for it on 10 June.

    13.37 of them are paid, and they can be used before 2 July.
    """

    def __init__(self, seed: int, *, off: frozenset[str] = frozenset(), fault: float = 0.0) -> None:
        super().__init__(seed, off=off, fault=fault)
        self.seller.sells("seat", "30.00")
        self.seller.customer("c0")
        self.seller.subscribes("c0", "2013-07-01", ("seat", "1"))
        self.now = NowContext(self.seller.context, SingleTable(self.table))
        self.wallets = WalletContext(WalletTable(self.table), self.seller.context.entities)
        self.sells("top_1", 40_01, SOLD)
        (self.sold,) = self.seller.documents("c0")
        self.pays(1, 13_37, SOLD)

    def sells(self, name: str, minor: int, time=JULY) -> None:
        run = self.seller.context
        customer = run.billing.load("c0", "FRA").customer
        of = Sold(WALLET, customer, [PRODUCT])
        wanted = TopUp(name, Money(minor, "EUR"))
        sell_top_up(of, wanted, time, DepositContext(self.now, CreditTable(self.table)))

    def pays(self, number: int, minor: int, time=LATE) -> None:
        named = {"metadata": {"invoice_id": self.sold.id}}
        kind = "payment_intent.succeeded"
        self.works(event(number, kind, id=f"pi_{number}", amount_received=minor, **named), time)

    def works(self, told: Event, time) -> None:
        name, body = told
        store = PaymentTable(self.table)
        receive_delivery("stripe", name, body, at=time, store=store)
        settle_delivery("stripe", name, read=READ, at=time, store=store)

    def gives(self, wanted: Given) -> None:
        issue_note(self.sold, wanted, JULY, OneOffContext(self.now, AdjustmentTable(self.table)))

    def gives_up(self) -> None:
        give_up(WALLET, [self.sold.id], LATE, self.wallets)

    def closes(self) -> None:
        context = BooksContext(BookTable(self.table), self.seller.context)
        ask_close("FRA", date(2013, 6, 1), at=JULY, by="ada", context=context)
        close_books("FRA", date(2013, 6, 1), context)

    def bills(self, time: str = "06:00:00") -> None:
        started = at(f"2013-07-01T{time}")
        run = open_run(Wanted("FRA", JULY.date(), started), self.seller.context)
        self.seller.drive(run.id, started)

    def bills_now(self) -> None:
        bill_now("c0", "FRA", JULY, self.now)

    def cancels(self) -> None:
        *_, run = self.seller.context.runs.attempts("FRA", JULY.date()) or [None]
        if run:
            cancel_run(run.id, JULY, self.seller.context)

    def rests(self) -> Wrong:
        """One month is billed, and a top-up with its last day behind it has nothing left."""
        self.sweeps("2013-07-02T12:00:00", "2013-07-02T13:00:00", "2013-07-20T06:00:00")
        for day in ("2013-07-21", "2013-07-22"):
            self.seller.runs_billing(day)
        store, later = PaymentTable(self.table), at("2013-07-23T06:00:00")
        for one in store.unworked(later):
            settle_delivery(
                one.detail["provider"], one.detail["event"], read=READ, at=later, store=store
            )
        expire(at("2013-07-23T07:00:00"), self.wallets)
        wrong = self.verifies("2013-07-23T12:00:00") | self.owes({"c0": 30_00})
        lots = [one for one in lots_of(self.table, "c0") if one.funds]
        over = [one for one in lots if one.on == SOLD.date() and one.left.minor]
        if over:
            wrong["lots"] = tuple(f"expected nothing left, found {one}" for one in over)
        requests = [one.funds.request for one in lots if one.funds]
        if len(set(requests)) < len(requests):
            wrong["sales"] = (f"expected each once, found {requests}",)
        return wrong

    def billed(self, customer: str) -> int:
        """Return the net of all invoices: what is sold in advance bills nothing."""
        documents = self.seller.documents(customer)
        return sum(one.net_minor for one in documents if one.kind == "invoice")


Selling.ACTORS = {
    "a run": Selling.bills,
    "a run started later": lambda cast: cast.bills("06:01:00"),
    "bill now": Selling.bills_now,
    "cancel": Selling.cancels,
    "sweep": lambda cast: cast.sweeps("2013-07-01T06:30:00"),
    "a sale": lambda cast: cast.sells("top_2", 25_00),
    "another sale": lambda cast: cast.sells("top_3", 5_00),
    "a part of it": lambda cast: cast.pays(2, 10_01),
    "its money": lambda cast: cast.pays(3, 26_64),
    "a chargeback": lambda cast: cast.works(disputed(4, 13_37), LATE),
    "a note": lambda cast: cast.gives(Given("adj_a", minor=26_64)),
    "a note of the rest": lambda cast: cast.gives(Given("adj_b")),
    "a void": Selling.gives_up,
    "expiry": lambda cast: expire(OVER, cast.wallets),
    "a later expiry": lambda cast: expire(at("2013-07-03T07:00:00"), cast.wallets),
    "the books": Selling.closes,
}
