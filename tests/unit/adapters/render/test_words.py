"""What a language says: by key, by count, and what the law wants, with its locale's figures."""

from decimal import Decimal
from pathlib import Path

import pytest

from solde.adapters.render.formats import formats
from solde.adapters.render.words import Words, words

TEMPLATES = Path(__file__).parents[4] / "templates"
NO_BREAK = "\u00a0"


@pytest.mark.parametrize(
    ("language", "day", "said", "short"),
    [
        ("en", "2013-06-15", "June 15, 2013", "Jun 15, 2013"),
        ("en-GB", "2013-06-15", "15 June 2013", "15 Jun 2013"),
        ("fr", "2013-06-01", "1er juin 2013", "01/06/2013"),
        ("fr-CA", "2013-12-31", "31 décembre 2013", "2013-12-31"),
        ("de", "2013-06-01", "1. Juni 2013", "01.06.2013"),
        ("es", "2013-06-01", "1 de junio de 2013", "1/6/2013"),
        ("it", "2013-06-01", "1º giugno 2013", "01/06/2013"),
        ("nl", "2013-06-01", "1 juni 2013", "01-06-2013"),
    ],
)
def test_a_day(language, day, said, short) -> None:
    assert words(TEMPLATES, language).day(day) == said
    assert words(TEMPLATES, language).day(day, short=True) == short


def test_rates_and_countries() -> None:
    assert words(TEMPLATES, "en").percent("19.6") == "19.6%"
    assert words(TEMPLATES, "fr").percent("5.5") == f"5,5{NO_BREAK}%"
    assert words(TEMPLATES, "fr").country("US") == "États-Unis"


def test_a_count_takes_the_form_that_the_language_has_for_it() -> None:
    german, french = words(TEMPLATES, "de"), words(TEMPLATES, "fr")
    assert german.count("days", 1) == "1 Tag"
    assert german.count("days", Decimal("1.5")) == "1,5 Tage"
    assert french.count("days", Decimal("1.5")) == "1,5 jour"
    assert german.count("per_days", 30, price="9,99 €") == "9,99 € / 30 Tage"


def test_a_percent_in_a_text_is_written_as_the_language_writes_one() -> None:
    fields = {"code": "late_penalty_agreed", "percent": "12.5"}
    assert words(TEMPLATES, "fr").filled("taux {percent}", fields) == f"taux 12,5{NO_BREAK}%"
    assert words(TEMPLATES, "en").filled("at {percent}", fields) == "at 12.5%"


def test_a_country_changes_figures_and_no_words() -> None:
    swiss = words(TEMPLATES, "de-CH")
    assert swiss.language == "de"
    assert swiss.say("title_invoice") == "Rechnung"
    assert swiss.money(123456, "CHF") == f"CHF{NO_BREAK}1’234.56"
    assert swiss.price("0.4938", "CHF") == f"CHF{NO_BREAK}0.4938"
    assert swiss.number(Decimal(1000)) == "1’000"


def test_a_language_without_words_speaks_english() -> None:
    assert words(TEMPLATES, "tlh") is words(TEMPLATES, "en")


def test_a_word_that_is_missing_is_an_error() -> None:
    with pytest.raises(KeyError, match="title"):
        Words("xx", {}, formats("en")).say("title")
