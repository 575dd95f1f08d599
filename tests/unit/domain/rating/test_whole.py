"""What the days of a key cost now, less what was billed of them; taken back line by line."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from solde.domain.catalog import ChargeKind
from solde.domain.periods import Period
from solde.domain.pricing.flat import Flat
from solde.domain.rating import Terms, Window, propose
from solde.domain.rating.whole import Piece, runs_through, whole_differences
from tests.support.story import Story, day

D, F = Decimal, Fraction
JUNE = Period(date(2027, 6, 1), date(2027, 7, 1))


def billed() -> Story:
    """A month of 30.00, which is said in one line."""
    story = Story()
    story.sells("fee", ChargeKind.ADVANCE, Flat(D(30)))
    story.subscribes("s", "2027-06-01", {"fee": 1})
    story.bills("2027-06-01")
    return story


def differences(story: Story, *pieces: Piece) -> list[tuple[Fraction, str | None]]:
    (subscription,) = story.subscriptions.values()
    terms = Terms(story.catalog(), story._entity().regime, story._measured)
    window = Window(date.min, JUNE.start_on)
    (proposal,) = propose(subscription, window, terms)
    found = whole_differences(proposal, pieces, story.lines, terms.regime)
    return [(one.exact, one.corrects.invoice_id if one.corrects else None) for one in found]


def test_what_costs_more_or_less_than_was_billed() -> None:
    story = billed()
    assert differences(story, Piece(JUNE, F(30), D(1))) == []
    assert differences(story, Piece(JUNE, F(34), D(1))) == [(F(4), "inv_1")]
    assert differences(story, Piece(JUNE, F(10), D(1))) == [(F(-20), "inv_1")]
    assert differences(story, Piece(JUNE, F(-2), D(1))) == [(F(-30), "inv_1"), (F(-2), None)]


def test_days_that_are_served_no_more_are_given_back_and_others_charged() -> None:
    story = billed()
    later = Period(date(2027, 6, 20), JUNE.end_on)
    assert differences(story) == [(F(-30), "inv_1")]
    assert differences(story, Piece(later, F(11), D(1))) == [(F(11), None), (F(-30), "inv_1")]


def test_a_line_runs_through_the_days_inside_it() -> None:
    (line,) = billed().lines
    assert runs_through([line], day("2027-06-02"))
    assert not runs_through([line], JUNE.start_on)
    assert not runs_through([line], JUNE.end_on)
