"""Steps of a ramp follow each other: none overlap, none are told in two ways."""

from datetime import date
from decimal import Decimal

import pytest

from solde.domain.errors import InvalidError
from solde.domain.pricing.flat import Flat
from solde.domain.pricing.ramp import RampStep, checked_ramp

DAY, LATER = date(2027, 7, 1), date(2027, 8, 1)


def step(months: int = 0, on: date | None = None) -> RampStep:
    return RampStep(Flat(Decimal(1)), months, on)


SENSIBLE = [[], [step(1)], [step(3), step(6)], [step(1200)], [step(on=DAY), step(on=LATER)]]


@pytest.mark.parametrize("steps", SENSIBLE)
def test_steps_in_their_order(steps) -> None:
    checked_ramp(steps)


NONSENSE = [
    ([step()], "/ramp/0", "either after_months above 0 or from_on, found 0 and None"),
    ([step(3, DAY)], "/ramp/0", "found 3 and 2027-07-01"),
    ([step(-1)], "/ramp/0/after_months", "expected 1 to 1200, found -1"),
    ([step(1201)], "/ramp/0/after_months", "expected 1 to 1200, found 1201"),
    ([step(3), step(3)], "/ramp/1", "later than after 3 months, found after 3 months"),
    ([step(6), step(3)], "/ramp/1", "later than after 6 months, found after 3 months"),
    ([step(on=LATER), step(on=DAY)], "/ramp/1", "later than 2027-08-01, found 2027-07-01"),
    ([step(3), step(on=DAY)], "/ramp/1", "found after 3 months, then 2027-07-01"),
    ([step(on=DAY), step(3)], "/ramp/1", "found 2027-07-01, then after 3 months"),
    ([step(3), step(6), step(5)], "/ramp/2", "later than after 6 months"),
]


@pytest.mark.parametrize(("steps", "pointer", "said"), NONSENSE)
def test_steps_that_make_no_sense(steps, pointer, said) -> None:
    with pytest.raises(InvalidError, match=said) as refused:
        checked_ramp(steps)
    assert refused.value.pointer == pointer


def test_a_step_that_says_little_waits_for_a_period_and_names_no_month() -> None:
    found = RampStep(Flat(Decimal(1)), from_on=DAY)
    assert (found.after_months, found.mid_period, found.begins) == (0, False, "2027-07-01")
