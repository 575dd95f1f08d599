"""Questions and promises: what of them counts, and until when."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from solde.domain.dunning import (
    PROMISE,
    QUESTION,
    Notice,
    is_questioned,
    promised,
    promised_until,
)
from solde.domain.errors import InvalidError

AT = datetime(2013, 6, 1, 12, tzinfo=UTC)
ASKED = Notice("ntc_1", "cus_1", "inv_1", QUESTION, AT, "why?")
PROMISED = Notice("ntc_2", "cus_1", "inv_1", PROMISE, AT, pays_on=date(2013, 6, 9))


@pytest.mark.parametrize(
    ("notices", "until", "questioned"),
    [
        ((), None, False),
        ((ASKED,), None, True),
        ((PROMISED,), date(2013, 6, 9), False),
        ((PROMISED, replace(PROMISED, pays_on=date(2013, 6, 12))), date(2013, 6, 12), False),
        ((PROMISED, ASKED), date(2013, 6, 9), True),
        ((replace(ASKED, closed_at=AT), replace(PROMISED, closed_at=AT)), None, False),
    ],
)
def test_what_was_said_counts_until_it_is_closed(notices, until, questioned) -> None:
    assert promised_until(notices) == until
    assert is_questioned(notices) is questioned


@pytest.mark.parametrize(
    ("on", "fits"), [("05-31", False), ("06-01", True), ("07-01", True), ("07-02", False)]
)
def test_a_promise_is_of_a_day_within_thirty(on, fits) -> None:
    day, today = date.fromisoformat(f"2013-{on}"), date(2013, 6, 1)
    if fits:
        assert promised(day, today) == day
        return
    with pytest.raises(InvalidError, match="expected 2013-06-01 to 2013-07-01"):
        promised(day, today)
