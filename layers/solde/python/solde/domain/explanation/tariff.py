"""The tariff in a tree: what a price version asks, so that a stranger can walk it again."""

from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from typing import Any

from solde.domain.catalog import Price
from solde.domain.invoicing.texts import plain
from solde.domain.pricing.flat import Flat
from solde.domain.pricing.graduated import Graduated
from solde.domain.pricing.matrix import Matrix
from solde.domain.pricing.package import Package
from solde.domain.pricing.per_unit import PerUnit
from solde.domain.pricing.stairstep import Stairstep
from solde.domain.pricing.tiers import Tier
from solde.domain.pricing.volume import Volume


@lru_cache(maxsize=1024)
def tariff(price: Price) -> dict[str, Any]:
    """
    Return a price version: its model, and how it is prorated; what is usual is left out.

    It is remembered: price versions are few, and never change.
    """
    said = {
        "price": price.id,
        "version": price.version,
        "proration": price.proration.value,
        **_model(price.model),
    }
    if price.free_units:
        said["free"] = plain(price.free_units)
    return said


def _model(model: Any) -> dict[str, Any]:  # noqa: ANN401 - any price model
    """Say a model; one whose walk is not told again has its name alone, and its steps."""
    if isinstance(model, Flat | PerUnit):
        return {"model": type(model).__name__.lower(), "amount": plain(model.amount)}
    if isinstance(model, Graduated | Volume | Stairstep | Package | Matrix):
        return _walked(model)
    return {"model": f"{type(model).__name__.lower()}, by its steps"}


def _walked(model: Graduated | Volume | Stairstep | Package | Matrix) -> dict[str, Any]:
    name = type(model).__name__.lower()
    match model:
        case Package():
            size = {"size": plain(model.size), "amount": plain(model.amount)}
            return {"model": name, **size, "remainder": model.remainder.value}
        case Matrix():
            cells = [[list(one.values), plain(one.unit_amount)] for one in model.cells]
            return {"model": name, "cells": cells, "default": plain(model.default)}
        case Graduated():
            due = {"flat_due": model.flat_due.value}
            zero = {"flat_at_zero": True} if model.flat_at_zero else {}
            return {"model": name, "tiers": _tiers(model.tiers), **due, **zero}
        case _:
            zero = {"flat_at_zero": True} if model.flat_at_zero else {}
            return {"model": name, "tiers": _tiers(model.tiers), **zero}


def _tiers(tiers: Iterable[Tier]) -> list[list[str | None]]:
    return [[_bound(one.up_to), plain(one.unit_amount), plain(one.flat_amount)] for one in tiers]


def _bound(up_to: Decimal | None) -> str | None:
    return None if up_to is None else plain(up_to)
