"""At which rate an invoice bears interest: what it says itself, frozen when it was issued (R24)."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from solde.domain.errors import InvalidError
from solde.domain.invoicing.mentions import LATE_AGREED

ABOVE, ABOVE_OF_PUBLIC = Decimal(10), Decimal(8)
"""Points above the reference rate: Code de commerce L441-10 II, décret 2013-269 art. 8."""
HOME = "FR"


@dataclass(frozen=True, slots=True)
class Legal:
    """So many points above the reference rate of each half-year."""

    points: Decimal


@dataclass(frozen=True, slots=True)
class Agreed:
    """One rate, in percent a year, whatever the half-year."""

    percent: Decimal


Agreement = Legal | Agreed


def agreement_of(document: Mapping[str, Any]) -> Agreement:
    """
    Return what a closed invoice says of late payment; a public buyer's rate is the law's.

    Raises:
        InvalidError: its customer was a consumer, or no rate follows from it.

    """
    if not document["customer"]["business"]:
        raise InvalidError("customer: expected a business on the invoice, found a consumer")
    country = document["entity"]["address"]["country"]
    if country != HOME:
        raise InvalidError(f"entity: expected one in {HOME}, whose law is known, found {country}")
    if of_public_body(document):
        return Legal(ABOVE_OF_PUBLIC)
    for one in document["mentions"]:
        if one["code"] == LATE_AGREED:
            return Agreed(Decimal(one["percent"]))
    return Legal(ABOVE)


def of_public_body(document: Mapping[str, Any]) -> bool:
    """Tell whether the customer was a public body when the invoice was issued."""
    evidence = document["customer"].get("standing", {}).get("evidence", {})
    return bool(evidence.get("public_body"))
