"""Bank accounts by their international number (ISO 13616), whose letters and digits prove it."""

import re

from solde.domain.errors import InvalidError

WRITTEN = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")
_COUNTRIES = """
    AD24 AL28 AT20 BE16 BG22 CH21 CY28 CZ24 DE22 DK18 EE20 ES24 FI18 FR27 GB22 GI23 GR27 HR21 HU28
    IE22 IS26 IT27 LI21 LT20 LU20 LV21 MC27 MD24 ME22 MK19 MT31 NL18 NO15 PL28 PT25 RO24 RS22 SE24
    SI19 SK24 SM27 VA22
"""
LENGTHS = {one[:2]: int(one[2:]) for one in _COUNTRIES.split()}
"""Of the countries whose banks take part in SEPA."""
PROVED = 1
MODULUS = 97


def iban(text: str, pointer: str = "/iban") -> str:
    """
    Return a number without spaces, proved to be one.

    Raises:
        InvalidError: it is none.

    """
    found = "".join(text.split()).upper()
    right = WRITTEN.fullmatch(found) and len(found) == LENGTHS.get(found[:2], len(found))
    if not right or remainder(found[4:] + found[:4]) != PROVED:
        raise InvalidError(
            f"iban: expected an account number that its check digits prove, found {text!r:.50}",
            pointer=pointer,
        )
    return found


def in_sepa(number: str) -> bool:
    return number[:2] in LENGTHS


def remainder(text: str) -> int:
    """Return what is left of a text by 97 (ISO 7064), a letter being 10 to 35."""
    return int("".join(str(int(char, 36)) for char in text)) % MODULUS
