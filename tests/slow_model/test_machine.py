"""A subscription's life as a machine: whatever is done next, what is billed is what is owed."""

from datetime import date, timedelta

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

from solde.domain.subscriptions import Withdrawn
from tests.slow_model.engine import begun, billed, change, documents
from tests.slow_model.histories import SPANS
from tests.slow_model.life import Life
from tests.slow_model.offers import prices, shift
from tests.slow_model.told import Bill, History, Told, Used
from tests.support.laws import often

SPAN = 120
offsets = st.integers(0, SPAN)
quantities = st.integers(0, 14)


class SubscriptionLife(RuleBasedStateMachine):
    """`standing` are the changes that count, with the numbers that they were entered under."""

    @initialize(
        unit=st.sampled_from(["week", "month", "month", "year"]),
        before=st.integers(0, 40),
        trial_days=st.sampled_from([0, 0, 14]),
        offered=st.tuples(prices("a", "advance"), prices("b", "arrears"), prices("c", "usage")),
        seats=quantities,
    )
    def begin(self, unit, before, trial_days, offered, seats) -> None:
        start = date(2013, 10, 15)
        self.history = History(
            start=start,
            anchor=shift(start, -min(before, SPANS[unit])),
            unit=unit,
            count=1,
            trial_days=trial_days,
            prices={one.name: one for one in offered},
            items=(("i0", "a", seats), ("i1", "b", 1), ("u", "c", 1)),
            acts=(),
        )
        self.story, self.life = begun(self.history), Life(self.history)
        self.items, self.standing = ["i0", "i1"], {}
        self.sequence, self.today = 0, start

    def enter(self, told: Told) -> None:
        self.sequence += 1
        self.story.changes("s", change(told, self.sequence, "EUR"))
        self.life.told.append(told)
        self.standing[self.sequence] = told

    def day(self, offset: int) -> date:
        return shift(self.history.start, offset)

    @rule(data=st.data(), offset=offsets, quantity=quantities)
    def change_quantity(self, data, offset, quantity) -> None:
        item = data.draw(st.sampled_from(["i0", "i1"]))
        self.enter(Told("quantity", self.day(offset), item=item, quantity=quantity))

    @precondition(lambda self: self.items)
    @rule(offset=offsets, price=st.sampled_from("ab"), quantity=quantities)
    def swap(self, offset, price, quantity) -> None:
        item = self.items.pop()
        new = f"n{self.sequence + 1}"
        told = Told("swap", self.day(offset), item, quantity, new, price)
        self.enter(told)

    @rule(offset=offsets, price=st.sampled_from("ab"), quantity=quantities)
    def add(self, offset, price, quantity) -> None:
        new = f"n{self.sequence + 1}"
        self.enter(Told("add", self.day(offset), quantity=quantity, new=new, price=price))

    @rule(offset=offsets)
    def pause(self, offset) -> None:
        self.enter(Told("pause", self.day(offset)))

    @rule(offset=offsets)
    def resume(self, offset) -> None:
        self.enter(Told("resume", self.day(offset)))

    @rule(offset=offsets)
    def cancel(self, offset) -> None:
        self.enter(Told("cancel", self.day(offset)))

    @precondition(lambda self: self.standing)
    @rule(data=st.data())
    def withdraw(self, data) -> None:
        """Take back a change, as if it had never been made; those of items stay for others."""
        number = data.draw(st.sampled_from(sorted(self.standing)))
        told = self.standing[number]
        if told.what in ("swap", "add"):
            return
        self.sequence += 1
        self.story.changes("s", Withdrawn(told.on, self.sequence, number))
        del self.standing[number]
        self.life.told = [one for one in self.life.told if one is not told]

    @rule(offset=offsets, amount=st.sampled_from(["1", "5", "0.5", "12"]))
    def use(self, offset, amount) -> None:
        self.story.tells("c", self.day(offset).isoformat(), amount)
        self.life.used.append(Used(self.day(offset), "c", amount))

    @rule(days=st.integers(0, 45))
    def bill(self, days) -> None:
        self.today += timedelta(days=days)
        self.story.bills(Bill(self.today).on.isoformat())
        owed = {key: minor for key, minor in self.life.owed(self.today).items() if minor}
        assert billed(self.story) == owed

    @invariant()
    def no_document_is_below_nothing(self) -> None:
        for document, _ in documents(self.story) if hasattr(self, "story") else ():
            assert document["totals"]["gross"] >= 0
            assert all(one["base"] >= 0 for one in document["taxes"])


def test_a_subscription_lives() -> None:
    run_state_machine_as_test(
        SubscriptionLife, settings=settings(often(300), stateful_step_count=20)
    )
