"""Invoice plans: parts that sum to their order, and the lines that become of them."""

import itertools
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solde.domain.catalog import Product
from solde.domain.errors import InvalidError
from solde.domain.invoice_plans import InvoicePlan, Milestone, Part, equal_parts, milestones
from solde.domain.money import Leftover, Money
from solde.domain.periods import Period, Unit

D = Decimal
SITE = Product("site", "Web site", "standard", "706", "C62")


@pytest.mark.parametrize(
    ("total", "percents", "amounts"),
    [
        (10_000_00, ("30", "40", "30"), (3_000_00, 4_000_00, 3_000_00)),
        # 100.00 in thirds: 33.33 each and a cent for the largest remainder, the third's 33.34 %
        (100_00, ("33.33", "33.33", "33.34"), (33_33, 33_33, 33_34)),
        # 0.10 by 33.33, 33.33, 33.34 %: 3.333, 3.333 and 3.334 cents
        (10, ("33.33", "33.33", "33.34"), (3, 3, 4)),
        (99_99, ("50", "50"), (50_00, 49_99)),
    ],
)
def test_percents_are_split_without_loss(
    total: int, percents: tuple[str, ...], amounts: tuple[int, ...]
) -> None:
    found = milestones(Money(total, "EUR"), [Part(one, percent=D(one)) for one in percents])
    assert tuple(one.minor for one in found) == amounts


@pytest.mark.parametrize(
    ("leftover", "amounts"),
    [
        (Leftover.FIRST, [8_37, *[8_33] * 11]),  # 11 x 8.33 = 91.63
        (Leftover.LAST, [*[8_33] * 11, 8_37]),
        (Leftover.SPREAD, [*[8_34] * 4, *[8_33] * 8]),
    ],
)
def test_equal_parts_come_month_by_month(leftover: Leftover, amounts: list[int]) -> None:
    """100.00 in twelve parts from 31 January on."""
    found = equal_parts(
        Money(100_00, "EUR"), date(2027, 1, 31), count=12, unit=Unit.MONTH, leftover=leftover
    )
    assert [one.minor for one in found] == amounts
    assert [one.due_on for one in found[:3]] == [
        date(2027, 1, 31),
        date(2027, 2, 28),
        date(2027, 3, 31),
    ]
    assert (found[0].name, found[11].name) == ("1/12", "12/12")


def test_parts_of_nothing_are_refused() -> None:
    with pytest.raises(InvalidError, match="count: expected at most 3 parts, found 4"):
        equal_parts(
            Money(3, "EUR"),
            date(2027, 1, 1),
            count=4,
            unit=Unit.MONTH,
            leftover=Leftover.FIRST,
        )


def test_amounts_stand_as_they_are_named() -> None:
    on = date(2027, 3, 1)
    parts = [Part("start", on, minor=400_00), Part("end", minor=600_00)]
    assert milestones(Money(1_000_00, "EUR"), parts) == (
        Milestone("start", 400_00, on),
        Milestone("end", 600_00, None),
    )


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        (
            [Part("a", percent=D("30")), Part("b", percent=D("69.5"))],
            "expected percents that sum to 100, found 99.5, a difference of -0.5",
        ),
        (
            [Part("a", minor=600), Part("b", minor=401)],
            "expected amounts in minor units that sum to 1000, found 1001, a difference of 1",
        ),
        (
            [Part("a", percent=D("50")), Part("b", minor=500)],
            "found 1 percents and 1 amounts",
        ),
        ([Part("a")], "found 0 percents and 0 amounts"),
        (
            [Part("a", percent=D("99.99")), Part("b", percent=D("0.01"))],
            "milestone: expected more than 0, found 0",
        ),
        ([Part("a", minor=1_001), Part("b", minor=-1)], "expected more than 0, found -1"),
    ],
)
def test_parts_that_are_not_the_order_are_refused(parts: list[Part], said: str) -> None:
    with pytest.raises(InvalidError, match=said):
        milestones(Money(10_00, "EUR"), parts)


@given(
    total=st.integers(1_000, 10**10),
    cuts=st.lists(st.integers(1, 9_999), unique=True, max_size=8).map(sorted),
)
def test_whatever_the_cut_the_parts_sum_to_the_price(total: int, cuts: list[int]) -> None:
    bounds = [0, *cuts, 10_000]
    percents = [D(after - before).scaleb(-2) for before, after in itertools.pairwise(bounds)]
    parts = [Part(str(place), percent=one) for place, one in enumerate(percents)]
    try:
        found = milestones(Money(total, "JPY"), parts)
    except InvalidError as refused:
        assert "expected more than 0, found 0" in str(refused)  # noqa: PT017 - a part of nothing
        return
    assert sum(one.minor for one in found) == total


def test_a_milestone_becomes_a_line_by_hand() -> None:
    on = date(2027, 3, 1)
    plan = InvoicePlan(
        "pln_1",
        "cus_1",
        "fr",
        SITE,
        "EUR",
        "Web site",
        (Milestone("order", 300_00, on), Milestone("delivery", 700_00, None)),
    )
    (line,) = plan.dated()
    assert (line.quantity, line.unit_amount, line.description) == (
        1,
        D("300.00"),
        "Web site - order",
    )
    assert (line.service, line.due_on) == (Period(on, date(2027, 3, 2)), on)
    later = plan.line(2, date(2027, 4, 9))
    assert (later.unit_amount, later.due_on) == (D("700.00"), date(2027, 4, 9))
    assert later.id == plan.line(2, date(2027, 5, 1)).id != line.id
    assert plan.total == Money(1_000_00, "EUR")
