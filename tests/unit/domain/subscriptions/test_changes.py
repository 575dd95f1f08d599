"""Facts of a subscription: a quantity is a number from 0 up, wherever it is said."""

from datetime import date
from decimal import Decimal

import pytest

from solde.domain.errors import InvalidError
from solde.domain.subscriptions.changes import (
    Item,
    Paused,
    QuantityChanged,
    Resumed,
    Withdrawn,
    in_order,
    standing,
)

DAY = date(2027, 6, 1)


@pytest.mark.parametrize("quantity", ["0", "1", "0.5", "1000000"])
def test_from_nothing_up(quantity) -> None:
    assert Item("sit_1", "c", "p", Decimal(quantity)).quantity == Decimal(quantity)
    assert QuantityChanged(DAY, 1, "sit_1", Decimal(quantity)).quantity == Decimal(quantity)


@pytest.mark.parametrize("quantity", ["-1", "-0.0001", "NaN", "Infinity", "-Infinity"])
def test_what_is_no_quantity_is_refused(quantity) -> None:
    with pytest.raises(InvalidError, match=f"quantity: expected 0 or more, found {quantity}"):
        Item("sit_1", "c", "p", Decimal(quantity))
    with pytest.raises(InvalidError, match=f"quantity: expected 0 or more, found {quantity}"):
        QuantityChanged(DAY, 1, "sit_1", Decimal(quantity))


def test_what_is_withdrawn_counts_no_more_and_its_withdrawal_never_does() -> None:
    paused, resumed = Paused(DAY, 1), Resumed(date(2027, 6, 9), 2)
    assert standing((paused, resumed)) == (paused, resumed)
    assert list(standing((paused, resumed, Withdrawn(DAY, 3, 1)))) == [resumed]


def test_the_order_is_that_of_the_days_and_then_of_the_numbers() -> None:
    first, second, third = Paused(DAY, 9), Paused(date(2027, 6, 9), 1), Resumed(DAY, 10)
    assert in_order((third, second, first)) == [first, third, second]
