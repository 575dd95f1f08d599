"""What a credit by hand stands for: 90.00 for three seats in June, 9.00 of them credited."""

from decimal import Decimal
from fractions import Fraction

from solde.domain.catalog import ChargeKind
from solde.domain.pricing.per_unit import PerUnit
from solde.domain.rating import held
from solde.domain.rating.stands import Served, plain_lines, stand
from solde.domain.subscriptions import Cancelled, QuantityChanged
from tests.support.story import Story, day

D = Decimal


def credited(*days: str) -> tuple[Story, object]:
    story = Story()
    story.sells("seat", ChargeKind.ADVANCE, PerUnit(D(30)))
    story.subscribes("s", "2027-06-01", {"seat": 3})
    story.bills("2027-06-01")
    return story, story.credits(0, 9_00, *days)


def proposed(story: Story, on: str):
    before = list(story.lines)
    story.bills(on)
    (proposal,) = story.plans[-1].reasons.proposals
    return proposal, before


def test_all_of_it_stands_while_nothing_was_taken_back() -> None:
    story, one = credited()
    found = stand(one, *proposed(story, "2027-06-02"))
    assert (found.share, found.exact, found.served) == (1, -9, (Served(30, D(3)),))


def test_days_and_units_that_are_gone_take_their_share() -> None:
    story, one = credited()
    story.changes("s", QuantityChanged(day("2027-06-16"), 1, "sit_seat", D(2)))
    proposal, lines = proposed(story, "2027-06-16")
    found = stand(one, proposal, lines)
    # (15 × 3 + 15 × 2) ÷ (30 × 3)
    assert (found.share, found.exact) == (Fraction(5, 6), Fraction("-7.5"))
    assert held(one, proposal, lines) == Fraction(5, 6)


def test_days_of_its_own_are_all_that_counts() -> None:
    story, one = credited("2027-06-01", "2027-06-06")
    story.changes("s", Cancelled(day("2027-06-15"), 1))
    assert stand(one, *proposed(story, "2027-06-15")).served == (Served(5, D(3)),)


def test_a_credit_of_a_line_that_is_not_there_stands_for_nothing() -> None:
    story, one = credited()
    proposal, _ = proposed(story, "2027-06-02")
    assert stand(one, proposal, ()) is None
    assert held(one, proposal, ()) == 0


def test_a_line_that_is_only_a_credit_is_no_line_of_the_price() -> None:
    story, _ = credited()
    story.bills("2027-06-02")
    price, credit = story.lines
    assert (credit.net.minor, credit.exact) == (-9_00, -9)
    assert plain_lines(story.lines) == [price]
