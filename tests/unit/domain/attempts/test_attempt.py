"""An attempt moves forward only, and what nobody knows of is not asked for twice."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from solde.domain.attempts import (
    Agrees,
    Attempt,
    AttemptState,
    Decline,
    Declines,
    NotKnown,
    Settles,
    Waits,
    after,
    amount_asked,
    told_declined,
)
from solde.domain.errors import InvalidError, StateConflictError
from solde.domain.money import Money

AT = datetime(2027, 1, 4, 9, tzinfo=UTC)
EUR = Money(119_60, "EUR")
ASKED = Attempt("att_1", "cus_1", "inv_1", 1, "stripe", EUR, AT, AT, method="pm_1")
SETTLES = Settles("pi_1", EUR, AT)


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (SETTLES, AttemptState.SETTLED),
        (Waits("pi_1"), AttemptState.WAITING),
        (Agrees("ORDER1"), AttemptState.WAITING),
        (Declines(Decline.SOFT, "insufficient_funds"), AttemptState.DECLINED),
        (NotKnown(), AttemptState.UNKNOWN),
    ],
)
def test_an_answer_moves_an_attempt(answer, state) -> None:
    assert after(ASKED, answer, AT).state is state


@pytest.mark.parametrize("over", [AttemptState.SETTLED, AttemptState.DECLINED, AttemptState.VOID])
@pytest.mark.parametrize("answer", [SETTLES, Waits("pi_2"), NotKnown()])
def test_what_has_ended_stays(over, answer) -> None:
    ended = replace(ASKED, state=over)
    assert after(ended, answer, AT) == ended


@pytest.mark.parametrize(
    ("hours", "state"),
    [(20, AttemptState.UNKNOWN), (24, AttemptState.UNKNOWN), (25, AttemptState.VOID)],
)
def test_what_never_arrived_is_given_up_after_a_day(hours, state) -> None:
    assert after(ASKED, NotKnown(), AT + timedelta(hours=hours)).state is state


def test_what_waits_was_heard_of_and_is_never_given_up() -> None:
    waits = after(ASKED, Waits("pi_1", "https://pay.test/1"), AT)
    later = after(waits, NotKnown(), AT + timedelta(days=30))
    assert (later.state, later.url) == (AttemptState.WAITING, "https://pay.test/1")
    assert later.look_at == AT + timedelta(days=31)


@pytest.mark.parametrize(("hours", "may"), [(0, True), (20, True), (21, False)])
def test_a_key_is_used_again_for_twenty_hours(hours, may) -> None:
    assert ASKED.repeatable(AT + timedelta(hours=hours)) is may


@pytest.mark.parametrize(("hours", "may"), [(5, True), (6, False)])
def test_paypal_forgets_sooner(hours, may) -> None:
    assert replace(ASKED, provider="paypal").repeatable(AT + timedelta(hours=hours)) is may


def test_a_decline_on_a_page_is_not_the_end_of_it() -> None:
    declined = Declines(Decline.HARD, "stolen_card")
    page = replace(ASKED, method="", state=AttemptState.WAITING)
    assert told_declined(page, declined, AT) == page
    assert told_declined(ASKED, declined, AT).kind is Decline.HARD
    expired = Declines(Decline.SOFT, "page_expired")
    assert told_declined(page, expired, AT).state is AttemptState.DECLINED


def test_all_that_is_open_or_so_much_as_is_wanted() -> None:
    assert amount_asked(EUR, None, None) == EUR
    assert amount_asked(EUR, replace(ASKED, state=AttemptState.DECLINED), 100) == Money(1_00, "EUR")


@pytest.mark.parametrize(
    ("open_", "latest", "wanted", "error", "said"),
    [
        (0, None, None, StateConflictError, "expected something open, found 0"),
        (1_00, ASKED, None, StateConflictError, "found att_1, asked"),
        (1_00, None, 1_01, InvalidError, "at most 100, which is open, found 101"),
    ],
)
def test_what_cannot_be_asked_for(open_, latest, wanted, error, said) -> None:
    with pytest.raises(error, match=said):
        amount_asked(Money(open_, "EUR"), latest, wanted)
