"""A version of a regime follows the one before it, and rewrites nothing that has begun."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from solde.domain.errors import InvalidError
from solde.domain.tax import SHIPPED, Regime
from solde.domain.tax.rates import Rate
from solde.ports.records import first
from solde.storage.regimes import RegimeTable
from solde.workflows.define_regime import define_regime
from tests.support.model_table import ModelTable

FRANCE = SHIPPED["FR"].classes
TWENTY_ONE = Rate(date(2028, 1, 1), Decimal(21), "law of 2027")
RECORD = first(datetime(2027, 6, 1, tzinfo=UTC), {})


def defined(regimes: RegimeTable, code: str, version: int, classes) -> Regime:
    define_regime(Regime(code, version, classes), regimes, RECORD, today=date(2027, 6, 1))
    return regimes.regime(code)


def test_a_rate_to_come_is_added_to_what_is_shipped() -> None:
    classes = {**FRANCE, "standard": (*FRANCE["standard"], TWENTY_ONE)}
    found = defined(RegimeTable(ModelTable()), "FR", 1, classes)
    assert found.rates("standard")[-1] == TWENTY_ONE


def test_a_regime_of_ones_own_begins_at_one() -> None:
    regimes = RegimeTable(ModelTable())
    assert defined(regimes, "ES", 1, {"standard": (TWENTY_ONE,)}).version == 1
    with pytest.raises(InvalidError, match="version: expected 2, found 1"):
        defined(regimes, "ES", 1, {"standard": (TWENTY_ONE,)})
    with pytest.raises(InvalidError, match="version: expected 2, found 3"):
        defined(regimes, "ES", 3, {"standard": (TWENTY_ONE,)})


def test_what_has_begun_is_kept() -> None:
    regimes = RegimeTable(ModelTable())
    with pytest.raises(InvalidError, match=r"standard: expected 19\.6 % since 2000-04-01"):
        defined(regimes, "FR", 1, {**FRANCE, "standard": (TWENTY_ONE,)})
    assert regimes.regime("FR") is SHIPPED["FR"]
