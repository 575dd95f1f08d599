from datetime import date, timedelta

import pytest

from solde.workflows.rate_usage.state import (
    Execution,
    RatingStateError,
    Result,
    State,
    read_state,
    write_state,
)
from tests.support.model_objects import ModelObjects
from tests.support.usage_world import at

NOW = at("2026-05-02T10:30:00")


def execution(number: int, days_ago: int, *days: str) -> Execution:
    spans = dict.fromkeys(days, (7, 8))
    result = Result(f"r{number}", 3, spans, (0, 24), (24, 78), (102, 0), (102, 5), 0, 1)
    return Execution(number, NOW - timedelta(days=days_ago), 1, (result,))


def test_a_state_is_read_as_it_was_written():
    objects = ModelObjects()
    state = State(
        number=2,
        open_from="2026-05-01T09",
        named=("raw/a",),
        totals={"read": 7, "open": 0},
        metered={"calls": 6},
        executions=(execution(1, 1, "2026-05-01", "2026-05-02"),),
    )
    write_state(state, objects)
    assert read_state(2, objects) == state


def test_before_the_first_execution_there_is_nothing():
    assert read_state(0, ModelObjects()) == State()


def test_a_state_that_is_gone_stops_everything():
    with pytest.raises(RatingStateError, match="rating 3"):
        read_state(3, ModelObjects())


def test_an_execution_is_kept_for_35_days_and_while_its_days_can_be_billed():
    state = State(
        executions=(
            execution(1, 500, "2025-03-31"),  # a day before the horizon
            execution(2, 400, "2025-03-01", "2025-04-02"),  # 13 months before 2 May 2026
            execution(3, 36),
            execution(4, 34),
        )
    )
    kept = state.kept(NOW, date(2026, 5, 2))
    assert [one.number for one in kept] == [2, 4]
