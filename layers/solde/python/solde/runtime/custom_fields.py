"""Custom fields as the API speaks of them: how they are declared, and what is given of them."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal

from pydantic import Field, WithJsonSchema

from solde.domain.custom_fields import CustomField, Values, must_fit
from solde.domain.errors import within
from solde.runtime import wiring
from solde.runtime.fields import Strict

DECLARED_MAX, CHOICES_MAX = 40, 50
Label = Annotated[str, Field(min_length=1, max_length=60)]
Choice = Annotated[str, Field(min_length=1, max_length=60)]
Value = Annotated[object, WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "boolean"}]})]
"""What fits is said by the type that is declared, so it is looked at there."""
CustomValues = Annotated[dict[str, Value], Field(max_length=40, examples=[{"site_code": "N-7"}])]
CustomChanges = Annotated[
    dict[str, Value | None], Field(max_length=40, examples=[{"site_code": "N-7"}])
]


class CustomFieldModel(Strict):
    """
    A field of the seller's own, whose name and type stay; `labels` are other languages' words.

    A number and a date are given as text, as everywhere; a `choice` is one of its `choices`.
    """

    on: Literal["customer", "subscription", "line", "document"]
    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$", examples=["site_code"])]
    type: Literal["string", "number", "date", "boolean", "choice"]
    label: Label
    labels: dict[Annotated[str, Field(pattern=r"^[a-z]{2}$")], Label] = Field(
        default_factory=dict, max_length=10
    )
    choices: list[Choice] = Field(default_factory=list, max_length=CHOICES_MAX)


Declared = Annotated[list[CustomFieldModel], Field(max_length=DECLARED_MAX)]


def declared(models: Iterable[CustomFieldModel]) -> tuple[CustomField, ...]:
    """
    Return what an entity declares.

    Raises:
        InvalidError: a choice has no choices, or something else has some.

    """
    found = []
    for place, one in enumerate(models):
        with within(f"/custom_fields/{place}"):
            found.append(CustomField(**{**one.model_dump(), "choices": tuple(one.choices)}))
    return tuple(found)


def declared_shown(fields: Iterable[CustomField]) -> list[dict[str, Any]]:
    return [
        {
            "on": one.on,
            "name": one.name,
            "type": one.type,
            "label": one.label,
            "labels": dict(one.labels),
            "choices": list(one.choices),
        }
        for one in fields
    ]


def given(entity: str, on: str, values: Mapping[str, object]) -> Values:
    """
    Return what is given of fields that an entity declares; who gives none reads nothing.

    Raises:
        InvalidError: a name that it does not declare, or a value that is not of its type.

    """
    if not values:
        return ()
    return must_fit(wiring.entities().entity(entity).custom_fields, on, values)


def merged(entity: str, on: str, before: Values, changes: Mapping[str, object | None]) -> Values:
    """Return values with changes: what is null is taken away."""
    new = given(entity, on, {name: one for name, one in changes.items() if one is not None})
    kept = {name: value for name, value in before if name not in changes}
    return tuple(sorted({**kept, **dict(new)}.items()))
