"""A single issue outside a run: the register record and the documents in one transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from solde.domain.rating import Adjustment
from solde.ports.billing import BillingState, Header
from solde.ports.runs import Head, RegisterRecord


@dataclass(frozen=True, slots=True)
class Watermark:
    """What the billing state takes over when charges of the timeline are billed now."""

    read: BillingState
    through: date
    next_due_on: date | None
    covered_to: date | None


@dataclass(frozen=True, slots=True)
class Revision:
    """What the billing state becomes by a document that changes what was billed."""

    read: BillingState
    after: BillingState


@dataclass(frozen=True, slots=True)
class LateMark:
    """An invoice as read, of which late charges were computed `through` a day."""

    read: Header
    through: date


@dataclass(frozen=True, slots=True)
class Single:
    """One customer's documents; without a mark the billing state is not touched."""

    records: Sequence[RegisterRecord]
    heads: Sequence[Head]
    headers: Sequence[Header]
    closed: Sequence[Mapping[str, Any]]
    mark: Watermark | Revision | None = None
    facts: Sequence[tuple[Adjustment, str]] = ()
    """What becomes a fact by hand with the document, by its id, that bills it."""
    late: LateMark | None = None
    """The invoice whose late charges the document charges."""
    to_refund: bool = False
    """Whether what a credit note has over waits to be paid back; else it is credit."""


class Singles(Protocol):
    def issue_single(self, single: Single, *, at: datetime) -> bool:
        """Write all of it, or nothing: False when a head or the billing state has moved."""
        ...
