"""A contract: how long a term is, whether another follows, and when its end must be told."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from solde.domain.errors import InvalidError
from solde.domain.periods import NEVER, Cycle, Period, Unit


class Early(Enum):
    """An end before the term's: refused, free, or what recurs stays due to the term's end."""

    REFUSED = "refused"
    ALLOWED = "allowed"
    REMAINDER = "remainder"


@dataclass(frozen=True, slots=True)
class Contract:
    """
    Terms of so many units, counted from the first day that is paid for.

    `renews` lets a term follow the one before, unless its end is told `notice_days` ahead.
    """

    start_on: date
    unit: Unit
    count: int
    renews: bool = True
    notice_days: int = 0
    early: Early = Early.REFUSED

    def __post_init__(self) -> None:
        if self.count < 1 or self.notice_days < 0:
            raise InvalidError(
                f"contract: expected a term of at least 1 and a notice of 0 or more, found {self}",
                pointer="/contract",
            )

    @property
    def ends_on(self) -> date:
        """The first day after the only term; NEVER where terms follow each other."""
        return NEVER if self.renews else self._terms.start(1)

    def term_on(self, day: date) -> Period:
        """Return the term that holds a day; the first for all days before, or after the last."""
        first = self._terms.period(0)
        if not self.renews or day < self.start_on:
            return first
        return self._terms.period(self._terms.number_at(day))

    def notice_by(self, day: date) -> date:
        """Return the last day on which the end of the term of a day can be told."""
        return self.term_on(day).end_on - self._notice

    def first_end(self, today: date) -> date:
        """
        Return the first day without service that can still be told today.

        A notice may be longer than a term: then those that are nearer go by.
        """
        first = self._terms.start(1)
        earliest = today + self._notice
        if not self.renews or earliest <= first:
            return first
        term = self._terms.period(self._terms.number_at(earliest))
        return earliest if earliest == term.start_on else term.end_on

    @property
    def _notice(self) -> timedelta:
        """How long ahead an end is told: a day at least, since a term that is over goes on."""
        return timedelta(days=max(self.notice_days, 1))

    @property
    def _terms(self) -> Cycle:
        return Cycle(self.unit, self.count, self.start_on)
