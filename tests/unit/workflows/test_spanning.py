"""Another currency beside a commitment across subscriptions is refused, whoever comes first."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from solde.domain.catalog import ChargeKind
from solde.domain.errors import InvalidError
from solde.domain.pricing.flat import Flat
from solde.domain.subscriptions import Cancelled, ItemsAdded
from solde.workflows.spanning import must_count
from tests.support.story import Story, day, item


@pytest.fixture
def story() -> Story:
    """A fee in dollars."""
    told = Story()
    told.sells("total", ChargeKind.COMMITMENT, Flat(300), across=True)
    told.sells("least", ChargeKind.COMMITMENT, Flat(300))
    told.sells("fee", ChargeKind.ARREARS, Flat(10))
    told.currency = "USD"
    told.subscribes("fee", "2027-06-01", {"fee": 1})
    told.currency = "EUR"
    return told


def counts(story: Story, name: str) -> None:
    catalogs = SimpleNamespace(catalog=lambda _: story.catalog())
    must_count(story.subscriptions[name], list(story.subscriptions.values()), catalogs)


@pytest.mark.parametrize("name", ["total", "fee"])
def test_another_currency_is_refused_with_both(story: Story, name: str) -> None:
    story.subscribes("total", "2027-06-15", {"total": 1})
    told = r"expected EUR, in which a commitment of sub_total .* found USD of sub_fee"
    with pytest.raises(InvalidError, match=told) as refused:
        counts(story, name)
    assert refused.value.pointer == "/currency"


def test_one_of_its_own_spending_alone_does_not_ask(story: Story) -> None:
    story.subscribes("least", "2027-06-15", {"least": 1})
    counts(story, "least")


def test_what_others_have_among_themselves_is_not_asked_again(story: Story) -> None:
    story.subscribes("total", "2027-06-15", {"total": 1})
    story.subscribes("more", "2027-06-15", {"total": 1})
    del story.subscriptions["fee"]
    counts(story, "more")


@pytest.mark.parametrize(("ends_on", "fits"), [("2027-06-15", True), ("2027-06-16", False)])
def test_who_is_over_when_the_other_begins_need_not_fit(story: Story, ends_on, fits) -> None:
    story.changes("fee", Cancelled(day(ends_on), 1))
    story.subscribes("total", "2027-06-15", {"total": 1})
    if fits:
        counts(story, "total")
        counts(story, "fee")
    else:
        with pytest.raises(InvalidError, match="expected EUR"):
            counts(story, "total")


@pytest.mark.parametrize(
    ("ends_on", "from_on", "fits"),
    [
        # the commitment is added on 20 June to what is billed by calendar months
        ("2027-06-01", "2027-06-20", True),
        # over since the 2nd, but what it charges in June would count
        ("2027-06-02", "2027-06-20", False),
        ("2027-06-20", "2027-06-20", False),
        # from July on it would not
        ("2027-06-30", "2027-07-01", True),
        ("2027-07-01", "2027-07-01", True),
        ("2027-07-02", "2027-07-01", False),
    ],
)
def test_whole_periods_of_the_commitment_count(story: Story, ends_on, from_on, fits) -> None:
    if ends_on == "2027-06-01":
        story.subscriptions["fee"] = replace(story.subscriptions["fee"], start_on=day("2027-05-01"))
    story.changes("fee", Cancelled(day(ends_on), 1))
    story.subscribes("old", "2027-05-01", {"least": 1})
    story.changes("old", ItemsAdded(day(from_on), 1, (item("total"),)))
    _fits(story, "old", fits=fits)


@pytest.mark.parametrize(
    ("ended_on", "begins_on", "fits"),
    [
        # it is due when its period is over, by what all charge in it
        ("2027-06-10", "2027-06-20", False),
        ("2027-06-10", "2027-07-01", True),
        ("2027-07-01", "2027-07-01", True),
        ("2027-07-02", "2027-07-31", False),
    ],
)
def test_a_commitment_that_ended_counts_to_its_period_s_end(
    story: Story, ended_on, begins_on, fits
) -> None:
    del story.subscriptions["fee"]
    story.subscribes("total", "2027-05-01", {"total": 1})
    story.changes("total", Cancelled(day(ended_on), 1))
    story.currency = "USD"
    story.subscribes("late", begins_on, {"fee": 1})
    _fits(story, "late", fits=fits)


@pytest.mark.parametrize(("due_to", "fits"), [("2027-07-01", True), ("2027-07-02", False)])
def test_what_stays_due_of_a_term_counts_too(story: Story, due_to, fits) -> None:
    """Left on 10 June, charged to the end of its term: the commitment begins on 1 July."""
    story.changes("fee", Cancelled(day("2027-06-10"), 1, due_to=day(due_to)))
    story.subscribes("total", "2027-07-01", {"total": 1})
    _fits(story, "total", fits=fits)


def _fits(story: Story, name: str, *, fits: bool) -> None:
    if fits:
        counts(story, name)
        return
    with pytest.raises(InvalidError, match="expected EUR"):
        counts(story, name)


def test_prices_are_not_read_where_there_is_one_currency(story: Story) -> None:
    del story.subscriptions["fee"]
    story.subscribes("total", "2027-06-15", {"total": 1})
    every = list(story.subscriptions.values())
    must_count(every[0], every, None)
