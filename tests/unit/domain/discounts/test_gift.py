"""A gift: on which days it is there, for what, and what is left of it in which order."""

from datetime import date

import pytest

from solde.domain.discounts import Gift, Left, left_of
from solde.domain.money import Money

DAY = date(2027, 6, 1)


def gift(name: str = "g", minor: int = 50_00, **more) -> Gift:
    return Gift(name, "wal", "Welcome", Money(minor, "EUR"), more.pop("on", DAY), **more)


@pytest.mark.parametrize(
    ("more", "there"),
    [
        ({}, True),
        ({"on": date(2027, 6, 11)}, False),
        ({"on": date(2027, 6, 10)}, True),
        ({"until_on": date(2027, 6, 11)}, True),
        ({"until_on": date(2027, 6, 10)}, False),
        ({"ended_on": date(2027, 6, 11)}, True),
        ({"ended_on": date(2027, 6, 10)}, False),
        ({"until_on": date(2027, 6, 11), "ended_on": date(2027, 6, 10)}, False),
        ({"until_on": date(2027, 6, 10), "ended_on": date(2027, 6, 11)}, False),
    ],
)
def test_it_is_there_from_its_day_until_it_ends(more, there) -> None:
    assert gift(**more).there(date(2027, 6, 10)) is there


@pytest.mark.parametrize(
    ("kinds", "products", "good"),
    [
        ((), (), True),
        (("usage", "advance"), (), True),
        (("advance",), (), False),
        ((), ("calls",), True),
        ((), ("seats",), False),
        (("usage",), ("seats",), False),
        (("advance",), ("calls",), False),
        (("usage",), ("calls",), True),
    ],
)
def test_all_that_it_says_must_fit(kinds, products, good) -> None:
    one = gift(kinds=frozenset(kinds), products=frozenset(products))
    assert one.good_for("usage", "calls") is good


def test_by_rank_then_first_to_end_then_oldest_then_by_name() -> None:
    older = date(2027, 5, 1)
    gifts = [
        gift("e"),
        gift("d", on=older),
        gift("c", until_on=date(2028, 1, 1)),
        gift("b", until_on=date(2027, 9, 1)),
        gift("a", rank=49),
        gift("f"),
        gift("x", rank=1, until_on=DAY),  # over
    ]
    assert [one.gift.id for one in left_of(gifts, (), DAY)] == ["a", "b", "c", "d", "e", "f"]


def test_what_documents_took_is_not_there_any_more() -> None:
    """50.00 less 30.00 and 15.00: 5.00; of the other 50.00 all are taken; 0.01 is left of c."""
    gifts = [gift("a"), gift("b"), gift("c", 1)]
    taken = [{"a": 30_00, "b": 20_00}, {}, {"a": 15_00, "b": 30_00}]
    assert left_of(gifts, iter(taken), DAY) == (Left(gifts[0], 5_00), Left(gifts[2], 1))


def test_a_gift_says_only_what_it_was_told() -> None:
    """For ever, rank 50, good for everything, not withdrawn, without reference."""
    nothing: frozenset[str] = frozenset()
    plain = Gift("g", "wal", "Welcome", Money(50_00, "EUR"), DAY)
    assert plain == Gift(
        "g", "wal", "Welcome", Money(50_00, "EUR"), DAY, None, 50, nothing, nothing, None, ""
    )
