"""How a contract runs and ends: terms from the first paid day, notice, an end before its time."""

from dataclasses import dataclass
from datetime import date, timedelta

from tests.slow_model.cycles import Cycle, begins
from tests.slow_model.told import History, Terms, Told


@dataclass(frozen=True)
class Contract:
    terms: Terms
    first: date
    """The first day that is paid for."""

    def begins(self, number: int) -> date:
        """The first day of a term, counted from 0."""
        return begins(Cycle(self.terms.unit, self.terms.count, self.first), number)

    def first_end(self, told: date) -> date:
        """The end of the first term that can still be ended on a day."""
        number, notice = 1, timedelta(days=self.terms.notice_days)
        while self.terms.renews and not told < self.begins(number) >= told + notice:
            number += 1
        return self.begins(number)

    def renewed(self, on: date) -> date:
        """The first day of the first term that begins on a day or later."""
        number = 0
        while self.begins(number) < on:
            number += 1
        return self.begins(number)


def contract(history: History) -> Contract | None:
    terms = history.contract
    return Contract(terms, history.start + timedelta(days=history.trial_days)) if terms else None


def ending(history: History, one: Told, before: list[Told]) -> Told | None:
    """
    The end that is told, with the day to which what recurs stays due; None where it is refused.

    Before its first term a trial is left freely. An end is told once.
    """
    agreed = contract(history)
    if not agreed:
        return Told("cancel", one.on)
    if any(each.what == "cancel" for each in before):
        return None
    free = agreed.first_end(one.on - timedelta(days=one.ahead))
    if one.what == "cancel":
        return Told("cancel", free)
    if not agreed.terms.renews and one.on > agreed.begins(1):
        return None
    if one.on >= free or one.on <= agreed.first or agreed.terms.early == "allowed":
        return Told("cancel", one.on)
    return Told("cancel", one.on, due_to=free) if agreed.terms.early == "remainder" else None
