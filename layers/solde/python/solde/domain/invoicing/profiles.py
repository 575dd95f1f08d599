"""Profiles of structured invoices, and what an invoice with one may not be (R12, R16)."""

from collections.abc import Mapping
from typing import Any

from solde.domain.errors import InvalidError
from solde.domain.money import EXPONENTS

NO_PROFILE = "none"
FRENCH, NORM, PEPPOL = "fr-ctc", "en16931", "peppol"
PROFILES = (NO_PROFILE, FRENCH, NORM, PEPPOL)
"""French flux 2 with Factur-X, plain EN 16931, Peppol BIS 3: a document has one of these."""
BY_RATE, BY_LINE = "rate", "line"
TAX_LEVELS = (BY_RATE, BY_LINE)
MOST_DECIMALS = 2


def must_fit(profile: str, *, tax_level: str, currency: str) -> None:
    """
    Prove that an entity may send invoices of a profile.

    Raises:
        InvalidError: its tax is rounded per line (EN 16931 sums per category and rate, BR-CO-17),
            or it books in a currency of 3 or 4 decimals.

    """
    if profile not in PROFILES:
        raise InvalidError(
            f"e_invoice: expected one of {', '.join(PROFILES)}, found {profile!r}",
            pointer="/e_invoice",
        )
    if tax_level not in TAX_LEVELS:
        raise InvalidError(
            f"tax_level: expected one of {', '.join(TAX_LEVELS)}, found {tax_level!r}",
            pointer="/tax_level",
        )
    if profile == NO_PROFILE:
        return
    if tax_level == BY_LINE:
        raise InvalidError(
            f"tax_level: expected {BY_RATE}, since e-invoices ({profile}) tax the sum of each "
            f"category and rate, found {BY_LINE}",
            pointer="/tax_level",
        )
    must_carry(profile, currency)


def must_carry(profile: str, currency: str, pointer: str = "/currency") -> None:
    """
    Prove that a document in a currency can be sent with a profile.

    Raises:
        InvalidError: the currency has 3 or 4 decimals, and amounts of EN 16931 have two at most.

    """
    decimals = EXPONENTS[currency]
    if profile != NO_PROFILE and decimals > MOST_DECIMALS:
        raise InvalidError(
            f"currency: expected one of at most {MOST_DECIMALS} decimals, since amounts of "
            f"e-invoices ({profile}) have no more, found {currency} with {decimals}",
            pointer=pointer,
        )


def carried(document: Mapping[str, Any]) -> str:
    """
    Return the profile that a closed document is sent with; `none`: as a page and a PDF only.

    A consumer gets no structured invoice; what is outside VAT altogether (a late charge) is none;
    tax that was rounded line by line, and currencies of more than two decimals, cannot be said.
    """
    profile: str = document["entity"].get("e_invoice", NO_PROFILE)
    told = document["customer"]["business"] and document["taxes"]
    fits = "tax_level" not in document and EXPONENTS[document["currency"]] <= MOST_DECIMALS
    return profile if told and fits else NO_PROFILE
