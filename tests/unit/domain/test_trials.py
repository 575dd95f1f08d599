"""How long a trial lasts."""

from datetime import date

import pytest

from solde.domain.errors import InvalidError
from solde.domain.periods import Unit
from solde.domain.trials import trial_end


@pytest.mark.parametrize(
    ("start", "unit", "count", "end"),
    [
        ("2028-01-30", Unit.DAY, 30, "2028-02-29"),
        ("2028-01-31", Unit.MONTH, 1, "2028-02-29"),
        ("2027-06-01", Unit.WEEK, 2, "2027-06-15"),
    ],
)
def test_the_first_day_that_is_charged(start, unit, count, end) -> None:
    assert trial_end(date.fromisoformat(start), unit, count) == date.fromisoformat(end)


def test_other_lengths_are_refused() -> None:
    with pytest.raises(InvalidError, match="expected at least 1, found 0"):
        trial_end(date(2027, 1, 1), Unit.DAY, 0)
    with pytest.raises(InvalidError, match="expected days, weeks or months, found year"):
        trial_end(date(2027, 1, 1), Unit.YEAR, 1)
