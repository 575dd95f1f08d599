"""Tiers that leave no hole, and bounds that may grow with the period."""

from decimal import Decimal
from fractions import Fraction

import pytest

from solde.domain.errors import InvalidError
from solde.domain.pricing.graduated import Graduated
from solde.domain.pricing.stairstep import Stairstep
from solde.domain.pricing.tiers import FlatDue, Tier, checked, stretched
from solde.domain.pricing.volume import Volume

D = Decimal
BANDS = (Tier(D(100), D("1.00")), Tier(D(200), D("0.80")), Tier(None, D("0.50")))
ONE, OPEN = D(1), Tier(None, D(1))

WRONG = [
    ((), "/tiers", "expected the last tier to be open"),
    ((Tier(D(5), ONE),), "/tiers", "expected the last tier to be open"),
    ((OPEN, OPEN), "/tiers/0/up_to", "expected only the last tier to be open"),
    ((Tier(D(5), ONE), Tier(D(5), ONE), OPEN), "/tiers/1/up_to", "expected a bound above 5"),
    ((Tier(D(0), ONE), OPEN), "/tiers/0/up_to", "expected a bound above 0, found 0"),
    ((Tier(D(5), ONE), Tier(D(4), ONE), OPEN), "/tiers/1/up_to", "above 5, found 4"),
    ((Tier(None, D(-1)),), "/tiers/0", "expected amounts >= 0"),
    ((Tier(D(5), ONE), Tier(None, ONE, D(-1))), "/tiers/1", "expected amounts >= 0"),
]


@pytest.mark.parametrize(("tiers", "pointer", "said"), WRONG)
def test_tiers_that_overlap_or_leave_holes_are_refused_and_pointed_at(tiers, pointer, said) -> None:
    with pytest.raises(InvalidError, match=said) as refused:
        checked(tiers)
    assert refused.value.pointer == pointer


@pytest.mark.parametrize("model", [Graduated, Volume, Stairstep])
def test_every_model_with_tiers_checks_them(model) -> None:
    with pytest.raises(InvalidError, match="expected the last tier to be open"):
        model((Tier(D(5), D(0)),))


def test_good_tiers_come_back_as_they_are() -> None:
    assert checked(list(BANDS)) == BANDS


def test_an_allowance_may_grow_or_shrink_with_the_period() -> None:
    assert [one.up_to for one in stretched(BANDS, Fraction(3, 2))] == [D(150), D(300), None]
    half = stretched(BANDS, Fraction(1, 2))
    assert [(one.up_to, one.unit_amount) for one in half[:2]] == [(50, 1), (100, D("0.80"))]
    assert stretched(BANDS, Fraction(1, 3))[0].up_to == D("33.333333333333")


def test_what_is_free_is_no_mistake() -> None:
    free = (Tier(D("0.5"), D(0), D(0)), Tier(None, D("0.5")))
    assert checked(free) == free
    assert checked((Tier(None, D(0)),)) == (Tier(None, D(0), D(0)),)


@pytest.mark.parametrize(
    ("tiers", "pointer"),
    [
        ((Tier(D(5), D("-0.01")), OPEN), "/tiers/0"),
        ((Tier(D(5), ONE), Tier(D(6), ONE, D("-0.01")), OPEN), "/tiers/1"),
        ((Tier(D(5), ONE), Tier(None, ONE), Tier(D(9), ONE), OPEN), "/tiers/1/up_to"),
        ((Tier(D(5), ONE), Tier(D(6), ONE), Tier(D("5.5"), ONE), OPEN), "/tiers/2/up_to"),
        ((Tier(D("-1"), ONE), OPEN), "/tiers/0/up_to"),
    ],
)
def test_a_mistake_is_pointed_at_where_it_stands(tiers, pointer) -> None:
    with pytest.raises(InvalidError) as refused:
        checked(tiers)
    assert refused.value.pointer == pointer


def test_flat_amounts_are_due_by_these_words() -> None:
    assert [one.value for one in FlatDue] == ["entered", "reached"]
