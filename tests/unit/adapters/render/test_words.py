"""Numbers, money and days as each language writes them."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from solde.adapters.render.words import Words, words

TEMPLATES = Path(__file__).parents[4] / "templates"
NARROW, NO_BREAK = "\u202f", "\u00a0"


@pytest.mark.parametrize(
    ("language", "value", "said"),
    [
        ("en", "0", "0"),
        ("en", "999", "999"),
        ("en", "1000", "1,000"),
        ("en", "-1234567.8900", "−1,234,567.8900"),
        ("fr", "1234.5", f"1{NARROW}234,5"),
        ("fr", "-0.05", "−0,05"),
    ],
)
def test_a_number(language, value, said) -> None:
    assert words(TEMPLATES, language).number(Decimal(value)) == said


@pytest.mark.parametrize(
    ("language", "minor", "currency", "said"),
    [
        ("en", 123456789, "USD", "$1,234,567.89"),
        ("en", -5, "USD", "−$0.05"),
        ("fr", 123456789, "EUR", f"1{NARROW}234{NARROW}567,89{NO_BREAK}€"),
        ("en", 1234, "JPY", "¥1,234"),
        ("en", 1234567, "KWD", "KWD 1,234.567"),
    ],
)
def test_money_has_the_decimals_of_its_currency(language, minor, currency, said) -> None:
    assert words(TEMPLATES, language).money(minor, currency) == said


@pytest.mark.parametrize(
    ("amount", "currency", "said"),
    [
        ("3.2", "EUR", "€3.20"),
        ("0.0000123456", "EUR", "€0.0000123456"),
        ("411.50", "JPY", "¥411.50"),
    ],
)
def test_a_price_is_never_rounded(amount, currency, said) -> None:
    assert words(TEMPLATES, "en").price(amount, currency) == said


@pytest.mark.parametrize(
    ("language", "day", "said"),
    [
        ("en", "2013-06-15", "June 15, 2013"),
        ("fr", "2013-06-01", "1er juin 2013"),
        ("fr", "2013-12-31", "31 décembre 2013"),
    ],
)
def test_a_day(language, day, said) -> None:
    assert words(TEMPLATES, language).day(day) == said


def test_rates_and_countries() -> None:
    assert words(TEMPLATES, "en").percent("19.6") == "19.6%"
    assert words(TEMPLATES, "fr").percent("5.5") == f"5,5{NO_BREAK}%"
    assert words(TEMPLATES, "fr").country("US") == "États-Unis"
    assert words(TEMPLATES, "fr").country("XX") == "XX"


def test_a_mention_is_said_with_its_percent_as_the_language_writes_one() -> None:
    agreed = {"code": "late_penalty_agreed", "percent": "12.5"}
    assert f"taux annuel de 12,5{NO_BREAK}% (" in words(TEMPLATES, "fr").mention(agreed)
    assert "penalties at 12.5% a year" in words(TEMPLATES, "en").mention(agreed)
    vat = {"code": "franchise"}
    assert words(TEMPLATES, "en").mention(vat).startswith("VAT not applicable")


def test_a_language_without_words_speaks_english() -> None:
    assert words(TEMPLATES, "fr-CA").language == "fr"
    assert words(TEMPLATES, "tlh").language == "en"


def test_a_word_that_is_missing_is_an_error() -> None:
    with pytest.raises(KeyError, match="title"):
        Words("xx", {}).say("title")


def test_all_languages_say_the_same() -> None:
    files = sorted((TEMPLATES / "words").glob("*.json"))
    keys = {file.stem: set(json.loads(file.read_text(encoding="utf-8"))) for file in files}
    assert len(keys) >= 2
    assert all(found == keys["en"] for found in keys.values())
