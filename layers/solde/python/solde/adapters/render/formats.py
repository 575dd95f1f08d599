"""
How a locale writes numbers, money and days: CLDR's patterns, by Babel, taken apart once.

Babel reads a pattern anew for each number, which costs more than setting a page; here a locale is a
few texts that are put around digits. Amounts are never rounded: they have the decimals they have.
"""

from datetime import date
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from babel.core import Locale, UnknownLocaleError

from solde.domain.money import Money

MINUS = "\u2212"
"""CLDR writes a hyphen, which is too short beside figures and breaks lines."""
NO_BREAK = "\u00a0"


class Around(NamedTuple):
    """What stands before and behind a number."""

    before: str
    behind: str


class Formats:
    """One locale; a day's texts and a currency's are made once."""

    def __init__(self, locale: Locale) -> None:
        self._locale = locale
        symbols = locale.number_symbols.get("latn", locale.number_symbols)
        self._decimal, self._group = symbols["decimal"], symbols["group"]
        self._decimal_of_money = symbols.get("currencyDecimal") or self._decimal
        self._group_of_money = symbols.get("currencyGroup") or self._group
        self._sizes = locale.decimal_formats[None].grouping
        percent = locale.percent_formats[None]
        self._percent = Around(percent.prefix[0], percent.suffix[0])
        self._currencies: dict[tuple[str, bool], Around] = {}
        self._days = {
            width: _with_whole_year(locale.date_formats[width].format)
            for width in ("short", "medium", "long")
        }
        months = locale.months["format"]
        self._months, self._short_months = months["wide"], months["abbreviated"]

    def number(self, value: Decimal) -> str:
        sign = MINUS if value < 0 else ""
        return sign + self._digits(abs(value), self._decimal, self._group)

    def percent(self, rate: Decimal) -> str:
        return self._percent.before + self.number(rate) + self._percent.behind

    def money(self, minor: int, currency: str) -> str:
        return self._amount(Money(abs(minor), currency).major, currency, negative=minor < 0)

    def price(self, amount: Decimal, currency: str) -> str:
        """Write a unit price: at least the currency's decimals, never rounded."""
        cent = Money(1, currency).major
        shown = amount.quantize(cent) if amount == amount.quantize(cent) else amount
        return self._amount(abs(shown), currency, negative=shown < 0)

    def day(self, on: date, *, width: str, first: str = "") -> str:
        """Write a day; `first` is how the first of a month is called where that is no figure."""
        number = first if first and on.day == 1 else str(on.day)
        return self._days[width] % {
            "d": number,
            "dd": f"{on.day:02d}",
            "M": on.month,
            "MM": f"{on.month:02d}",
            "MMM": self._short_months[on.month],
            "MMMM": self._months[on.month],
            "y": on.year,
        }

    def month(self, on: date, *, short: bool) -> str:
        """Name a month, in full with its year."""
        return self._short_months[on.month] if short else f"{self._months[on.month]} {on.year}"

    def country(self, code: str) -> str:
        """Name a country by its ISO 3166 code; one that has no name here keeps its code."""
        name: str = self._locale.territories.get(code, code)
        return name

    def category(self, count: Decimal) -> str:
        """Return the plural category of CLDR: `one`, `many`, `other`, and so on."""
        found: str = self._locale.plural_form(count)
        return found

    def _amount(self, value: Decimal, currency: str, *, negative: bool) -> str:
        found = self._currencies.get((currency, negative))
        if found is None:
            found = self._currencies[currency, negative] = self._around(currency, negative)
        digits = self._digits(value, self._decimal_of_money, self._group_of_money)
        return found.before + digits + found.behind

    def _around(self, currency: str, negative: bool) -> Around:  # noqa: FBT001 - of one caller
        pattern = self._locale.currency_formats["standard"]
        symbol = self._locale.currency_symbols.get(currency, currency)
        before, behind = pattern.prefix[negative], pattern.suffix[negative]
        if before.endswith("¤") and symbol[-1].isalpha():  # CLDR's currencySpacing
            before += NO_BREAK
        if behind.startswith("¤") and symbol[0].isalpha():
            behind = NO_BREAK + behind
        before, behind = (
            part.replace("¤", symbol).replace("-", MINUS) for part in (before, behind)
        )
        return Around(before, behind)

    def _digits(self, value: Decimal, decimal: str, group: str) -> str:
        whole, _, rest = format(value, "f").partition(".")
        last, others = self._sizes
        groups, whole = [whole[-last:]], whole[:-last]
        while whole:
            groups.insert(0, whole[-others:])
            whole = whole[:-others]
        return group.join(groups) + (decimal + rest if rest else "")


@cache
def formats(language: str) -> Formats:
    """
    Return how a language writes in its country; a country that CLDR has not for it counts not.

    Raises:
        UnknownLocaleError: CLDR, or what was kept of it, has not the language itself.

    """
    try:
        return Formats(Locale.parse(language, sep="-"))
    except UnknownLocaleError:
        alone = language.partition("-")[0]
        if alone == language:
            raise
        return formats(alone)


def _with_whole_year(pattern: str) -> str:
    """Write the year in four figures, also where a locale has a shorter form."""
    return pattern.replace("%(yy)s", "%(y)s")
