"""Money: a whole number of minor units with its currency. The only place that rounds."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from solde.domain.errors import InvalidError

_THREE = ("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND")
_NONE = (
    *("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF"),
    *("UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF"),
)
_TWO = (
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP BYN BZD CAD "
    "CDF CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD "
    "GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL "
    "MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN "
    "PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP "
    "SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XAD XCD XCG YER ZAR ZMW "
    "ZWG"
)

EXPONENTS: dict[str, int] = {  # ISO 4217, amendment list of 2026-01
    **dict.fromkeys(_TWO.split(), 2),
    **dict.fromkeys(_THREE, 3),
    **dict.fromkeys(_NONE, 0),
    "CLF": 4,
    "UYW": 4,
}
_SCALES = {code: 10**exponent for code, exponent in EXPONENTS.items()}


class Rounding(Enum):
    """How a place that rounds does it. Solde's own rule is HALF_AWAY everywhere (R1)."""

    HALF_AWAY = "half_away"
    HALF_EVEN = "half_even"
    UP = "up"
    DOWN = "down"


def currency(code: str) -> str:
    """
    Return the code, proved to be one of ISO 4217.

    Raises:
        InvalidError: it is not.

    """
    if code not in EXPONENTS:
        raise InvalidError(
            f"currency: expected an ISO 4217 code, found {code!r}", pointer="/currency"
        )
    return code


@dataclass(frozen=True, slots=True)
class Money:
    """A whole number of a currency's smallest unit; negative when we owe it."""

    minor: int
    currency: str

    def __add__(self, other: "Money") -> "Money":
        return Money(self.minor + self._same(other), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.minor - self._same(other), self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.minor, self.currency)

    def __abs__(self) -> "Money":
        return Money(abs(self.minor), self.currency)

    def __lt__(self, other: "Money") -> bool:
        return self.minor < self._same(other)

    def __le__(self, other: "Money") -> bool:
        return self.minor <= self._same(other)

    def _same(self, other: "Money") -> int:
        if other.currency != self.currency:
            raise InvalidError(f"currency: expected {self.currency}, found {other.currency}")
        return other.minor

    @property
    def major(self) -> Decimal:
        """The amount as people write it: 12.30 for 1230 minor units of EUR."""
        return Decimal(self.minor).scaleb(-EXPONENTS[self.currency])

    def share(self, part: Fraction, rounding: Rounding) -> "Money":
        minor = _rounded(self.minor * part.numerator, part.denominator, rounding)
        return Money(minor, self.currency)

    def split(self, weights: Sequence[int]) -> tuple["Money", ...]:
        """
        Divide by weight so that the parts sum to the whole (R2).

        Units left over after rounding down go to the largest remainders, earliest first. A
        negative amount splits as the mirror image of the positive one; weight 0 gets 0.

        Raises:
            InvalidError: a weight is negative, or all are 0.

        """
        total = sum(weights)
        if total == 0 or min(weights) < 0:
            raise InvalidError(f"weights: expected >= 0 and not all 0, found {list(weights)}")
        if self.minor < 0:
            return tuple(-part for part in (-self).split(weights))
        floors = [self.minor * weight // total for weight in weights]
        if left := self.minor - sum(floors):
            by_remainder = sorted(
                range(len(weights)), key=lambda i: -(self.minor * weights[i] % total)
            )
            for i in by_remainder[:left]:
                floors[i] += 1
        return tuple([Money(minor, self.currency) for minor in floors])


class Leftover(Enum):
    """Where the units go that an even split leaves over."""

    FIRST = "first"
    LAST = "last"
    SPREAD = "spread"


def split_evenly(amount: Money, parts: int, leftover: Leftover) -> tuple[Money, ...]:
    """
    Divide into equal parts that sum to the whole: 100.00 by 12 is 8.37 and eleven times 8.33.

    SPREAD gives the units left over one each to the first parts.

    Raises:
        InvalidError: not even one part.

    """
    if parts < 1:
        raise InvalidError(f"parts: expected at least 1, found {parts}")
    if leftover is Leftover.SPREAD:
        return amount.split([1] * parts)
    if amount.minor < 0:
        return tuple(-part for part in split_evenly(-amount, parts, leftover))
    each, rest = divmod(amount.minor, parts)
    shares = [each] * parts
    shares[0 if leftover is Leftover.FIRST else -1] += rest
    return tuple(Money(minor, amount.currency) for minor in shares)


def money(exact: Fraction, code: str, rounding: Rounding) -> Money:
    """Round an exact amount in major units (12.3 is 12.30 EUR) to the currency's minor units."""
    return Money(_rounded(exact.numerator * _SCALES[code], exact.denominator, rounding), code)


def minor_of(numerator: int, denominator: int, code: str) -> int:
    """Round numerator ÷ denominator major units half away from zero, as everywhere (R1)."""
    return _half_away(numerator * _SCALES[code], denominator)


def rounded(exact: Fraction, rounding: Rounding) -> int:
    """Round to a whole number; UP and DOWN go away from zero and towards it."""
    return _rounded(exact.numerator, exact.denominator, rounding)


def _half_away(numerator: int, denominator: int) -> int:
    """Round as nearly everything does, without a look at which way it is."""
    if numerator < 0:
        return -_half_away(-numerator, denominator)
    whole, rest = divmod(numerator, denominator)
    return whole + 1 if 2 * rest >= denominator else whole


def _rounded(numerator: int, denominator: int, rounding: Rounding) -> int:
    sign = -1 if numerator < 0 else 1
    whole, rest = divmod(abs(numerator), denominator)
    match rounding:
        case Rounding.HALF_AWAY:
            return _half_away(numerator, denominator)
        case Rounding.HALF_EVEN:
            more = 2 * rest > denominator or (2 * rest == denominator and whole % 2 == 1)
        case Rounding.UP:
            more = rest > 0
        case Rounding.DOWN:
            more = False
    return sign * (whole + more)


def rounded_to(exact: Fraction | Decimal, decimals: int, rounding: Rounding) -> Decimal:
    """Round to a number of decimals: the period quantity of a meter (R1 a), a displayed rate."""
    numerator, denominator = exact.as_integer_ratio()
    return Decimal(_rounded(numerator * 10**decimals, denominator, rounding)).scaleb(-decimals)
