"""
A note on late charges: interest, or the fee, that is waived by hand (R24).

It is what the charges are: outside VAT, of a kind and a series of its own, and no e-invoice. It
never takes back more than its document charged and no note has taken back.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from solde.domain.errors import InvalidError
from solde.domain.explanation.tree import SCHEMA as TREE
from solde.domain.invoicing.canonical import ENVELOPE
from solde.domain.invoicing.document import ENGINE, SCHEMA
from solde.domain.invoicing.draft import LATE_CREDIT
from solde.domain.invoicing.parties import (
    Customer,
    Entity,
    customer_document,
    entity_document,
    templates_document,
)
from solde.domain.ledger import LATE

Document = Mapping[str, Any]
PARTS = ("interest", "fee")
KINDS = {"interest": "interest", "fee": "recovery_fee"}
"""The lines of a note, by what they take back of."""
WAIVED = "waived"


class Left(NamedTuple):
    """Minor units that a document charged, and what notes before have taken back of them."""

    charged: int
    before: int

    @property
    def rest(self) -> int:
        return self.charged - self.before


@dataclass(frozen=True, slots=True)
class Waive:
    """
    Minor units of interest and of the fee; with neither, all that is left of both.

    `request` is the same for the same request.
    """

    request: str
    interest: int | None = None
    fee: int | None = None
    reason: str = ""


def left_of(charges: Document, notes: Sequence[Document]) -> dict[str, Left]:
    """Return what is left of a document of late charges after the notes on it."""
    said = charges["late"]
    return {name: Left(said[name], sum(one["waived"][name] for one in notes)) for name in PARTS}


def wanted_of(left: Mapping[str, Left], wanted: Waive) -> dict[str, int]:
    """
    Return what is waived of each part.

    Raises:
        InvalidError: more than is left, or nothing.

    """
    asked = {"interest": wanted.interest, "fee": wanted.fee}
    if all(one is None for one in asked.values()):
        asked = {name: one.rest for name, one in left.items()}
    found = {name: minor or 0 for name, minor in asked.items()}
    for name, minor in found.items():
        if minor > left[name].rest:
            raise InvalidError(
                f"{name}: expected at most {left[name].rest}, which is left of "
                f"{left[name].charged}, found {minor}, a difference of {minor - left[name].rest}",
                pointer=f"/{name}",
            )
    if not any(found.values()):
        raise InvalidError("late charges: expected something left to waive, found 0")
    return found


def waiver_document(
    charges: Document, waived: Mapping[str, int], asked: Waive, parties: tuple[Entity, Customer]
) -> dict[str, Any]:
    """Return the draft of a note that takes back so much of a closed document of late charges."""
    entity, customer = parties
    named = {name: charges[ENVELOPE][name] for name in ("id", "number", "issued_on")}
    total = sum(waived.values())
    return {
        "schema": SCHEMA,
        "engine": ENGINE,
        "kind": LATE_CREDIT,
        "entity": entity_document(entity),
        "customer": customer_document(customer),
        "currency": charges["currency"],
        "language": customer.language,
        "time_zone": entity.time_zone,
        "terms": {"days": 0, "collection": customer.collection},
        "group": {"apart": ""},
        "lines": [
            {"line": place, "kind": KINDS[name], "account": LATE, "net": waived[name]}
            for place, name in enumerate(_some(waived), 1)
        ],
        "taxes": [],
        "totals": {"net": total, "tax": 0, "gross": total, "prepaid": 0, "due": total},
        "period": dict(charges["period"]),
        "mentions": [],
        "corrects": [{**named, "amount": total, "taxes": []}],
        "waived": {**waived, "request": asked.request, "reason": asked.reason},
        **templates_document(entity, customer),
    }


def waiver_tree(left: Mapping[str, Left], waived: Mapping[str, int]) -> dict[str, Any]:
    """Return the tree of a note: of each part what was charged, taken back before, and now."""
    return {
        "schema": TREE,
        "engine": ENGINE,
        "lines": [{"how": WAIVED, "of": name} for name in _some(waived)],
        "tariffs": [],
        "waived": {
            name: {"charged": left[name].charged, "before": left[name].before, "amount": minor}
            for name, minor in waived.items()
        },
    }


def _some(waived: Mapping[str, int]) -> Iterator[str]:
    return (name for name, minor in waived.items() if minor)
