"""The languages with words: what is entered is one of them, and CLDR knows where it is written."""

import re
from pathlib import Path

import pytest
from babel.localedata import locale_identifiers

from solde.domain.errors import InvalidError
from solde.domain.languages import COUNTRIES, language_of, must_be_spoken

WORDS = Path(__file__).resolve().parents[3] / "templates" / "words"


@pytest.mark.parametrize("language", ["fr", "fr-BE", "de-CH", "en-FR", "nl"])
def test_a_language_and_perhaps_a_country(language: str) -> None:
    assert must_be_spoken(language) == language


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("pt", "expected one of de, en, es, fr, it, nl, alone or with a country as in fr-BE"),
        ("fr_FR", "found fr_FR"),
        ("", "found "),
        ("de-FR", "expected de alone or with one of AT, BE, CH, DE, IT, LI, LU, found de-FR"),
        ("frFR", "found frFR"),
        ("fr-fr", "found fr-fr"),
    ],
)
def test_what_there_are_no_words_for_is_told_what_there_is(language: str, said: str) -> None:
    with pytest.raises(InvalidError, match=re.escape(said)):
        must_be_spoken(language)


def test_every_language_has_a_file_of_words_and_the_countries_of_cldr() -> None:
    assert sorted(file.stem for file in WORDS.glob("*.json")) == sorted(COUNTRIES)
    written: dict[str, set[str]] = {language: set() for language in COUNTRIES}
    for name in locale_identifiers():
        language, _, country = name.partition("_")
        if language in written and re.fullmatch("[A-Z]{2}", country):
            written[language].add(country)
    assert written == COUNTRIES


def test_the_customers_then_the_entitys_then_english() -> None:
    assert language_of("it", "fr-FR") == "it"
    assert language_of("", "fr-FR") == "fr-FR"
    assert language_of("", "") == "en"
