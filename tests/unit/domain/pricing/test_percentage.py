"""A share of each transaction: fixed part, free allowance, floor and ceiling."""

from decimal import Decimal
from fractions import Fraction

import pytest

from solde.domain.errors import InvalidError
from solde.domain.pricing import Quantity, exact_amount
from solde.domain.pricing.percentage import Percentage

D = Decimal


def used(*amounts: str) -> Quantity:
    rows = tuple((D(one),) for one in amounts)
    return Quantity(sum((one for (one,) in rows), D(0)), values=rows, count=len(rows))


@pytest.mark.parametrize(
    ("price", "amounts", "expected"),
    [
        # 2.9 % of 180.00 = 5.22, and 3 × 0.30
        (Percentage(D("2.9"), D("0.30")), ("100", "50", "30"), "6.12"),
        # two events free: 2.9 % of 30.00 = 0.87, and 1 × 0.30
        (Percentage(D("2.9"), D("0.30"), free_events=2), ("100", "50", "30"), "1.17"),
        # 120.00 free: 30.00 of the second and 30.00 of the third, 2 × 0.30
        (Percentage(D("2.9"), D("0.30"), free_amount=D(120)), ("100", "50", "30"), "2.34"),
        # two events or 120.00, whichever ends first: the amount, in the second event
        (Percentage(D("2.9"), D(0), 2, D(120)), ("100", "50", "30"), "1.74"),
        # one event or 500.00: the event
        (Percentage(D("2.9"), D(0), 1, D(500)), ("100", "50", "30"), "2.32"),
        # 1 %: 0.10, 1.00 and 10.00 held between 0.50 and 5.00
        (Percentage(D(1), minimum=D("0.50"), maximum=D(5)), ("10", "100", "1000"), "6.50"),
        # wholly free events pay neither floor nor fixed part
        (Percentage(D(1), D(1), free_events=3, minimum=D(5)), ("10", "100", "1000"), "0"),
        (Percentage(D(1), D(1)), (), "0"),
    ],
)
def test_what_transactions_cost(price, amounts, expected) -> None:
    assert exact_amount(price, used(*amounts)) == Fraction(expected)


def test_sum_and_number_are_enough_where_no_event_is_looked_at() -> None:
    quantity = Quantity(D(180), count=3)
    assert exact_amount(Percentage(D("2.9"), D("0.30")), quantity) == Fraction("6.12")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"percent": D(101)}, "percent: expected 0 to 100, found 101"),
        ({"percent": D(1), "fixed_amount": D(-1)}, "fixed_amount: expected >= 0, found -1"),
        ({"percent": D(1), "free_events": -1}, "free_events: expected >= 0, found -1"),
        (
            {"percent": D(1), "minimum": D(5), "maximum": D(4)},
            "maximum: expected at least 5, found 4",
        ),
    ],
)
def test_a_share_that_makes_no_sense_is_refused(wrong, said) -> None:
    with pytest.raises(InvalidError, match=said):
        Percentage(**wrong)
