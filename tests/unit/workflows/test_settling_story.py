"""
Invoices, credit notes, payments and what goes back, as a machine: the books always fit.

Whatever is done next, each entry and the ledger sum to nothing, invoices show what settled them,
credit is never negative, and nobody is given back more than he was billed, per line, rate and in
total. At the end all that is left is given back, and comes to nothing.
"""

from datetime import date, timedelta
from itertools import count

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from solde.domain.credit import LineWanted, remains
from solde.domain.errors import InvalidError, StateConflictError
from solde.domain.subscriptions import Cancelled, QuantityChanged
from solde.ports.billing import Header
from solde.ports.payments import DeliveryStatus
from solde.storage.adjustments import AdjustmentTable
from solde.storage.audit import AuditTable
from solde.storage.losses import LossTable
from solde.storage.singles import SingleTable
from solde.workflows.adjust import later
from solde.workflows.bill_now import NowContext
from solde.workflows.credit_note import Wanted, issue_note
from solde.workflows.one_off import OneOffContext
from solde.workflows.verify.books import allocations, ledger_balances, payments_once
from solde.workflows.verify.verify import verify
from solde.workflows.write_off import Wanted as Given
from solde.workflows.write_off import WriteOffContext, write_off
from tests.support.equation import unequal
from tests.support.laws import often
from tests.support.seller import Seller, at
from tests.support.shop import Shop

FIRST = date(2013, 6, 1)
UNTOLD = {"I22"}
"""Nobody was mailed here."""
amounts = st.one_of(st.integers(1, 300_00), st.sampled_from([119_60, 10_00, 1]))


class Till(Shop):
    """Stripe, telling of whichever invoice is asked about."""

    asked: Header

    def __init__(self, seller: Seller) -> None:
        super().__init__(seller)
        self.heard: list[tuple[str, str, dict]] = []

    def told(self, event_id: str, kind: str, **thing) -> DeliveryStatus:
        if all(event_id != one for one, _, _ in self.heard):
            self.heard.append((event_id, kind, thing))
        return super().told(event_id, kind, **thing)

    @property
    def invoice(self) -> Header:
        return self.asked


class Settling(RuleBasedStateMachine):
    @initialize()
    def begin(self) -> None:
        self.seller = Seller()
        self.seller.sells("basic", "100.00")
        self.seller.sells("odd", "33.33")
        self.seller.customer("acme")
        self.subscription = self.seller.subscribes(
            "acme", FIRST.isoformat(), ("basic", "1"), ("odd", "3")
        )
        self.till = Till(self.seller)
        self.numbers = count(1)
        self.payments: dict[str, int] = {}
        self.refunded: dict[str, int] = {}
        self.today, self.cancelled = FIRST, False
        self.seller.runs_billing(FIRST.isoformat())
        run = self.seller.context
        table = self.seller.table
        self.one_off = OneOffContext(NowContext(run, SingleTable(table)), AdjustmentTable(table))

    @property
    def now(self):
        return at(f"{self.today.isoformat()}T10:00:00")

    def invoices(self) -> list[Header]:
        return [one for one in self.seller.documents("acme") if one.kind == "invoice"]

    @rule(data=st.data(), minor=amounts)
    def pays(self, data, minor) -> None:
        self.till.asked = data.draw(st.sampled_from(self.invoices()))
        intent = f"pi_{next(self.numbers)}"
        self.till.paid(f"evt_{next(self.numbers)}", minor, intent=intent)
        self.payments[intent] = minor

    @precondition(lambda self: self.payments)
    @rule(data=st.data(), minor=amounts)
    def is_refunded(self, data, minor) -> None:
        intent = data.draw(st.sampled_from(sorted(self.payments)))
        total = self.refunded.get(intent, 0) + minor
        self.till.refunded(f"evt_{next(self.numbers)}", total, intent=intent)
        if total <= self.payments[intent]:
            self.refunded[intent] = total

    @precondition(lambda self: self.payments)
    @rule(data=st.data(), won=st.booleans())
    def is_disputed(self, data, won) -> None:
        intent = data.draw(st.sampled_from(sorted(self.payments)))
        self.till.told(
            f"evt_{next(self.numbers)}",
            f"charge.dispute.funds_{'reinstated' if won else 'withdrawn'}",
            id=f"dp_{intent}",
            payment_intent=intent,
            amount=self.payments[intent],
            currency="eur",
        )

    @rule(data=st.data(), minor=amounts, back=amounts)
    def is_told_late(self, data, minor, back) -> None:
        """A refund is told before its payment, which comes later or never."""
        self.till.asked = data.draw(st.sampled_from(self.invoices()))
        intent = f"pi_{next(self.numbers)}"
        self.till.refunded(f"evt_{next(self.numbers)}", min(minor, back), intent=intent)
        if data.draw(st.booleans()):
            self.till.paid(f"evt_{next(self.numbers)}", minor, intent=intent)
            self.payments[intent], self.refunded[intent] = minor, min(minor, back)

    @precondition(lambda self: self.till.heard)
    @rule(data=st.data())
    def is_told_again(self, data) -> None:
        """A delivery that was worked changes nothing when it comes again, at once or days later."""
        event_id, kind, thing = data.draw(st.sampled_from(self.till.heard))
        before = dict(self.seller.table.items)
        self.till.told(event_id, kind, **thing)
        assert self.seller.table.items == before

    @precondition(lambda self: self.till.heard)
    @rule(data=st.data())
    def is_told_by_another_event(self, data) -> None:
        """The same fact under a new name books nothing that is booked."""
        _, kind, thing = data.draw(st.sampled_from(self.till.heard))
        self.till.told(f"evt_{next(self.numbers)}", kind, **thing)

    @rule(data=st.data(), minor=amounts, to_refund=st.booleans())
    def gives_back_an_amount(self, data, minor, to_refund) -> None:
        one = data.draw(st.sampled_from(self.invoices()))
        self.notes(one, Wanted(f"n{next(self.numbers)}", minor=minor, to_refund=to_refund))

    @rule(data=st.data(), minor=st.none() | amounts, line=st.integers(1, 3))
    def gives_back_of_a_line(self, data, minor, line) -> None:
        one = data.draw(st.sampled_from(self.invoices()))
        self.notes(one, Wanted(f"n{next(self.numbers)}", lines=[LineWanted(line, minor)]))

    @rule(data=st.data())
    def bills_again(self, data) -> None:
        one = data.draw(st.sampled_from(self.invoices()))
        self.notes(one, Wanted(f"n{next(self.numbers)}", bill_again=True))

    def notes(self, header: Header, wanted: Wanted) -> None:
        """Give back what is wanted, or be refused and change nothing."""
        before = dict(self.seller.table.items)
        try:
            note = issue_note(header, wanted, self.now, self.one_off)
        except (InvalidError, StateConflictError):
            assert self.seller.table.items == before
            return
        assert note.paid_minor == note.gross_minor
        assert issue_note(header, wanted, self.now, self.one_off).id == note.id

    @rule(data=st.data(), stage=st.sampled_from(["doubtful", "lost"]), sent=st.booleans())
    def gives_up(self, data, stage, sent) -> None:
        one = data.draw(st.sampled_from(self.invoices()))
        sent_on = self.today if sent and stage == "lost" else None
        given = Given(f"wof_{next(self.numbers)}", stage, duplicate_sent_on=sent_on)
        context = WriteOffContext(self.seller.context, LossTable(self.seller.table))
        try:
            write_off(one, given, self.now, context)
        except StateConflictError:
            assert one.open_minor + one.loss.doubtful * (stage == "lost") == 0

    @precondition(lambda self: not self.cancelled)
    @rule(back=st.integers(0, 20), quantity=st.integers(0, 4))
    def changes(self, back, quantity) -> None:
        on = max(FIRST, self.today - timedelta(days=back))
        item = self.subscription.items[1]
        change = QuantityChanged(on, next(self.numbers), item.id, type(item.quantity)(quantity))
        self.seller.changes(self.subscription, change)

    @precondition(lambda self: not self.cancelled)
    @rule()
    def cancels(self) -> None:
        self.cancelled = True
        self.seller.changes(self.subscription, Cancelled(self.today, next(self.numbers)))

    @rule(days=st.integers(1, 40))
    def bills(self, days) -> None:
        self.today += timedelta(days=days)
        self.seller.runs_billing(self.today.isoformat())

    @invariant()
    def the_books_fit(self) -> None:
        if not hasattr(self, "seller"):
            return
        stored = AuditTable(self.seller.table).stored()
        for check in (ledger_balances, allocations, payments_once):
            assert check(stored).violations == ()
        assert unequal(stored) == {}
        assert all(one.left.minor >= 0 for one in stored.lots.values())

    def teardown(self) -> None:
        if not hasattr(self, "seller"):
            return
        self.bills(1)  # what waits is billed: then everything is at rest
        for one in self.invoices():
            self.notes(one, Wanted(f"n{next(self.numbers)}"))
        self.the_books_fit()
        run = self.seller.context
        for one in self.invoices():
            assert remains(self.seller.document(one), later(one, run)).total == 0
        found = verify(self.now, AuditTable(self.seller.table), run)
        wrong = {one.code: one.violations for one in found if one.violations}
        assert wrong.keys() <= UNTOLD, wrong


def test_whatever_is_done_the_books_fit() -> None:
    run_state_machine_as_test(Settling, settings=settings(often(40), stateful_step_count=14))
