"""Actors around an issued invoice: notes by hand, its payment, its loss, and the next run."""

from datetime import date
from decimal import Decimal

from solde.domain.errors import StoreUnavailableError
from solde.domain.money import Money
from solde.domain.payments import Misfit, Received, allocate
from solde.ports.billing import Header
from solde.storage.adjustments import AdjustmentTable
from solde.storage.losses import LossTable
from solde.storage.payments import PaymentTable
from solde.storage.singles import SingleTable
from solde.workflows.bill_now import NowContext
from solde.workflows.bill_run.cancel import cancel_run
from solde.workflows.credit_note import Wanted, issue_note
from solde.workflows.one_off import OneOffContext
from solde.workflows.write_off import LOST, WriteOffContext, write_off
from solde.workflows.write_off import Wanted as Given
from tests.protocol.cast import Cast
from tests.protocol.stage import Wrong
from tests.support.seller import at

SECOND = date(2013, 6, 2)
NOW = at("2013-06-02T06:00:00")
ATTEMPTS = 8


class Giving(Cast):
    """
    June is billed: 30.00 to c0, and 30.00 to c1, whose seat has been given up since.

    So the run of 2 June issues a credit note to c1, in the series of the notes by hand.
    """

    def __init__(self, seed: int, *, off: frozenset[str] = frozenset(), fault: float = 0.0) -> None:
        super().__init__(seed, off=off, fault=fault)
        Cast.bills(self)
        self.invoice: Header = self.seller.documents("c0")[0]
        self.changes("c1", 0)

    def gives(self, wanted: Wanted) -> None:
        """Give back of c0's invoice; asked again under the same id, it is one note."""
        now = NowContext(self.seller.context, SingleTable(self.table))
        context = OneOffContext(now, AdjustmentTable(self.table))
        issue_note(self.invoice, wanted, NOW, context)

    def pays(self) -> None:
        """Pay the invoice whole, as a provider tells it: again, until it is booked."""
        store = PaymentTable(self.table)
        received = Received("stripe", "pi_1", Money(30_00, "EUR"), self.invoice.id, NOW)
        for _ in range(ATTEMPTS):
            if store.payment("stripe", "pi_1"):
                return
            invoice = store.open_invoice(self.invoice.id)
            assert invoice is not None
            allocation = allocate(received, invoice.due)
            assert not isinstance(allocation, Misfit)
            store.book(received, invoice, allocation, at=NOW)
        raise StoreUnavailableError("a payment was overtaken")

    def gives_up(self) -> None:
        context = WriteOffContext(self.seller.context, LossTable(self.table))
        write_off(self.invoice, Given("wof_1", LOST), NOW, context)

    def cancels(self) -> None:
        *_, run = self.seller.context.runs.attempts("FRA", SECOND) or [None]
        if run:
            cancel_run(run.id, NOW, self.seller.context)

    def rests(self) -> Wrong:
        self.sweeps("2013-06-02T12:00:00", "2013-06-02T13:00:00", "2013-06-20T06:00:00")
        for day in ("2013-06-21", "2013-06-22"):
            self.seller.runs_billing(day)
        owed = {"c0": max(self._owed("c0") - self._given(), 0), "c1": 0}
        return self.verifies("2013-06-22T12:00:00") | self.owes(owed) | self._lost()

    def _given(self) -> int:
        """Return what the facts of c0 give back: the timeline is worth so much less."""
        return sum(
            int(Decimal(item["amount"][0]))
            for key, item in self.table.items.items()
            if key.pk == "A#c0" and key.sk.startswith("B#1#adj#")
        )


Giving.ACTORS = {
    "a note": lambda cast: cast.gives(Wanted("adj_a", minor=10_00)),
    "a larger note": lambda cast: cast.gives(Wanted("adj_b", minor=25_00)),
    "a note to bill again": lambda cast: cast.gives(Wanted("adj_c", bill_again=True)),
    "a run": lambda cast: cast.bills("2013-06-02"),
    "a run started later": lambda cast: cast.bills("2013-06-02", "06:01:00"),
    "a run of the next day": lambda cast: cast.bills("2013-06-03"),
    "cancel": Giving.cancels,
    "sweep": lambda cast: cast.sweeps("2013-06-02T06:30:00"),
    "a change": lambda cast: cast.changes("c0", 3),
    "a seat given up": lambda cast: cast.changes("c0", 0),
    "a payment": Giving.pays,
    "a loss": Giving.gives_up,
}
