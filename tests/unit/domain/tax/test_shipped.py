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
