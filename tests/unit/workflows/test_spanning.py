"""Another currency beside a commitment across subscriptions is refused, whoever comes first."""

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


@pytest.mark.parametrize(("from_on", "fits"), [("2027-06-20", True), ("2027-06-19", False)])
def test_the_commitment_s_own_days_count(story: Story, from_on: str, fits: bool) -> None:
    """The dollars are over on 20 June, and the commitment is added to what is older than they."""
    story.changes("fee", Cancelled(day("2027-06-20"), 1))
    story.subscribes("old", "2027-05-01", {"least": 1})
    story.changes("old", ItemsAdded(day(from_on), 1, (item("total"),)))
    if fits:
        counts(story, "old")
    else:
        with pytest.raises(InvalidError, match="expected EUR"):
            counts(story, "old")


def test_prices_are_not_read_where_there_is_one_currency(story: Story) -> None:
    del story.subscriptions["fee"]
    story.subscribes("total", "2027-06-15", {"total": 1})
    every = list(story.subscriptions.values())
    must_count(every[0], every, None)
