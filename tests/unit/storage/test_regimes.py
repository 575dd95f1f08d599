"""Regimes: each version stays, the latest counts, and one of the seller's own comes before ours."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from solde.domain.errors import NotFoundError, StateConflictError
from solde.domain.tax import SHIPPED, Regime
from solde.domain.tax.rates import Mode, Rate
from solde.ports.records import Record
from solde.storage import keys
from solde.storage.regimes import RegimeTable, regime_from_item, regime_to_item
from tests.support.model_table import ModelTable, _copied

D = Decimal
RATES = (
    Rate(date(2020, 1, 1), D("19.60"), "law of 2019"),
    Rate(date(2028, 1, 1), D(0), "law", Mode.AT_PERIOD_END, "E", "VATEX-EU-132-1I"),
)
NOW = datetime(2027, 1, 1, tzinfo=UTC)


def regime(version: int = 1) -> Regime:
    return Regime("FR", version, {"standard": RATES})


def record(version: int) -> Record:
    return Record(NOW, NOW, version, {"law": "PLF"})


def test_a_regime_comes_back_with_every_field_of_its_rates() -> None:
    found = regime_from_item(_copied(regime_to_item(regime())))
    assert (found.code, found.version, found.classes) == ("FR", 1, {"standard": RATES})


def test_the_latest_counts_and_the_others_stay() -> None:
    table = ModelTable()
    regimes = RegimeTable(table)
    assert regimes.regime("FR") is SHIPPED["FR"]
    assert regimes.kept("FR")[1].version == 0
    for version in (1, 2):
        regimes.put(regime(version), record(version))
    found, kept = regimes.kept("FR")
    assert (found.version, kept) == (2, record(2))
    first = table.get(keys.version("tax_regime", "FR", 1))
    assert first is not None
    assert regime_from_item(first).version == 1


@pytest.mark.parametrize("version", [1, 2])
def test_a_version_that_is_there_is_not_written_again(version: int) -> None:
    regimes = RegimeTable(ModelTable())
    for number in (1, 2):
        regimes.put(regime(number), record(number))
    with pytest.raises(StateConflictError, match=f"expected a version above {version}"):
        regimes.put(regime(version), record(version))


def test_one_that_nobody_defined_is_not_there() -> None:
    with pytest.raises(NotFoundError, match="expected a defined or shipped one, found 'XX'"):
        RegimeTable(ModelTable()).regime("XX")
