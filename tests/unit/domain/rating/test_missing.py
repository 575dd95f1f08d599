"""What is missing to a commitment is one piece, given back from the lines that charged it."""

from decimal import Decimal
from fractions import Fraction

from solde.domain.catalog import ChargeKind
from solde.domain.periods import Period
from solde.domain.pricing import Quantity
from solde.domain.pricing.flat import Flat
from solde.domain.rating import Proposal, Stretch
from solde.domain.rating.missing import missing_differences
from solde.domain.tax.shipped import NONE
from tests.support.story import day
from tests.unit.domain.invoicing.test_expression import charge
from tests.unit.domain.rating.test_shared import line

JUNE = Period(day("2027-06-01"), day("2027-07-01"))


def proposal(missing: str) -> Proposal:
    like = charge(Flat(Decimal(300)), 1, 0, kind=ChargeKind.COMMITMENT.value)
    stretches = (Stretch(JUNE, Quantity(Decimal(missing))),)
    return Proposal(
        key=like.key,
        subscription=like.subscription,
        item=like.item,
        price=like.price,
        product=like.product,
        due_on=JUNE.end_on,
        stretches=stretches,
        inputs="",
    )


def said(missing: str, *lines) -> list[tuple[Fraction, Decimal]]:
    found = missing_differences(proposal(missing), lines, NONE)
    return [(one.exact, one.units) for one in found]


def test_what_is_missing_is_charged_once_and_given_back() -> None:
    assert said("60") == [(Fraction(60), Decimal(1))]
    assert said("0") == []
    assert said("60", line(60_00)) == []
    assert said("20", line(60_00)) == [(Fraction(-40), Decimal(0))]
    assert said("0", line(60_00)) == [(Fraction(-60), Decimal(-1))]
