"""Field types of the API: exact decimals as text, days, codes; nothing is guessed or rounded."""

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    WithJsonSchema,
)

NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,17})(\.[0-9]{1,12})?")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Strict(BaseModel):
    """Fields that are not known are refused, and nothing is converted that is not said to be."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


def _decimal(value: object) -> Decimal:
    if isinstance(value, Decimal):
        return value
    if not isinstance(value, str) or not NUMBER.fullmatch(value):
        raise ValueError(
            'expected a decimal as text such as "12.50", '  # a float has lost cents already
            "with at most 18 digits before and 12 behind the point"
        )
    return Decimal(value)


def _not_negative(value: Decimal) -> Decimal:
    if value < 0:
        raise ValueError("expected 0 or more")
    return value


def _day(value: object) -> date:
    if isinstance(value, date):
        return value
    if not isinstance(value, str) or not DAY.fullmatch(value):
        raise ValueError('expected a day as text such as "2027-01-31"')
    return date.fromisoformat(value)


_SCHEMA = {"type": "string", "pattern": f"^{NUMBER.pattern}$", "examples": ["12.50"]}

Exact = Annotated[
    Decimal,
    BeforeValidator(_decimal),
    PlainSerializer(lambda value: format(value, "f"), return_type=str),
    WithJsonSchema(_SCHEMA),
]
Amount = Annotated[Exact, AfterValidator(_not_negative)]
"""A price or quantity: never negative."""

Day = Annotated[
    date,
    BeforeValidator(_day),
    PlainSerializer(lambda value: value.isoformat(), return_type=str),
    WithJsonSchema({"type": "string", "format": "date", "examples": ["2027-01-31"]}),
]

Code = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}$", examples=["seats"])]
Text = Annotated[str, Field(min_length=1, max_length=500)]
Reference = Annotated[str, Field(min_length=1, max_length=100, examples=["ext:ACME-42"])]
ExternalId = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_./:-]{0,79}$")]


class AddressModel(Strict):
    lines: list[Annotated[str, Field(min_length=1, max_length=100)]] = Field(
        min_length=1, max_length=4
    )
    postcode: str = Field(max_length=20)
    city: str = Field(min_length=1, max_length=80)
    country: str = Field(pattern=r"^[A-Z]{2}$", examples=["FR"])


def described(noun: str, /, **fields: object) -> dict[str, Any]:
    """Return an object of the API: what it is comes first."""
    return {"object": noun, **fields}


def listed(rows: list[dict[str, Any]], *, next_cursor: str | None) -> dict[str, Any]:
    """Return a page in the one envelope that every list has."""
    return {
        "object": "list",
        "data": rows,
        "has_more": next_cursor is not None,
        "next_cursor": next_cursor,
    }
