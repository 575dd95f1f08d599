"""Decimals of usage: which texts are taken, how they add up without loss, how they are written."""

import re
from decimal import Context, Decimal, DivisionByZero, Inexact, InvalidOperation, Overflow
from functools import lru_cache

WHOLE_DIGITS = 15
DECIMALS = 12
LARGEST = 10**WHOLE_DIGITS
LONGEST = len("-.") + WHOLE_DIGITS + DECIMALS

EXACT = Context(prec=80, traps=[Inexact, InvalidOperation, DivisionByZero, Overflow])
"""Room for 10^50 of the largest values; a result that does not fit is an error, never rounded."""

EXPECTED = (
    f"a decimal as text or a whole number, at most {WHOLE_DIGITS} digits before the point "
    f"and {DECIMALS} behind it"
)
_DECIMAL = re.compile(rf"-?\d{{1,{WHOLE_DIGITS}}}(?:\.\d{{1,{DECIMALS}}})?", re.ASCII)


def decimal_value(value: object) -> Decimal | None:
    """Return the decimal that a property says, or None if it says none."""
    if type(value) is str:
        return _parsed(value)
    if type(value) is int:  # a bool is no number here
        return Decimal(value) if -LARGEST < value < LARGEST else None
    return None


@lru_cache(maxsize=4096)
def _parsed(text: str) -> Decimal | None:
    """Read a text; most meters say the same few over and over."""
    return Decimal(text) if len(text) <= LONGEST and _DECIMAL.fullmatch(text) else None


def plain(value: Decimal) -> str:
    """Write a decimal the one way it can be written: no exponent, no trailing zeros."""
    return format(EXACT.normalize(value), "f") if value else "0"
