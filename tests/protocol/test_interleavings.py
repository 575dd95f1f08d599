"""Actors that meet operation by operation, disturbed or not: no schedule of these goes wrong."""

import random

import pytest

from tests.protocol.cast import Cast
from tests.protocol.gifted import Gifted
from tests.protocol.giving import Giving
from tests.protocol.interleaver import DISTURBANCES
from tests.protocol.metered import MeteredCast
from tests.protocol.selling import Selling
from tests.protocol.spending import Spending
from tests.protocol.stage import Stage

RUN, NEXT = "a run", "a run of the next day"
FAULTS = (0.0, 0.02, 0.04)
"""Some three disturbances in a schedule, or some six."""


def drawn(cast: type[Stage], number: int) -> tuple[Stage, tuple[str, ...]]:
    """Draw two to four actors, a run among them, and how often they are disturbed."""
    rng = random.Random(number)
    names = [rng.choice(list(cast.ACTORS)) for _ in range(rng.choice((2, 3, 4)))]
    if not any(name.startswith("a run") for name in names):
        names[0] = RUN
    if cast is MeteredCast:
        names += [rng.choice(("calls of the 15th", "calls of the 30th")), "a rating"]
    if cast is Selling:
        names.append(rng.choice(("a sale", "its money", "a note", "expiry")))
    if cast is Giving:
        names.append(rng.choice(("a note", "a larger note", "a note to bill again")))
    fault = 0.0 if "a one-off" in names else rng.choice(FAULTS)
    return cast(number, fault=fault), tuple(names)


def goes_well(cast: type[Stage], numbers: range) -> None:
    for number in numbers:
        stage, names = drawn(cast, number)
        assert stage.play(*names) == {}, f"schedule {number}: {', '.join(names)}"


@pytest.mark.parametrize("first", range(0, 300, 100))
def test_schedules_of_several_actors_come_to_rest(first: int) -> None:
    goes_well(Cast, range(first, first + 100))


def test_schedules_with_rating_come_to_rest() -> None:
    goes_well(MeteredCast, range(100))


def test_schedules_with_notes_by_hand_come_to_rest() -> None:
    goes_well(Giving, range(100))


def test_schedules_with_gifts_come_to_rest() -> None:
    goes_well(Gifted, range(80))


def test_schedules_with_credit_come_to_rest() -> None:
    goes_well(Spending, range(80))


def test_schedules_with_top_ups_that_were_sold_come_to_rest() -> None:
    goes_well(Selling, range(80))


@pytest.mark.deep
@pytest.mark.parametrize("first", range(10_000, 20_000, 1_000))
def test_many_more_schedules_with_top_ups_come_to_rest(first: int) -> None:
    goes_well(Selling, range(first, first + 1_000))


@pytest.mark.deep
@pytest.mark.parametrize("first", range(10_000, 40_000, 1_000))
def test_many_more_schedules_come_to_rest(first: int) -> None:
    goes_well(Cast, range(first, first + 1_000))


@pytest.mark.deep
@pytest.mark.parametrize("first", range(10_000, 20_000, 1_000))
def test_many_more_schedules_with_rating_come_to_rest(first: int) -> None:
    goes_well(MeteredCast, range(first, first + 1_000))


@pytest.mark.deep
@pytest.mark.parametrize("first", range(10_000, 20_000, 1_000))
def test_many_more_schedules_with_notes_come_to_rest(first: int) -> None:
    goes_well(Giving, range(first, first + 1_000))


def test_the_same_seed_plays_the_same_schedule() -> None:
    played = []
    for _ in range(2):
        stage = Cast(17, fault=0.05)
        assert stage.play(RUN, "cancel", NEXT) == {}
        played.append((stage.director.steps, stage.table.items, stage.objects.bodies))
    assert played[0] == played[1]


def test_every_disturbance_happens_often() -> None:
    happened = dict.fromkeys(DISTURBANCES, 0)
    for number in range(60):
        stage = Cast(number, fault=0.05)
        assert stage.play(RUN, NEXT) == {}
        for name in DISTURBANCES:
            happened[name] += stage.director.disturbed[name]
    assert min(happened.values()) >= 40, happened


def test_a_run_of_an_earlier_day_that_comes_last_forgets_no_change() -> None:
    """
    A change due between two target days, written while the run of the later day was planned.

    The run of the earlier day cleared its mark without having looked as far as the watermark.
    """
    for number in range(120):
        wrong = Cast(number).play(RUN, NEXT, "a first seat")
        assert wrong == {}, f"schedule {number}"
