"""A grant has days, and an end that comes later than it was made leaves what it covered."""

from datetime import date
from decimal import Decimal

import pytest

from solde.domain.discounts import Discount, Grant, Offer
from solde.domain.errors import InvalidError

TEN = Offer("Ten", Discount(percent=Decimal(10)))
MAY, JUNE, JULY = date(2027, 5, 1), date(2027, 6, 1), date(2027, 7, 1)


def test_the_earliest_end_counts() -> None:
    grant = Grant("g", TEN, JUNE)
    assert grant.ended(JULY).until_on == JULY
    assert grant.ended(JULY).ended(date(2027, 8, 1)).until_on == JULY
    assert grant.ended(MAY).until_on == JUNE  # it never covered anything


def test_an_end_before_the_start_is_refused() -> None:
    with pytest.raises(InvalidError, match="end_on: expected 2027-06-01 or later"):
        Grant("g", TEN, JUNE, until_on=MAY)
