"""Actors around credit: runs and *bill now* use it, it settles what is open, it is given up."""

from datetime import date

from solde.domain.money import Money
from solde.domain.settlement import Purpose, Wallet
from solde.storage.credits import CreditTable
from solde.storage.lots import lots_of
from solde.storage.singles import SingleTable
from solde.storage.wallets import WalletTable
from solde.workflows.apply_credit import Wanted as Applied
from solde.workflows.apply_credit import settle_by_credit
from solde.workflows.bill_now import NowContext, bill_now
from solde.workflows.bill_run.cancel import cancel_run
from solde.workflows.bill_run.open import Wanted, open_run
from solde.workflows.wallets import TopUp, WalletContext, give_up, top_up
from tests.protocol.stage import Stage, Wrong
from tests.support.seller import at

JULY = at("2013-07-01T06:00:00")
WALLET = Wallet("wal_1", "c0", "FRA", "EUR", "Prepaid", Purpose.MULTI)


class Spending(Stage):
    """
    A seat of 30.00 a month, with tax 35.88; June is billed and open, and 40.00 are in a wallet.

    July uses them, or June does, or they are given up; 5.00 more may come.
    """

    def __init__(self, seed: int, *, off: frozenset[str] = frozenset(), fault: float = 0.0) -> None:
        super().__init__(seed, off=off, fault=fault)
        self.seller.sells("seat", "30.00")
        self.seller.customer("c0")
        self.seller.subscribes("c0", "2013-06-01", ("seat", "1"))
        self.bills("2013-06-01")
        (self.june,) = self.seller.documents("c0")
        self.wallets = WalletContext(WalletTable(self.table), self.seller.context.entities)
        self.fills("lot_1", 40_00)

    def fills(self, name: str, minor: int) -> None:
        top_up(WALLET, TopUp(name, Money(minor, "EUR")), JULY, self.wallets)

    def gives_up(self) -> None:
        give_up(WALLET, ["lot_1"], JULY, self.wallets)

    def applies(self) -> None:
        settle_by_credit(self.june, Applied("apc_1", 10_00), JULY, CreditTable(self.table))

    def bills(self, day: str, time: str = "06:00:00") -> None:
        started = at(f"{day}T{time}")
        run = open_run(Wanted("FRA", date.fromisoformat(day), started), self.seller.context)
        self.seller.drive(run.id, started)

    def bills_now(self) -> None:
        bill_now("c0", "FRA", JULY, NowContext(self.seller.context, SingleTable(self.table)))

    def cancels(self) -> None:
        *_, run = self.seller.context.runs.attempts("FRA", JULY.date()) or [None]
        if run:
            cancel_run(run.id, JULY, self.seller.context)

    def rests(self) -> Wrong:
        """Two months are billed; what verify proves of lots, invoices and books is the point."""
        self.sweeps("2013-07-01T12:00:00", "2013-07-01T13:00:00", "2013-07-20T06:00:00")
        for day in ("2013-07-21", "2013-07-22"):
            self.seller.runs_billing(day)
        wrong = self.verifies("2013-07-22T12:00:00") | self.owes({"c0": 60_00})
        names = [one.id for one in lots_of(self.table, "c0")]
        if names[:1] != ["lot_1"]:
            wrong["lots"] = (f"expected lot_1 first, found {names}",)
        return wrong


Spending.ACTORS = {
    "a run": lambda cast: cast.bills("2013-07-01"),
    "a run started later": lambda cast: cast.bills("2013-07-01", "06:01:00"),
    "bill now": Spending.bills_now,
    "cancel": Spending.cancels,
    "sweep": lambda cast: cast.sweeps("2013-07-01T06:30:00"),
    "credit applied": Spending.applies,
    "a void": Spending.gives_up,
    "another top-up": lambda cast: cast.fills("lot_2", 5_00),
}
