"""Define: the next version of a pricing unit, which keeps the values that it had."""

from datetime import date
from typing import Protocol

from solde.domain.errors import InvalidError, NotFoundError, StateConflictError
from solde.domain.pricing.unit import PricingUnit
from solde.ports.records import Record
from solde.workflows.define import Thing
from solde.workflows.publish_price import LEAD


class Units(Protocol):
    def get(self, kind: str, identity: str) -> Thing: ...

    def put(self, thing: Thing, record: Record) -> None: ...

    def publish(self, thing: PricingUnit, record: Record) -> None: ...


def define_unit(unit: PricingUnit, units: Units, record: Record, *, today: date) -> None:
    """
    Store a unit, or its next version; the same again is harmless.

    Raises:
        StateConflictError: it is not the version that follows.
        InvalidError: a value that there was is missing or another, or a further value of a currency
            begins before another, or too soon for what may be billed.

    """
    try:
        before = units.get("pricing_unit", unit.code)
    except NotFoundError:
        before = None
    if before == unit:
        return
    version = before.version if isinstance(before, PricingUnit) else 0
    if unit.version != version + 1:
        raise StateConflictError(f"version: expected {version + 1}, found {unit.version}")
    if not isinstance(before, PricingUnit):
        units.put(unit, record)
        return
    _keeps(unit, before, today)
    units.publish(unit, record)


def _keeps(unit: PricingUnit, before: PricingUnit, today: date) -> None:
    if unit.values[: len(before.values)] != before.values:
        told = [f"{one.amount} {one.currency} from {one.from_on}" for one in before.values]
        raise InvalidError(
            f"values: expected first all that there were, {told}, and then others",
            pointer="/values",
        )
    for place, one in enumerate(unit.values[len(before.values) :], len(before.values)):
        if one.currency in before.currencies and one.from_on < today + LEAD:
            raise InvalidError(
                f"from_on: expected {today + LEAD} or later, found {one.from_on}",
                pointer=f"/values/{place}/from_on",
            )
