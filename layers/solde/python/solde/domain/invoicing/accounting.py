"""Tax in the currency that the seller books in, where a document is in another (BT-111)."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from solde.domain.errors import InvalidError
from solde.domain.invoicing.draft import CREDIT_NOTE, Draft
from solde.domain.money import Money
from solde.domain.tax import Exchange, Treatment

Rates = Mapping[str, Exchange]
"""By original: the rate that its tax was converted at."""


def accounting(draft: Draft, *, booked_in: str, known: Exchange | None) -> dict[str, Any] | None:
    """
    Convert the tax of each category and rate; None where there is nothing to convert.

    `known` is the last rate known on the day of billing. A note takes each original's own, and
    counts up as its tax does, so that what was converted goes back whole.

    Raises:
        InvalidError: there is tax, and no rate.

    """
    if draft.group.key.currency == booked_in or not draft.tax.minor:
        return None
    if draft.kind == CREDIT_NOTE:
        return _said(booked_in, _of_note(draft, booked_in, known))
    rate = _found(known, draft, booked_in)
    taxes = [(total.treatment, rate.converted(total.tax)) for total in draft.taxes]
    return {**_said(booked_in, taxes), **said_rate(rate)}


def rates_of(draft: Draft, known: Exchange | None) -> Rates:
    """Return the rate of each original of a note, where it has one."""
    found: dict[str, Exchange] = {}
    for line in draft.lines:
        if line.charge.corrects:
            original = line.charge.corrects
            if rate := original.exchange or known:
                found[original.invoice_id] = rate
    return found


def said_rate(rate: Exchange) -> dict[str, str]:
    return {"rate": f"{rate.rate:f}", "on": rate.on.isoformat(), "source": rate.source}


def exchange_of(document: Mapping[str, Any]) -> Exchange | None:
    """Return the rate that a closed invoice was converted at."""
    said = document.get("accounting", {})
    if "rate" not in said:
        return None
    on = date.fromisoformat(said["on"])
    return Exchange(
        said["currency"], document["currency"], on, Decimal(said["rate"]), said["source"]
    )


def _of_note(draft: Draft, booked_in: str, known: Exchange | None) -> list[tuple[Treatment, Money]]:
    rates = rates_of(draft, known)
    taxes = []
    for one in draft.back:
        rate = _found(rates.get(one.original, known), draft, booked_in)
        whole = rate.converted(one.tax_before + one.tax)
        taxes.append((one.treatment, whole - rate.converted(one.tax_before)))
    return taxes


def _said(booked_in: str, taxes: list[tuple[Treatment, Money]]) -> dict[str, Any]:
    sums: Counter[tuple[str, Decimal]] = Counter()
    for treatment, tax in taxes:
        sums[treatment.category, treatment.percent] += tax.minor
    rows = [
        {"category": category, "rate": f"{percent.normalize():f}", "tax": minor}
        for (category, percent), minor in sorted(sums.items())
    ]
    return {"currency": booked_in, "taxes": rows, "tax": sum(sums.values())}


def _found(rate: Exchange | None, draft: Draft, booked_in: str) -> Exchange:
    if rate is None:
        raise InvalidError(
            f"exchange rate: expected one of {booked_in} and {draft.group.key.currency} "
            "for the tax, found none that early"
        )
    return rate
