"""How a document says its discounts: listed where it charges, in the price where it gives back."""

from decimal import Decimal
from fractions import Fraction

from solde.domain.discounts import Reduction
from solde.domain.invoicing.discounted import allowances_of, printed_net, said_of_line
from solde.domain.money import Money
from solde.domain.pricing.flat import Flat
from solde.domain.tax import Treatment
from tests.unit.domain.invoicing.test_expression import charge
from tests.unit.domain.rating.test_shared import line

D = Decimal


def ten(minor: int) -> Reduction:
    return Reduction("ten", "Ten", D(10), 1, Money(minor, "EUR"))


def test_a_charge_is_said_before_its_share_and_a_correction_after() -> None:
    new = charge(Flat(D(100)), 1, 100_00)._replace(shares=(ten(10_00),))
    shown = {"id": "ten", "name": "Ten", "rank": 1, "percent": "10"}
    assert printed_net(new).minor == 100_00
    assert said_of_line(new, 1) == {"allowances": [shown | {"amount": 10_00}], "base": 90_00}
    back = charge(Flat(D(100)), -1, -50_00)._replace(shares=(ten(-5_00),), corrects=line(1))
    assert printed_net(back).minor == -45_00
    assert said_of_line(back, -1) == {"allowances": [shown | {"amount": 5_00}]}


def test_a_charge_lists_its_own_discounts_and_a_correction_has_them_in_its_price() -> None:
    new = charge(Flat(D(100)), 1, 90_00)._replace(reductions=(ten(10_00),), exact=Fraction(100))
    shown = {"id": "ten", "name": "Ten", "rank": 1, "percent": "10"}
    assert said_of_line(new, 1) == {"discounts": [shown | {"amount": 10_00}], "gross": 100_00}
    back = new._replace(net=Money(-45_00, "EUR"), reductions=(ten(-5_00),), exact=Fraction(-50))
    assert said_of_line(back, -1) == {"discounts": [shown | {"amount": 5_00}]}
    assert said_of_line(charge(Flat(D(100)), 1, 100_00), 1) == {}


def test_the_document_sums_by_discount_and_rate() -> None:
    new = charge(Flat(D(100)), 1, 100_00)._replace(shares=(ten(10_00),))
    other = new._replace(treatment=Treatment("S", D("5.50")))
    back = new._replace(net=Money(-50_00, "EUR"), corrects=line(1))
    found = allowances_of([new, other, new, back])
    assert [(one["tax"]["rate"], one["amount"]) for one in found] == [("20", 20_00), ("5.5", 10_00)]
    assert allowances_of([charge(Flat(D(100)), 1, 100_00)]) == []
    assert found[0] == {
        "id": "ten",
        "name": "Ten",
        "rank": 1,
        "percent": "10",
        "tax": {"category": "S", "rate": "20"},
        "amount": 20_00,
    }
