"""Number, issue date, due date: a pure function of draft, register record, rank (R17, R18)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from solde.domain.business_days import Roll, rolled
from solde.domain.holidays import WEEKENDS, calendar
from solde.domain.identity import derived_id
from solde.domain.invoicing.draft import (
    CREDIT_NOTE,
    DEPOSIT,
    INVOICE,
    LATE_CHARGE,
    LATE_CREDIT,
    PRO_FORMA,
)
from solde.domain.invoicing.legal import texts
from solde.domain.invoicing.parties import Entity
from solde.domain.terms import Terms, TermsKind

PREFIXES = {
    INVOICE: ("inv", ""),
    DEPOSIT: ("inv", "DP-"),
    CREDIT_NOTE: ("crn", "CN-"),
    LATE_CHARGE: ("lch", "LC-"),
    LATE_CREDIT: ("lcn", "LN-"),
    PRO_FORMA: ("pfi", "PF-"),
}
"""Of ids and of series; a deposit invoice is an invoice that has numbers of its own (R18)."""


@dataclass(frozen=True, slots=True)
class Range:
    """The numbers `first`..`last` of a series, taken by one seal; empty ranges are not made."""

    series: str
    kind: str
    first: int
    last: int
    issued_on: date
    sealed_at: datetime


def series(entity: Entity, kind: str, issued_on: date) -> str:
    """Name the series of an entity, kind and fiscal year, which is labelled by its end year."""
    later = entity.fiscal_year_starts > 1 and issued_on.month >= entity.fiscal_year_starts
    return f"{entity.number_prefix}-{PREFIXES[kind][1]}{issued_on.year + later}"


def envelope(draft: Mapping[str, Any], taken: Range, rank: int) -> dict[str, Any]:
    """Return the envelope of the document with this rank (from 0) in the range."""
    number = f"{taken.series}-{taken.first + rank:06d}"
    due_on = due_by(draft["terms"], taken.issued_on)
    said = texts(draft, taken.issued_on.isoformat()) if draft.get("mentions") else []
    return {
        "id": derived_id(PREFIXES[draft["kind"]][0], number, at=taken.sealed_at),
        "number": number,
        "issued_on": taken.issued_on.isoformat(),
        "due_on": due_on.isoformat(),
        **({"mentions": said} if said else {}),
    }


def due_by(terms: Mapping[str, Any], issued_on: date) -> date:
    """Return the day by which a document of some terms is to be paid, issued on a day."""
    days = terms["days"]
    due_on = issued_on + timedelta(days=days)
    if "kind" in terms:
        due_on = Terms(TermsKind(terms["kind"]), days).due_on(issued_on)
    if "roll" not in terms:
        return due_on
    return rolled(due_on, Roll(terms["roll"]), calendar(terms.get("calendar", WEEKENDS)))
