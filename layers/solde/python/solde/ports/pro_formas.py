"""Pro formas: numbered and stored like documents, and no fact of what is owed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from solde.ports.billing import PackSlice, Rendered
from solde.ports.runs import Head, RegisterRecord


@dataclass(frozen=True, slots=True)
class ProForma:
    """The stored head of a pro forma; the closed document and its forms lie in one pack."""

    id: str
    number: str
    customer_id: str
    customer_name: str
    entity: str
    currency: str
    gross_minor: int
    issued_on: date
    sha256: str
    place: PackSlice
    documents: Mapping[str, Rendered]


@dataclass(frozen=True, slots=True)
class Numbered:
    """What one request makes: under a claim of its own, so that it makes it once."""

    claim: str
    record: RegisterRecord
    head: Head
    made: Sequence[ProForma]


class ProFormas(Protocol):
    def claimed(self, customer_id: str, claim: str) -> Sequence[ProForma]:
        """
        Return what was made under a claim; empty where nothing was.

        Raises:
            StateConflictError: it was made for another customer.

        """
        ...

    def make(self, numbered: Numbered, *, at: datetime) -> bool:
        """Write all of it, or nothing: False when the head has moved, or the claim is known."""
        ...
