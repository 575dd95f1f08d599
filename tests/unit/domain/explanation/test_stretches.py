"""The parts of an exact amount as a tree says them: days, share, rows, what was measured."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

import pytest

from solde.domain.catalog import ChargeKind, Price
from solde.domain.explanation.stretches import by_day, units, walked
from solde.domain.periods import Period
from solde.domain.pricing import Step
from solde.domain.pricing.per_unit import PerUnit
from solde.domain.pricing.quantity import computed, step
from solde.domain.proration import Proration

D = Decimal
JUNE = Period(date(2013, 6, 1), date(2013, 7, 1))
LATER = Period(date(2013, 6, 15), date(2013, 7, 1))


class Part(NamedTuple):
    exact: Fraction
    steps: tuple[Step, ...]
    units: Decimal = D(3)
    service: Period = JUNE
    events: int = 0


def price(kind: ChargeKind, policy: Proration = Proration.DAY) -> Price:
    return Price("p", 1, "s", "EUR", kind, PerUnit(D(1)), meter="m", proration=policy)


@pytest.mark.parametrize(
    ("kind", "policy", "service", "share"),
    [
        (ChargeKind.ADVANCE, Proration.DAY, LATER, "8/15"),  # 16 of 30 days
        (ChargeKind.ADVANCE, Proration.FULL_PERIOD, LATER, "1"),
        (ChargeKind.ARREARS, Proration.HALF_MONTH, Period(date(2013, 6, 20), JUNE.end_on), "1/2"),
        (ChargeKind.ADVANCE, Proration.DAY, JUNE, None),  # the whole period
        (ChargeKind.USAGE, Proration.DAY, LATER, None),  # usage is never prorated
    ],
)
def test_the_share_of_a_period_is_said_where_there_is_one(kind, policy, service, share) -> None:
    said = by_day(service, price(kind, policy), JUNE)
    assert said.get("share") == share
    assert said["start_on"] == service.start_on.isoformat()


def test_rows_are_quantity_and_amount_and_an_outcome_that_is_no_product() -> None:
    rows = (step(D(3), D("9.99")), computed(D(2), Fraction(1, 3), "formula"))
    assert walked(Part(Fraction(1), rows)) == {"rows": [["3", "9.99"], ["2", "1", "1/3"]]}


def test_an_amount_without_rows_is_not_passed_over() -> None:
    assert walked(Part(Fraction(5), ())) == {"how": "unexplained"}
    assert walked(Part(Fraction(0), ())) == {"rows": []}


def test_units_are_text() -> None:
    assert units(Part(Fraction(0), ())) == {"units": "3"}
