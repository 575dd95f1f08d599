"""Revenue that is billed now and served later: what each month earns of it."""

from datetime import date

import pytest

from solde.domain.ledger import Deferral, entry_of_release
from solde.domain.periods import Period, month_after

YEAR = Deferral("706", "487", 1_200_00, Period(date(2026, 11, 15), date(2027, 11, 15)))


@pytest.mark.parametrize(
    ("month", "earned", "deferred"),
    [
        (date(2026, 11, 1), 52_60, 1_147_40),  # 16 of 365 days
        (date(2026, 12, 1), 101_92, 1_045_48),  # 47 days: 154.52
        (date(2027, 1, 1), 101_92, 943_56),  # 78 days: 256.44
        (date(2027, 2, 1), 92_05, 851_51),  # 106 days: 348.49
    ],
)
def test_21_deferred_revenue_over_the_year_end(month: date, earned: int, deferred: int) -> None:
    until = month_after(month, 1)
    entry = entry_of_release("EUR", [YEAR], issued_on=date(2026, 11, 15), since=month, until=until)
    assert {one.account: one.minor for one in entry.postings} == {"487": earned, "706": -earned}
    assert YEAR.minor - YEAR.earned_before(until) == deferred
