"""Numbers as documents write them: exact, without exponent, without zeros that say nothing."""

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache


@lru_cache(maxsize=8192)
def plain(number: Decimal) -> str:
    """Write a number without exponent and without zeros that say nothing."""
    if not number:
        return "0"
    text = str(number)
    if "E" in text:
        text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def exact_text(exact: Fraction) -> str:
    """Write an exact amount as a decimal where it ends, else as p/q."""
    numerator, denominator = exact.as_integer_ratio()
    if denominator == 1:
        return str(numerator)
    twos = (denominator & -denominator).bit_length() - 1
    rest, fives = denominator >> twos, 0
    while not rest % 5:
        rest, fives = rest // 5, fives + 1
    if rest != 1:
        return str(exact)
    places = max(twos, fives)
    return plain(Decimal(f"{numerator * 10**places // denominator}E-{places}"))
