"""Field types of the API: exact decimals as text, days, codes; nothing is guessed or rounded."""

import re
from datetime import UTC, date, datetime
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

from solde.domain.errors import InvalidError
from solde.domain.identity import instant_of
from solde.domain.languages import must_be_spoken
from solde.domain.subscriptions.references import SOFT_KEYS
from solde.ports.records import Record
from solde.runtime.countries import must_be_country

NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,17})(\.[0-9]{1,12})?")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
DAYS = (date(1970, 1, 1), date(2199, 12, 31))
"""Days that a subscription can have to do with: those beyond are typing errors."""


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


def _soft_key(value: str) -> str:
    if value not in SOFT_KEYS:
        raise ValueError(f"expected one of {', '.join(SOFT_KEYS)}")
    return value


def _spoken(value: str) -> str:
    try:
        return must_be_spoken(value)
    except InvalidError as unknown:
        raise ValueError(str(unknown)) from unknown


def _once(values: list[str]) -> list[str]:
    if twice := next((one for one in values if values.count(one) > 1), None):
        raise ValueError(f"expected each once, found {twice} again")
    return values


def day_from(value: object) -> date:
    if isinstance(value, date):
        return value
    if not isinstance(value, str) or not DAY.fullmatch(value):
        raise ValueError('expected a day as text such as "2027-01-31"')
    day = date.fromisoformat(value)
    if not DAYS[0] <= day <= DAYS[1]:
        raise ValueError(f"expected a day from {DAYS[0]} to {DAYS[1]}")
    return day


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
    BeforeValidator(day_from),
    PlainSerializer(lambda value: value.isoformat(), return_type=str),
    WithJsonSchema({"type": "string", "format": "date", "examples": ["2027-01-31"]}),
]

Code = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}$", examples=["seats"])]
Text = Annotated[str, Field(min_length=1, max_length=500)]
Reference = Annotated[str, Field(min_length=1, max_length=100, examples=["ext:ACME-42"])]
ExternalId = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_./:-]{0,79}$")]

Language = Annotated[
    str,
    Field(pattern=r"^[a-z]{2}(-[A-Z]{2})?$", examples=["fr-FR"]),
    AfterValidator(_spoken),
]
"""A language that there are words for, and perhaps the country that it is written in."""

SoftKey = Annotated[str, AfterValidator(_soft_key)]
"""What keeps the documents of a customer apart, beside what must."""

Once = AfterValidator(_once)
"""Of a list: nothing stands in it twice."""

MetaKey = Annotated[str, Field(pattern=r"^[A-Za-z0-9_.-]{1,40}$")]
MetaValue = Annotated[str, Field(max_length=500)]
Metadata = Annotated[dict[MetaKey, MetaValue], Field(max_length=50, examples=[{"crm": "A-42"}])]
"""A caller's own notes on an object: kept and given back, never looked at."""


class AddressModel(Strict):
    lines: list[Annotated[str, Field(min_length=1, max_length=100)]] = Field(
        min_length=1, max_length=4
    )
    postcode: str = Field(max_length=20)
    city: str = Field(min_length=1, max_length=80)
    country: Annotated[
        str, Field(pattern=r"^[A-Z]{2}$", examples=["FR"]), AfterValidator(must_be_country)
    ]


def described(noun: str, /, **fields: object) -> dict[str, Any]:
    """Return an object of the API: what it is comes first."""
    return {"object": noun, **fields}


def recorded(record: Record, *, livemode: bool) -> dict[str, Any]:
    """Return what every object that a caller made ends with."""
    return {
        "metadata": dict(record.metadata),
        "version": record.version,
        "created_at": instant_text(record.created_at),
        "updated_at": instant_text(record.updated_at),
        "livemode": livemode,
    }


def created_by_id(identity: str) -> str | None:
    """Return when a thing was made: its id carries the instant."""
    return instant_text(instant_of(identity))


def instant_text(at: datetime | None) -> str | None:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z") if at else None


def listed(rows: list[dict[str, Any]], *, next_cursor: str | None) -> dict[str, Any]:
    """Return a page in the one envelope that every list has."""
    return {
        "object": "list",
        "data": rows,
        "has_more": next_cursor is not None,
        "next_cursor": next_cursor,
    }
