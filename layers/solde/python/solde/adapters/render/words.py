"""The words of a language, and how its locale writes money, numbers and days."""

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from solde.adapters.render.formats import Formats, formats
from solde.domain.languages import FALLBACK


class Words:
    """All that one language says; a missing key is an error, never an empty text."""

    def __init__(self, language: str, texts: Mapping[str, Any], said: Formats) -> None:
        self.language = language
        self._texts = texts
        self._formats = said

    def say(self, key: str, **fields: object) -> str:
        text: str = self._texts[key]
        return text.format(**fields) if fields else text

    def count(self, key: str, count: Decimal | int, **fields: object) -> str:
        """Say a text that depends on a number, in the form that the language has for it."""
        number = Decimal(count)
        forms: Mapping[str, str] = self._texts[key]
        text = forms[self._formats.category(number)]
        return text.format(count=self.number(number), **fields)

    def filled(self, text: str, fields: Mapping[str, str]) -> str:
        """Put values into a text; a percent in it as the language writes one."""
        said = dict(fields)
        if "percent" in said:
            said["percent"] = self.percent(said["percent"])
        return text.format(**said)

    def country(self, code: str) -> str:
        return self._formats.country(code)

    def money(self, minor: int, currency: str) -> str:
        return self._formats.money(minor, currency)

    def price(self, amount: str, currency: str) -> str:
        return self._formats.price(Decimal(amount), currency)

    def number(self, value: Decimal) -> str:
        return self._formats.number(value)

    def percent(self, rate: str) -> str:
        return self._formats.percent(Decimal(rate))

    def month(self, text: str, *, short: bool = False) -> str:
        """Say a month such as `2027-06`."""
        return self._formats.month(date.fromisoformat(f"{text}-01"), short=short)

    def day(self, text: str, *, short: bool = False) -> str:
        width = self.say("day_short_as") if short else "long"
        first = "" if short else self.say("first_of_month")
        return self._formats.day(date.fromisoformat(text), width=width, first=first)


@cache
def words(folder: Path, language: str) -> Words:
    """Return the words of a language such as `fr-FR`; of English where there are none."""
    name = language.partition("-")[0]
    path = folder / "words" / f"{name}.json"
    if not path.exists():
        return words(folder, FALLBACK)
    return Words(name, json.loads(path.read_text(encoding="utf-8")), formats(language))
