"""What is asked for: lines, an amount, the whole; and what is refused."""

import pytest

from solde.domain.credit import LineLeft, LineWanted, Remains, by_amount, by_lines, whole
from solde.domain.errors import InvalidError

ONE, TWO, THREE = ("one",), ("two",), ("three",)
LEFT = Remains(
    "EUR",
    (
        LineLeft(1, ONE, "S/20", 30_00),
        LineLeft(2, TWO, "S/20", 60_00),
        LineLeft(3, THREE, "S/5.5", 44_99),
    ),
    {ONE: 30_00, TWO: 60_00, THREE: 44_99},
    {"S/20": 90_00, "S/5.5": 44_99},
)
NETTED = Remains(
    "EUR",
    (LineLeft(1, ONE, "S/20", 85_33), LineLeft(2, ONE, "S/20", 10_00)),
    {ONE: 95_33},
    {"S/20": 32_00},
)


def test_lines_give_what_is_asked_or_all_that_is_left() -> None:
    assert by_lines(LEFT, [LineWanted(2, 30_00), LineWanted(3)]) == {2: 30_00, 3: 44_99}


def test_an_amount_lies_on_rates_first_and_then_on_lines() -> None:
    """50.00 of 134.99: 50 × 90 / 134.99 = 33.335… and 16.664…; 33.34 as 1 to 2: 11.11, 22.23."""
    assert by_amount(LEFT, 50_00) == {1: 11_11, 2: 22_23, 3: 16_66}
    assert by_amount(LEFT, 134_99) == {1: 30_00, 2: 60_00, 3: 44_99}
    assert by_amount(LEFT, 1) == {2: 1}  # no line gives nothing


def test_no_line_gives_more_than_its_rate_has_left() -> None:
    assert whole(NETTED) == {1: 32_00}
    assert by_amount(NETTED, 10_00) == {1: 10_00}
    assert by_lines(NETTED, [LineWanted(2)]) == {2: 10_00}
    with pytest.raises(InvalidError, match="expected 1 to 2200, which is left of line 1"):
        by_lines(NETTED, [LineWanted(2), LineWanted(1, 22_01)])


@pytest.mark.parametrize(
    ("wanted", "pointer", "said"),
    [
        ([LineWanted(1, 30_01)], "/lines/0/amount", "expected 1 to 3000, .* found 3001, 1 too"),
        ([LineWanted(1, 0)], "/lines/0/amount", "expected 1 to 3000, .* found 0$"),
        ([LineWanted(1, 1), LineWanted(1)], "/lines/1/line", "each once, found line 1 twice"),
        ([LineWanted(4)], "/lines/0/line", "found 0 on line 4"),
    ],
)
def test_lines_that_cannot_give_it(wanted, pointer, said) -> None:
    with pytest.raises(InvalidError, match=said) as refused:
        by_lines(LEFT, wanted)
    assert refused.value.pointer == pointer


@pytest.mark.parametrize("minor", [0, -1, 134_99 + 1])
def test_an_amount_that_is_not_there(minor) -> None:
    with pytest.raises(InvalidError, match="expected 1 to 13499") as refused:
        by_amount(LEFT, minor)
    assert refused.value.pointer == "/amount"


def test_of_nothing_nothing_is_given() -> None:
    empty = Remains("EUR", (), {}, {})
    for ask in (whole, lambda left: by_amount(left, 1)):
        with pytest.raises(InvalidError) as refused:
            ask(empty)
        assert refused.value.pointer == "/invoice"
