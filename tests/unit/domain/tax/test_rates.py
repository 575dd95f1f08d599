"""Dated rates: one part for each rate in a span of days."""

from datetime import date
from decimal import Decimal

import pytest

from solde.domain.errors import InvalidError
from solde.domain.periods import Period
from solde.domain.tax import Treatment, treatments

D = Decimal


def days(start: str, end: str) -> Period:
    return Period(date.fromisoformat(start), date.fromisoformat(end))


def test_a_change_of_rate_splits_by_days() -> None:
    found = treatments("FR", "standard", days("2013-12-15", "2014-01-15"))
    assert [(part.days, how.category, how.percent) for part, how in found] == [
        (17, "S", D("19.6")),
        (14, "S", D(20)),
    ]


def test_a_rate_holds_from_its_first_day() -> None:
    ((part, how),) = treatments("FR", "intermediate", days("2014-01-01", "2014-02-01"))
    assert (part.days, how) == (31, Treatment("S", D(10), "intermediate"))


def test_outside_the_scope_of_vat() -> None:
    ((_, how),) = treatments("none", "anything", days("2027-01-01", "2027-02-01"))
    assert how == Treatment("O", D(0), "anything")


def test_what_no_rate_covers_is_refused() -> None:
    with pytest.raises(InvalidError, match="expected one of regime FR, found 'magic'"):
        treatments("FR", "magic", days("2027-01-01", "2027-02-01"))
    with pytest.raises(InvalidError, match="expected days from 2000-04-01 on, found 1999-01-01"):
        treatments("FR", "standard", days("1999-01-01", "1999-02-01"))
