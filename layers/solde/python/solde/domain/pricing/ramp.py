"""A price that changes with time: what it says after so many months of an item, or from a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from solde.domain.errors import InvalidError
from solde.domain.pricing.model import PriceModel

MONTHS_MOST = 1200


@dataclass(frozen=True, slots=True)
class RampStep:
    """
    What a price says in the place of what it said so far.

    It begins `after_months` of the item, from its first paid day, or `from_on` a day: one of them.
    A recurring price changes with the first billing period that starts then or later, unless the
    step says `mid_period`; usage goes by the time of its events.
    """

    model: PriceModel
    after_months: int = 0
    from_on: date | None = None
    mid_period: bool = False

    @property
    def begins(self) -> str:
        """Say when, for people."""
        return f"after {self.after_months} months" if self.from_on is None else f"{self.from_on}"


def checked_ramp(steps: Sequence[RampStep]) -> None:
    """
    Prove that each step begins once and after the one before: so none overlap and nothing is left.

    Raises:
        InvalidError: a step says no begin or two, begins no later than another, or otherwise than
            the first.

    """
    last: RampStep | None = None
    for place, one in enumerate(steps):
        pointer = f"/ramp/{place}"
        if bool(one.after_months) == (one.from_on is not None):
            raise InvalidError(
                f"ramp: expected either after_months above 0 or from_on, found {one.after_months} "
                f"and {one.from_on}",
                pointer=pointer,
            )
        if not 0 <= one.after_months <= MONTHS_MOST:
            raise InvalidError(
                f"after_months: expected 1 to {MONTHS_MOST}, found {one.after_months}",
                pointer=f"{pointer}/after_months",
            )
        if last and (last.from_on is None) != (one.from_on is None):
            raise InvalidError(
                f"ramp: expected all steps by months or all by days, found {last.begins}, "
                f"then {one.begins}",
                pointer=pointer,
            )
        if last and _begin(one) <= _begin(last):
            raise InvalidError(
                f"ramp: expected steps in their order, each later than {last.begins}, "
                f"found {one.begins}",
                pointer=pointer,
            )
        last = one


def _begin(step: RampStep) -> tuple[int, date]:
    return step.after_months, step.from_on or date.min
