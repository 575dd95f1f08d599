"""Actors around a gift: runs and *bill now* take of it, more is given, the rest is withdrawn."""

from datetime import date

from solde.domain.money import Money
from solde.domain.settlement import Purpose, Wallet
from solde.storage.gifts import GiftTable
from solde.storage.singles import SingleTable
from solde.storage.wallets import WalletTable
from solde.workflows.bill_now import NowContext, bill_now
from solde.workflows.bill_run.cancel import cancel_run
from solde.workflows.bill_run.open import Wanted, open_run
from solde.workflows.gifts import GiftContext, give, standing, withdraw
from solde.workflows.wallets import TopUp
from tests.protocol.stage import Stage, Wrong
from tests.support.seller import at

JULY = at("2013-07-01T06:00:00")
WALLET = Wallet("wal_1", "c0", "FRA", "EUR", "Welcome", Purpose.GRANTED)


class Gifted(Stage):
    """A customer with a seat of 30.00 a month from 1 June, and 40.00 of it for nothing."""

    def __init__(self, seed: int, *, off: frozenset[str] = frozenset(), fault: float = 0.0) -> None:
        super().__init__(seed, off=off, fault=fault)
        self.seller.sells("seat", "30.00")
        self.seller.customer("c0")
        self.seller.subscribes("c0", "2013-06-01", ("seat", "1"))
        context = self.seller.context
        tables = GiftTable(self.table), WalletTable(self.table)
        self.gifts = GiftContext(*tables, context.billing, context.entities)
        self.gives("lot_1", 40_00, at("2013-06-01T05:00:00"))

    def gives(self, name: str, minor: int, time=JULY) -> None:
        give(WALLET, TopUp(name, Money(minor, "EUR")), time, self.gifts)

    def withdraws(self) -> None:
        withdraw(WALLET, ["lot_1"], JULY, self.gifts)

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
        """Two months are 60.00 less what was taken; what nobody withdrew is taken whole."""
        self.sweeps("2013-07-01T12:00:00", "2013-07-01T13:00:00", "2013-07-20T06:00:00")
        for day in ("2013-07-21", "2013-07-22"):
            self.seller.runs_billing(day)
        found = standing(WALLET, at("2013-07-22T12:00:00"), self.gifts)
        taken = sum(use.minor for one in found for use in one.uses)
        wrong = self.verifies("2013-07-22T12:00:00") | self.owes({"c0": 60_00 - taken})
        first = next(one for one in found if one.gift.id == "lot_1")
        if not first.gift.ended_on and first.left:
            wrong["gift"] = (f"expected nothing left, found {first.left}",)
        return wrong


Gifted.ACTORS = {
    "a run": lambda cast: cast.bills("2013-07-01"),
    "a run started later": lambda cast: cast.bills("2013-07-01", "06:01:00"),
    "a run of June": lambda cast: cast.bills("2013-06-01"),
    "bill now": Gifted.bills_now,
    "cancel": Gifted.cancels,
    "sweep": lambda cast: cast.sweeps("2013-07-01T06:30:00"),
    "another gift": lambda cast: cast.gives("lot_2", 5_00),
    "withdrawal": Gifted.withdraws,
}
