"""Days by the cycle that bills them: cut where it changes, together where it comes back."""

from solde.domain.periods import NEVER, Cycle, Unit
from solde.domain.subscriptions import CycleChanged, QuantityChanged, timeline
from solde.domain.subscriptions.turns import by_cycle
from tests.support.story import day
from tests.unit.domain.subscriptions.test_timeline import D, subscription

FIRST, MIDDLE = Cycle(Unit.MONTH, 1, day("2027-06-01")), Cycle(Unit.MONTH, 1, day("2027-06-15"))


def seats(*changes) -> dict[Cycle, list[str]]:
    one = subscription(*changes)
    found = by_cycle([each for each in timeline(one) if each.item.id == "sit_seat"], one.phases())
    return {
        cycle: [
            f"{each.period.start_on:%m-%d} {each.quantity} gone "
            f"{'never' if each.gone_on == NEVER else format(each.gone_on, '%m-%d')}"
            for each in mine
        ]
        for cycle, mine in found.items()
    }


def test_a_segment_ends_with_its_cycle_and_goes_on_with_the_next() -> None:
    more = QuantityChanged(day("2027-06-20"), 1, "sit_seat", D(5))
    turn = CycleChanged(day("2027-06-10"), 2, MIDDLE)
    assert seats(more, turn) == {
        FIRST: ["06-01 3 gone 06-10"],
        MIDDLE: ["06-10 3 gone never", "06-20 5 gone never"],
    }


def test_a_cycle_that_comes_back_has_all_its_days() -> None:
    there, back = (
        CycleChanged(day("2027-06-10"), 1, MIDDLE),
        CycleChanged(day("2027-06-20"), 2, FIRST),
    )
    assert seats(there, back) == {
        FIRST: ["06-01 3 gone 06-10", "06-20 3 gone never"],
        MIDDLE: ["06-10 3 gone 06-20"],
    }
