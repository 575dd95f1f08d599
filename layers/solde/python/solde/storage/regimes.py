"""Tax regimes as stored: every version stays, the latest counts; shipped ones stand behind them."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from solde.domain.errors import NotFoundError, StateConflictError
from solde.domain.tax import SHIPPED, Regime
from solde.domain.tax.rates import STANDARD, Mode, Rate
from solde.domain.tax.shipped import NONE
from solde.ports.records import Record
from solde.storage import keys
from solde.storage.named import next_version
from solde.storage.reading import reading
from solde.storage.records import record_from_item, record_to_item
from solde.storage.table import ConditionFailedError, Item, Table

SCHEMA = 1
KIND = "tax_regime"


class RegimeTable:
    """Regimes by code; a stored one takes the place of one that is shipped."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def regime(self, code: str) -> Regime:
        return self.kept(code)[0]

    def kept(self, code: str) -> tuple[Regime, Record]:
        """Read a regime with its record; NotFoundError if there is none."""
        item = self._table.get(keys.version(KIND, code)) if code != NONE.code else None
        if item is not None:
            return regime_from_item(item), record_from_item(item)
        if code not in SHIPPED:
            raise NotFoundError(f"tax regime: expected a defined or shipped one, found {code!r}")
        return SHIPPED[code], Record(None, None, version=0)

    def put(self, regime: Regime, record: Record) -> None:
        """
        Store the next version; earlier ones stay beside it.

        Raises:
            StateConflictError: this version, or a later one, is there already.

        """
        body = regime_to_item(regime) | record_to_item(record)
        try:
            self._table.write(*next_version(KIND, regime.code, regime.version, body))
        except ConditionFailedError as failed:
            raise StateConflictError(
                f"tax regime {regime.code}: expected a version above {regime.version}",
                pointer="/version",
            ) from failed


def regime_to_item(regime: Regime) -> Item:
    classes = {name: [rate_to_item(one) for one in rates] for name, rates in regime.classes.items()}
    return {"schema": SCHEMA, "code": regime.code, "version": regime.version, "classes": classes}


def regime_from_item(item: Item) -> Regime:
    with reading(item):
        classes: Mapping[str, Any] = item["classes"]
        return Regime(
            code=item["code"],
            version=item["version"],
            classes={name: tuple(map(_rate, rates)) for name, rates in classes.items()},
        )


def rate_to_item(rate: Rate) -> Item:
    said = {
        "since": rate.since.isoformat(),
        "percent": f"{rate.percent.normalize():f}",
        "source": rate.source,
        "mode": rate.mode.value,
        "category": rate.category,
    }
    return said | ({"reason": rate.reason} if rate.reason else {})


def _rate(item: Item) -> Rate:
    return Rate(
        since=date.fromisoformat(item["since"]),
        percent=Decimal(item["percent"]),
        source=item["source"],
        mode=Mode(item.get("mode", Mode.BY_DAYS.value)),
        category=item.get("category", STANDARD),
        reason=item.get("reason", ""),
    )
