"""Rates of tax and exchange: those of a plan, and those of the day of its seal (R17)."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from solde.domain.invoicing.canonical import canonical, digest
from solde.domain.invoicing.parties import Entity
from solde.domain.periods import day_of
from solde.domain.tax import Exchange
from solde.ports.runs import Run
from solde.workflows.bill_run.context import BillRunContext

TAXES = "taxes"
"""The pin of a run that is the digest of its rates of tax."""


def rates_on(run: Run, entity: Entity) -> date:
    """Return the day whose rates a run plans with: that of its opening, whatever day it bills."""
    return day_of(run.opened_at, entity.time_zone)


def taxes_digest(entity: Entity, on: date) -> str:
    """Return the digest of the rates of tax that count for what an entity bills on a day."""
    classes = entity.regime.billed_on(on).classes
    rows = {
        name: [
            [one.since.isoformat(), str(one.percent), one.mode.value, one.category, one.reason]
            for one in rates
        ]
        for name, rates in classes.items()
    }
    return digest(canonical({"regime": entity.tax_regime, "classes": rows}))


def converted(documents: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Return the rates that documents convert their tax at, by currency; notes keep their own."""
    return {
        document["currency"]: f"{booked['rate']} of {booked['on']}"
        for document in documents
        if "rate" in (booked := document.get("accounting", {}))
    }


def together(every: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """Join what several plans were converted at; where they differ no single rate is right."""
    found: dict[str, str] = {}
    for one in every:
        for currency, rate in one.items():
            found[currency] = rate if found.get(currency, rate) == rate else "several rates"
    return found


def moved(run: Run, entity: Entity, issued_on: date, context: BillRunContext) -> str:
    """Say which rate is another on the day of the seal than in the plan; "" where none is."""
    planned = run.pins.get(TAXES, "")
    if planned and planned != taxes_digest(entity, issued_on):
        return f"tax: the rates of {entity.tax_regime} are others on {issued_on} than in the plan"
    for currency, rate in sorted(run.converted.items()):
        today = _said(context.catalogs.exchange(entity.currency, currency, issued_on))
        if today != rate:
            return f"exchange rate of {currency}: planned {rate}, found {today} on {issued_on}"
    return ""


def _said(rate: Exchange | None) -> str:
    return f"{rate.rate:f} of {rate.on.isoformat()}" if rate else "none"
