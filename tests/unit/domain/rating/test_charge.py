"""A charge knows what it was before its discounts."""

from decimal import Decimal

from solde.domain.discounts import Reduction
from solde.domain.money import Money
from solde.domain.pricing.flat import Flat
from tests.unit.domain.invoicing.test_expression import charge


def test_the_gross_is_the_net_and_what_was_taken_off() -> None:
    plain = charge(Flat(Decimal(100)), 1, 85_00)
    assert plain.gross == Money(85_00, "EUR")
    ten = Reduction("g", "Ten", Decimal(10), 0, Money(10_00, "EUR"))
    five = Reduction("h", "Five", None, 0, Money(5_00, "EUR"))
    assert plain._replace(reductions=(ten, five)).gross == Money(100_00, "EUR")
