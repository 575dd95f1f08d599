"""Custom fields on a document: each with its label and type, so that nothing else need be read."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from solde.domain.custom_fields import CustomField, Values
from solde.domain.invoicing.assignment import assign
from solde.domain.invoicing.draft import Draft
from solde.domain.invoicing.parties import Customer, Entity

FIELDS = "fields"


@dataclass(frozen=True, slots=True)
class Declared:
    """What is declared, as a document in a language calls it."""

    fields: Sequence[CustomField]
    language: str

    def put(self, into: dict[str, Any], on: str, values: Values) -> None:
        """Write values into a part of a document; those that are declared no more are left out."""
        if not values:
            return
        said = dict(values)
        found = [
            {
                "name": one.name,
                "label": one.called(self.language),
                "type": one.type,
                "value": said[one.name],
            }
            for one in self.fields
            if one.on == on and one.name in said
        ]
        if found:
            into[FIELDS] = found


def add_own(document: dict[str, Any], draft: Draft, entity: Entity, customer: Customer) -> None:
    """Write what an entity wants its own way into a document being made: accounts and fields."""
    if entity.assignments:
        assign(document["lines"], entity.assignments, customer.id)
    declared = Declared(entity.custom_fields, document["language"])
    declared.put(document["customer"], "customer", customer.fields)
    for said, line in zip(document["lines"], draft.lines, strict=True):
        charge = line.charge
        declared.put(said, "line", charge.item.fields)
        if references := charge.subscription.references:
            declared.put(said["subscription"], "subscription", references.fields)


def with_fields(
    documents: Iterable[Mapping[str, Any]], fields: Sequence[CustomField], values: Values
) -> tuple[Mapping[str, Any], ...]:
    """Return drafts that say something of themselves."""
    found = []
    for one in documents:
        made = dict(one)
        Declared(fields, one["language"]).put(made, "document", values)
        found.append(made)
    return tuple(found)


def values_of(part: Mapping[str, Any]) -> Values:
    """Return the values that a part of a document has."""
    return tuple((one["name"], one["value"]) for one in part.get(FIELDS, ()))
