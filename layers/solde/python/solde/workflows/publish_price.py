"""Publish: the next version of a price, and what it would do to a subscription."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Protocol

from solde.domain.catalog import Applies, Catalog, ChargeKind, Plan, Price
from solde.domain.errors import InvalidError, StateConflictError
from solde.domain.pricing import PriceModel
from solde.domain.pricing.in_currency import InCurrency
from solde.domain.pricing.ramp import RampStep
from solde.domain.proration import Proration
from solde.domain.tax import Exchange
from solde.ports.catalogs import Catalogs
from solde.ports.records import Record
from solde.workflows.define import Definitions, fitting

LEAD = timedelta(days=2)
"""How far ahead a version is published, so that no run, in no zone, has billed its first day."""


class Published(Definitions, Protocol):
    def publish(self, price: Price, record: Record) -> None: ...


@dataclass(frozen=True, slots=True)
class Version:
    """A version as it is wished for; what it does not say stays as it was."""

    price_id: str
    number: int
    from_on: date
    applies: Applies
    model: PriceModel
    proration: Proration | None = None
    mid_period: bool = False
    free_units: Decimal | None = None
    ramp: tuple[RampStep, ...] = ()
    """Of the version alone: it has the steps that it says."""
    others: tuple[InCurrency, ...] = ()
    """All that it says in other currencies, of which none may be left out."""


def publish_price(version: Version, today: date, definitions: Published, record: Record) -> Price:
    """
    Store the version after the latest; the same again is harmless, also later.

    Raises:
        NotFoundError: no such price.
        StateConflictError: another version is the next.
        InvalidError: it begins too soon or before its predecessor, or makes no sense.

    """
    price = next_version(version, today, definitions)
    definitions.publish(price, record)
    return price


def next_version(version: Version, today: date, definitions: Definitions) -> Price:
    """Return the version that a wish leads to; nothing is written."""
    latest = definitions.price(version.price_id)
    price = replace(
        latest,
        version=version.number,
        from_on=version.from_on,
        applies=version.applies,
        model=version.model,
        ramp=version.ramp,
        others=version.others,
        proration=version.proration or latest.proration,
        mid_period=version.mid_period,
        free_units=latest.free_units if version.free_units is None else version.free_units,
    )
    if price == latest:
        return price
    if version.number != latest.version + 1:
        raise StateConflictError(f"version: expected {latest.version + 1}, found {version.number}")
    earliest = max(latest.from_on, today + LEAD)
    if version.from_on < earliest:
        raise InvalidError(
            f"from_on: expected {earliest} or later, found {version.from_on}", pointer="/from_on"
        )
    _in_all_currencies(price, latest)
    _sensible(price)
    fitting(price, definitions)
    return price


def _in_all_currencies(price: Price, latest: Price) -> None:
    """
    Prove that a version says something in every currency that items may have.

    Raises:
        InvalidError: it leaves one out.

    """
    if missing := sorted({*latest.currencies} - {*price.currencies}):
        raise InvalidError(
            f"currencies: expected amounts in {missing} too, found {sorted(price.currencies)}",
            pointer="/currencies",
        )


def _sensible(price: Price) -> None:
    recurring = price.kind in (ChargeKind.ADVANCE, ChargeKind.ARREARS)
    if price.mid_period and not (recurring and price.applies is Applies.EXISTING):
        raise InvalidError(
            "mid_period: expected on a recurring price for existing items only, found it on "
            f"{price.kind.value} for {price.applies.value}",
            pointer="/mid_period",
        )
    if price.kind is ChargeKind.ONE_TIME and price.applies is not Applies.NEW:
        raise InvalidError(
            f"applies: expected new for what is charged once, found {price.applies.value}",
            pointer="/applies",
        )


class WithVersion:
    """The port `Catalogs` as it would be with one more version."""

    def __init__(self, catalogs: Catalogs, price: Price) -> None:
        self._catalogs, self._price = catalogs, price

    def catalog(self, price_ids: Sequence[str]) -> Catalog:
        found, price = self._catalogs.catalog(price_ids), self._price
        latest = found.prices.get(price.id)
        if latest is None or latest == price:
            return found
        versions = (*found.versions.get(price.id, (latest,)), price)
        return replace(
            found,
            prices={**found.prices, price.id: price},
            versions={**found.versions, price.id: versions},
        )

    def plan(self, plan_id: str) -> Plan:
        return self._catalogs.plan(plan_id)

    def forget(self) -> None:
        self._catalogs.forget()

    def exchange(self, base: str, quoted: str, on: date) -> Exchange | None:
        return self._catalogs.exchange(base, quoted, on)

    def digest(self) -> str:
        return self._catalogs.digest()
