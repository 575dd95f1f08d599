"""A share of each transaction: fixed part, free allowance, floor and ceiling."""

from decimal import Decimal
from fractions import Fraction

import pytest

from solde.domain.errors import InvalidError
from solde.domain.pricing import Quantity, exact_amount, price_quantity
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


def test_an_event_at_its_bound_is_neither_raised_nor_cut() -> None:
    price = Percentage(D(10), minimum=D(1), maximum=D(5))
    for amount, expected in (("10", 1), ("50", 5), ("9.99", 1), ("50.01", 5), ("30", 3)):
        assert exact_amount(price, used(amount)) == expected


def test_an_allowance_of_exactly_the_amount_leaves_nothing_and_the_next_pays() -> None:
    price = Percentage(D(1), D("0.30"), free_amount=D(100))
    assert exact_amount(price, used("100")) == 0
    assert exact_amount(price, used("100", "50")) == Fraction("0.80")  # 0.50 and 0.30
    assert exact_amount(price, used("0", "100", "1")) == Fraction("0.31")


def test_nothing_is_free_after_the_allowance_has_ended() -> None:
    price = Percentage(D(1), free_events=1, free_amount=D(500))
    assert exact_amount(price, used("100", "50", "0", "30")) == Fraction("0.8")


def test_what_is_taken_back_is_the_mirror_image() -> None:
    price = Percentage(D("2.9"), D("0.30"))
    rows = ((D(-100),), (D(-50),))
    assert exact_amount(price, Quantity(D(-150), values=rows, count=2)) == Fraction("-4.95")
    # half a cent of turnover is turnover: 2.9 % of 0.5 and one fixed part
    assert exact_amount(price, Quantity(D("0.5"), count=1)) == Fraction("0.3145")


def test_the_walk_has_a_row_for_each_part_that_there_is() -> None:
    price = Percentage(D(1), D("0.30"), minimum=D(5))
    found = price_quantity(price, used("100")).steps
    # 1.00 and 0.30, and 3.70 up to the least amount of 5.00
    assert [(one.label, one.exact) for one in found] == [
        ("percent", 1),
        ("fixed", Fraction("0.3")),
        ("bounds", Fraction("3.7")),
    ]
    plain = price_quantity(Percentage(D(1)), used("100")).steps
    assert [one.label for one in plain] == ["percent"]


@pytest.mark.parametrize("name", ["free_events", "free_amount", "minimum", "maximum"])
def test_any_allowance_or_bound_looks_at_single_events(name: str) -> None:
    assert Percentage(D(1), **{name: 0}).by_event
    assert not Percentage(D(1), D(1)).by_event


@pytest.mark.parametrize(
    "good",
    [
        {"percent": D(0)},
        {"percent": D(100)},
        {"percent": D("0.5"), "fixed_amount": D(0), "free_events": 0, "free_amount": D(0)},
        {"percent": D(1), "minimum": D(5), "maximum": D(5)},
        {"percent": D(1), "maximum": D(0)},
    ],
)
def test_bounds_of_what_makes_sense_are_inside(good) -> None:
    assert Percentage(**good).percent == good["percent"]


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"percent": D("-0.01")}, "/percent"),
        ({"percent": D("100.01")}, "/percent"),
        ({"percent": D(1), "free_amount": D("-0.01")}, "/free_amount"),
        ({"percent": D(1), "minimum": D("-0.01")}, "/minimum"),
        ({"percent": D(1), "maximum": D("-0.01")}, "/maximum"),
        ({"percent": D(1), "minimum": D(5), "maximum": D("4.99")}, "/maximum"),
    ],
)
def test_what_makes_no_sense_is_pointed_at(wrong, pointer) -> None:
    with pytest.raises(InvalidError) as refused:
        Percentage(**wrong)
    assert refused.value.pointer == pointer
