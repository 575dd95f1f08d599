"""Corrections bear their share of what was taken off the document that billed them."""

from decimal import Decimal
from fractions import Fraction

import pytest

from solde.domain.discounts import Reduction
from solde.domain.money import Money
from solde.domain.pricing.flat import Flat
from solde.domain.rating import BilledLine
from solde.domain.rating.shared import shared
from tests.unit.domain.invoicing.test_expression import charge

TEN = Reduction("ten", "Ten", Decimal(10), 0, Money(0, "EUR"))
FIVE = Reduction("five", "Five", None, 0, Money(0, "EUR"))


def line(net: int, *shares: tuple[Reduction, int]) -> BilledLine:
    like = charge(Flat(Decimal(100)), 1, net)
    return BilledLine(
        key=like.key,
        subscription_id="sub",
        service=like.service,
        units=Decimal(1),
        exact=Fraction(net, 100),
        net=like.net,
        treatment=like.treatment,
        inputs="",
        invoice_id="inv_1",
        number="E-1",
        issued_on=like.service.start_on,
        shares=tuple(one._replace(amount=Money(minor, "EUR")) for one, minor in shares),
    )


def correction(net: int):
    return charge(Flat(Decimal(100)), 1, net)._replace(corrects=line(1))


@pytest.mark.parametrize(
    ("lines", "corrections", "expected"),
    [
        # 100.00 less 10.00: what is given back has its tenth, and all of it is gone at the end
        ([line(100_00, (TEN, 10_00))], [-33_33, -33_33, -33_34], [[-3_33], [-3_34], [-3_33]]),
        # what is charged later of a covered period is covered too
        ([line(100_00, (TEN, 10_00))], [20_00], [[2_00]]),
        # an amount is never more than it was
        ([line(100_00, (FIVE, 5_00))], [20_00, -60_00], [[], [-2_00]]),
        ([line(100_00, (TEN, 10_00), (FIVE, 5_00))], [-100_00], [[-10_00, -5_00]]),
        # given back by half before: half of each is left
        (
            [line(100_00, (TEN, 10_00), (FIVE, 5_00)), line(-50_00, (TEN, -5_00), (FIVE, -2_50))],
            [-50_00],
            [[-5_00, -2_50]],
        ),
        # given back whole, and served again after all
        ([line(100_00, (TEN, 10_00)), line(-100_00, (TEN, -10_00))], [100_00], [[10_00]]),
        # below nothing there is nothing to share
        ([line(100_00, (TEN, 10_00))], [-120_00], [[-10_00]]),
    ],
)
def test_shares_of_corrections(lines, corrections, expected) -> None:
    found = shared([correction(net) for net in corrections], lines)
    assert [[one.amount.minor for one in each.shares] for each in found] == expected


def test_what_is_new_gets_its_share_with_its_document() -> None:
    new = charge(Flat(Decimal(100)), 1, 50_00)
    (found,) = shared([new], [line(100_00, (TEN, 10_00))])
    assert found.shares == ()
