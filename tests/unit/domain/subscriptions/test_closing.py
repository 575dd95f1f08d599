"""What a cancellation leaves charged of the period it falls into."""

import pytest

from solde.domain.catalog import ChargeKind, Credit
from solde.domain.periods import Cycle, Period, Unit
from solde.domain.subscriptions import (
    Cancelled,
    Closing,
    CycleChanged,
    Paused,
    QuantityChanged,
    Withdrawn,
    charged,
    closing,
)
from solde.domain.trials import AfterTrial, Trial
from tests.support.story import day
from tests.unit.domain.subscriptions.test_timeline import D, replace, subscription

ADVANCE, ARREARS, USAGE = ChargeKind.ADVANCE, ChargeKind.ARREARS, ChargeKind.USAGE
QUARTER = Cycle(Unit.MONTH, 3, day("2027-06-01"))


def cancelled(on: str, credit: Credit) -> Cancelled:
    return Cancelled(day(on), 9, credit)


def days(one, kind: ChargeKind) -> list[str]:
    """Return the days of the seats, from 1 June by quarter, that are charged."""
    end = closing(one)
    assert end is not None
    spans = [span for span in charged(one) if span.item.id == "sit_seat"]
    return [
        f"{span.period.start_on:%m-%d}..{span.period.end_on:%m-%d} {span.quantity}"
        for span in end.charged(spans, kind)
    ]


@pytest.mark.parametrize(
    ("credit", "kind", "expected"),
    [
        (Credit.NONE, ADVANCE, ["06-01..07-10 3", "07-10..09-01 5"]),
        (Credit.NONE, ARREARS, ["06-01..07-10 3", "07-10..07-20 5"]),
        (Credit.NONE, USAGE, ["06-01..07-10 3", "07-10..07-20 5"]),
        (Credit.FULL, ADVANCE, []),
        (Credit.FULL, ARREARS, []),
        (Credit.FULL, USAGE, ["06-01..07-10 3", "07-10..07-20 5"]),
    ],
)
def test_each_credit_by_each_kind(credit, kind, expected) -> None:
    seats = QuantityChanged(day("2027-07-10"), 1, "sit_seat", D(5))
    one = replace(subscription(seats, cancelled("2027-07-20", credit)), cycle=QUARTER)
    assert days(one, kind) == expected


@pytest.mark.parametrize(
    ("credit", "kind", "expected"),
    [
        (Credit.FULL, ADVANCE, ["06-01..08-15 3"]),  # the term goes before the credit
        (Credit.PRORATE, ARREARS, ["06-01..08-15 3"]),
        (Credit.PRORATE, USAGE, ["06-01..06-20 3"]),
    ],
)
def test_what_recurs_stays_due_to_the_end_of_a_term(credit, kind, expected) -> None:
    end = Cancelled(day("2027-06-20"), 9, credit, day("2027-08-15"))
    assert days(subscription(end), kind) == expected


def test_all_of_a_later_period_goes_back_and_nothing_of_those_before() -> None:
    one = subscription(cancelled("2027-07-20", Credit.FULL))  # by month
    assert days(one, ADVANCE) == ["06-01..07-01 3"]


def test_what_another_cycle_billed_before_stays() -> None:
    turn = CycleChanged(day("2027-06-10"), 1, Cycle(Unit.MONTH, 1, day("2027-06-15")))
    end = closing(subscription(turn, cancelled("2027-06-12", Credit.FULL)))
    # its period begins on 15 May, and counts from 10 June only
    assert end == Closing(
        day("2027-06-12"), Period(day("2027-06-10"), day("2027-06-15")), end.credit
    )
    assert closing(subscription(turn, cancelled("2027-06-10", Credit.FULL))) is None


def test_who_is_paused_when_it_ends_is_not_charged_to_the_end() -> None:
    one = subscription(Paused(day("2027-06-10"), 1), cancelled("2027-06-20", Credit.NONE))
    assert days(one, ADVANCE) == ["06-01..06-10 3"]


@pytest.mark.parametrize(
    "changes",
    [
        (),
        (cancelled("2027-06-20", Credit.PRORATE),),
        (cancelled("2027-07-01", Credit.FULL),),  # nothing of the next period was served
        (cancelled("2027-07-01", Credit.NONE),),
        (cancelled("2027-06-20", Credit.NONE), Withdrawn(day("2027-06-20"), 10, 9)),
        # the earlier of two ends it
        (cancelled("2027-06-20", Credit.FULL), Cancelled(day("2027-06-10"), 10)),
    ],
)
def test_where_the_days_served_say_it_all(changes) -> None:
    assert closing(subscription(*changes)) is None


def test_a_trial_that_ended_before_was_no_cancellation() -> None:
    tried = replace(subscription(), trial=Trial(day("2027-06-15"), AfterTrial.END))
    assert closing(replace(tried, changes=(cancelled("2027-06-20", Credit.NONE),))) is None
