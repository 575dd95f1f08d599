"""What is shipped names its sources, and holds in France."""

from datetime import date
from decimal import Decimal

import pytest

from solde.domain.tax import SHIPPED


@pytest.mark.parametrize(
    ("tax_class", "on", "percent"),
    [
        ("standard", date(2013, 12, 31), "19.6"),
        ("standard", date(2014, 1, 1), "20"),
        ("intermediate", date(2014, 1, 1), "10"),
        ("reduced", date(2027, 1, 1), "5.5"),
    ],
)
def test_a_rate_of_france(tax_class: str, on: date, percent: str) -> None:
    rates = [one for one in SHIPPED["FR"].rates(tax_class) if one.since <= on]
    assert rates[-1].percent == Decimal(percent)


def test_every_rate_has_a_source_and_the_regime_is_nobodys_version() -> None:
    for regime in SHIPPED.values():
        assert regime.version == 0
        assert all("CGI" in rate.source for rates in regime.classes.values() for rate in rates)


SAID = {
    "standard": [
        ("2000-04-01", "19.6", "CGI 278 (loi 2000-656, art. 1)"),
        ("2014-01-01", "20", "CGI 278 (loi 2012-1510, art. 68)"),
    ],
    "intermediate": [
        ("2012-01-01", "7", "CGI 279 (loi 2011-1978, art. 13)"),
        ("2014-01-01", "10", "CGI 279 (loi 2012-1510, art. 68)"),
    ],
    "reduced": [("1982-07-01", "5.5", "CGI 278-0 bis")],
}


def test_every_row_of_france_with_its_law() -> None:
    found = {
        name: [(one.since.isoformat(), str(one.percent), one.source) for one in rates]
        for name, rates in SHIPPED["FR"].classes.items()
    }
    assert found == SAID


def test_without_vat_there_are_no_classes() -> None:
    assert (sorted(SHIPPED), SHIPPED["none"].code, SHIPPED["none"].classes) == (
        ["FR", "none"],
        "none",
        {},
    )
