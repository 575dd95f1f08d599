"""Items that are there on a day, whether they count anything or not."""

from dataclasses import replace
from decimal import Decimal

import pytest

from solde.domain.errors import InvalidError
from solde.domain.subscriptions import Cancelled, PlanChanged, QuantityChanged, Withdrawn
from solde.domain.subscriptions.lives import begun, items_on, lives_of
from tests.support.story import day, item
from tests.unit.domain.subscriptions.test_timeline import subscription

D = Decimal
GONE = PlanChanged(day("2027-06-10"), 2, "q", ("sit_fee",), (item("big"),))
LIFE = subscription(
    QuantityChanged(day("2027-06-05"), 1, "sit_seat", D(0)),
    GONE,
    PlanChanged(day("2027-06-20"), 3, "p", ("sit_big",), (item("fee", 2),)),
    Cancelled(day("2027-07-01"), 4),
)


@pytest.mark.parametrize(
    ("on", "there"),
    [
        ("2027-05-31", {}),
        ("2027-06-01", {"seat": 3, "fee": 1}),
        ("2027-06-05", {"seat": 0, "fee": 1}),  # none of it, and not gone
        ("2027-06-10", {"seat": 0, "big": 1}),
        ("2027-06-20", {"seat": 0, "fee": 2}),
        ("2027-07-01", {}),
    ],
)
def test_what_is_there_on_a_day(on, there) -> None:
    found = {one.component: int(one.quantity) for one in items_on(LIFE, day(on))}
    assert found == there


def test_an_item_begins_with_its_first_life() -> None:
    """The fee that comes back on 20 June was there from the start."""
    begins = {"sit_seat": "2027-06-01", "sit_fee": "2027-06-01", "sit_big": "2027-06-10"}
    assert begun(LIFE) == {name: day(on) for name, on in begins.items()}
    assert begun(subscription()) == {name: day("2027-06-01") for name in ("sit_seat", "sit_fee")}


def test_what_was_withdrawn_is_not_there() -> None:
    back = replace(LIFE, changes=(GONE, Withdrawn(day("2027-06-10"), 9, 2)))
    assert [one.component for one in items_on(back, day("2027-06-10"))] == ["seat", "fee"]


def test_an_item_that_starts_again_has_two_lives() -> None:
    first, second = lives_of(LIFE, LIFE.changes)["sit_fee"]
    assert (first.gone_on, second.steps) == (day("2027-06-10"), [(day("2027-06-20"), D(2))])


def test_what_names_no_item_is_refused() -> None:
    with pytest.raises(InvalidError, match="found 'sit_big'"):
        lives_of(LIFE, [QuantityChanged(day("2027-06-05"), 1, "sit_big", D(1))])
