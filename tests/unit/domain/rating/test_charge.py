"""A charge knows what it was before its discounts."""

from datetime import date
from decimal import Decimal

import pytest

from solde.domain.discounts import Reduction
from solde.domain.money import Money
from solde.domain.periods import Period
from solde.domain.pricing import Quantity
from solde.domain.pricing.flat import Flat
from solde.domain.rating.charge import Since, Stretch, own_count
from tests.unit.domain.invoicing.test_expression import charge


def test_the_gross_is_the_net_and_what_was_taken_off() -> None:
    plain = charge(Flat(Decimal(100)), 1, 85_00)
    assert plain.gross == Money(85_00, "EUR")
    ten = Reduction("g", "Ten", Decimal(10), 0, Money(10_00, "EUR"))
    five = Reduction("h", "Five", None, 0, Money(5_00, "EUR"))
    assert plain._replace(reductions=(ten, five)).gross == Money(100_00, "EUR")


JUNE = Period(date(2027, 6, 1), date(2027, 7, 1))


def to_date(units: int, events: int, since: tuple[int, int] | None = None) -> Stretch:
    begun = Since(Quantity(Decimal(since[0])), since[1]) if since else None
    return Stretch(JUNE, Quantity(Decimal(units)), events, begun)


OWN = [
    ([to_date(80, 3)], (80, 3)),
    ([to_date(80, 3), to_date(140, 5)], (140, 5)),  # counted on: the last tells all
    ([to_date(140, 5, since=(80, 3))], (60, 2)),
    ([to_date(80, 3), to_date(150, 9, since=(120, 7))], (110, 5)),  # 80 and 30; 3 and 2 events
]


@pytest.mark.parametrize(("stretches", "expected"), OWN)
def test_what_was_measured_on_the_days_themselves(stretches, expected) -> None:
    assert own_count(stretches) == expected
