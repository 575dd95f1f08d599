"""
Actors that meet operation by operation: no schedule of these goes wrong, and each condition is
missed when it is left out (docs/explanation/bill-run.md says what goes wrong without it).
"""

import random

import pytest

from solde.domain.errors import SoldeError
from tests.protocol.cast import ACTORS, Cast
from tests.protocol.test_bill_run import World
from tests.support.faulty_table import FaultyTable

RUN, NEXT, LATER = "a run", "a run of the next day", "a run started later"
SEARCHED = 4_000


def drawn(number: int) -> tuple[tuple[str, ...], float]:
    """Draw two to four actors, a run among them, and how often they crash or lose a reply."""
    rng = random.Random(number)
    names = [rng.choice(list(ACTORS)) for _ in range(rng.choice((2, 3, 4)))]
    if not any(name.startswith("a run") for name in names):
        names[0] = RUN
    one_off = "a one-off" in names
    return tuple(names), 0.0 if one_off else rng.choice((0.0, 0.0, 0.02))


def goes_well(numbers: range) -> None:
    for number in numbers:
        names, fault = drawn(number)
        wrong = Cast(number, fault=fault).play(*names)
        assert wrong == {}, f"schedule {number}: {', '.join(names)}"


@pytest.mark.parametrize("first", range(0, 300, 100))
def test_schedules_of_several_actors_come_to_rest(first: int) -> None:
    goes_well(range(first, first + 100))


@pytest.mark.deep
@pytest.mark.parametrize("first", range(10_000, 40_000, 1_000))
def test_many_more_schedules_come_to_rest(first: int) -> None:
    goes_well(range(first, first + 1_000))


def test_a_run_of_an_earlier_day_that_comes_last_forgets_no_change() -> None:
    """
    A change due between two target days, written while the run of the later day was planned.

    The run of the earlier day cleared its mark without having looked as far as the watermark.
    """
    for number in range(120):
        wrong = Cast(number).play(RUN, NEXT, "a first seat")
        assert wrong == {}, f"schedule {number}"


def goes_wrong(number: int, off: frozenset[str], names: tuple[str, ...]) -> bool:
    try:
        return Cast(number, off=off).play(*names) != {}
    except (SoldeError, AssertionError):
        return True


ALONE = [
    ("rev_as_read", ("a change", "another change", RUN), 1158),
    ("batch_once", (RUN, RUN), 204),
    ("header_absent", (RUN, RUN, "a payment"), 129),
    ("issue_resv", (RUN, RUN, NEXT, "a first seat"), 583),
    ("runkey", (RUN, LATER), 2),
    ("reserve_free", (RUN, NEXT), 99),
    ("reserve_ver", (RUN, NEXT), 12),
]
"""Guard, actors, and a seed that was found to go wrong without it."""

TOGETHER = [
    (("head", "record_absent"), (RUN, NEXT, "a first seat"), 518),
    (("head", "record_absent"), (RUN, "a one-off"), 0),
    (("release_cond", "release_ver"), (RUN, "cancel", NEXT), 938),
    (("select_once", "object_once"), (RUN, RUN), 38),
    (("oneoff_resv", "now_ver"), ("bill now", RUN), 0),
]
"""Guards that cover each other: either is enough, and both together are missed."""


@pytest.mark.parametrize(("guard", "names", "hint"), ALONE, ids=[one[0] for one in ALONE])
def test_a_condition_is_missed(guard: str, names: tuple[str, ...], hint: int) -> None:
    off = frozenset({guard})
    assert any(goes_wrong(number, off, names) for number in (hint, *range(SEARCHED)))


@pytest.mark.parametrize(
    ("guards", "names", "hint"),
    TOGETHER,
    ids=[" and ".join((*one[0], one[1][-1])) for one in TOGETHER],
)
def test_conditions_that_cover_each_other(
    guards: tuple[str, ...], names: tuple[str, ...], hint: int
) -> None:
    """Without both, schedules go wrong; with either of them, the same schedules are sound."""
    off = frozenset(guards)
    found = next(n for n in (hint, *range(SEARCHED)) if goes_wrong(n, off, names))
    for guard in guards:
        for number in (found, *range(30)):
            assert not goes_wrong(number, off - {guard}, names), (guard, number)


class WatchedTable(FaultyTable):
    """Notes plans that were reserved although the customer has changed since it was read."""

    def __init__(self, off: frozenset[str]) -> None:
        super().__init__(off)
        self.stale = 0

    def write(self, *writes) -> None:
        super().write(*writes)
        for write in writes:
            held = getattr(write, "set", {}).get("resv")
            if held and held["rev"] != self.items[write.key]["rev"]:
                self.stale += 1


@pytest.mark.parametrize(("off", "expected"), [((), False), (("reserve_rev",), True)])
def test_what_is_reserved_is_what_the_customer_is(off: tuple[str, ...], expected: bool) -> None:
    """
    A change just before the reservation is in the plan, not corrected after it (I20).

    Without the condition the total still comes right, by a second document that nobody wanted.
    """
    stale = 0
    for number in range(1, 60):
        world = World(table=WatchedTable(frozenset(off)))
        world.table.arm(number, act=world.changes)
        world.bills()
        assert world.rests() == {}
        stale += world.table.stale
    assert (stale > 0) is expected
