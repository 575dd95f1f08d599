"""The words of a language, and how it writes money, numbers and days."""

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from solde.domain.money import Money

SYMBOLS = {"EUR": "€", "USD": "$", "GBP": "£", "JPY": "¥", "CHF": "CHF ", "CAD": "CA$"}
FALLBACK = "en"


class Words:
    """All that one language says; a missing key is an error, never an empty text."""

    def __init__(self, language: str, texts: Mapping[str, Any]) -> None:
        self.language = language
        self._texts = texts

    def say(self, key: str, **fields: object) -> str:
        text: str = self._texts[key]
        return text.format(**fields) if fields else text

    def mention(self, mention: Mapping[str, str]) -> str:
        """Say what the law wants said, by its code; a percent in it as the language writes one."""
        said = {name: text for name, text in mention.items() if name != "code"}
        if "percent" in said:
            said["percent"] = self.percent(said["percent"])
        return self.say(f"mention_{mention['code']}", **said)

    def country(self, code: str) -> str:
        """Name a country by its ISO 3166 code; one that has no name here keeps its code."""
        names: Mapping[str, str] = self._texts["countries"]
        return names.get(code, code)

    def money(self, minor: int, currency: str) -> str:
        key = "money_negative" if minor < 0 else "money"
        number = self.number(Money(abs(minor), currency).major)
        return self.say(key, number=number, symbol=SYMBOLS.get(currency, f"{currency} "))

    def price(self, amount: str, currency: str) -> str:
        """Write a unit price: at least the currency's decimals, never rounded."""
        exact = Decimal(amount)
        cent = Money(1, currency).major
        shown = exact.quantize(cent) if exact == exact.quantize(cent) else exact
        return self.say(
            "money", number=self.number(shown), symbol=SYMBOLS.get(currency, f"{currency} ")
        )

    def number(self, value: Decimal) -> str:
        sign = "−" if value < 0 else ""
        whole, _, rest = format(abs(value), "f").partition(".")
        groups: list[str] = []
        while whole:
            groups.insert(0, whole[-3:])
            whole = whole[:-3]
        text = self.say("group").join(groups)
        return f"{sign}{text}{self.say('decimal')}{rest}" if rest else f"{sign}{text}"

    def percent(self, rate: str) -> str:
        return self.say("percent", number=self.number(Decimal(rate)))

    def day(self, text: str, *, short: bool = False) -> str:
        on = date.fromisoformat(text)
        month = self._texts["months"][on.month - 1]
        return self.say(
            "day_short" if short else "day",
            day=self.say("first_of_month") if on.day == 1 else on.day,
            day2=f"{on.day:02d}",
            month=month,
            month3=month[:3],
            month2=f"{on.month:02d}",
            year=on.year,
        )


@cache
def words(folder: Path, language: str) -> Words:
    """Return the words of a language such as `fr-FR`; of English where there are none."""
    name = language.split("-", maxsplit=1)[0]
    path = folder / "words" / f"{name}.json"
    if not path.exists():
        name, path = FALLBACK, folder / "words" / f"{FALLBACK}.json"
    return Words(name, json.loads(path.read_text(encoding="utf-8")))
