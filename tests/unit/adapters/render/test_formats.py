"""Numbers, money, days and plurals as CLDR has them for a locale; never rounded."""

from datetime import date
from decimal import Decimal

import pytest
from babel.core import UnknownLocaleError

from solde.adapters.render.formats import formats

NARROW, HARD = "\u202f", "\u00a0"


@pytest.mark.parametrize(
    ("language", "value", "said"),
    [
        ("en", "0", "0"),
        ("en", "999", "999"),
        ("en", "1000", "1,000"),
        ("en", "-1234567.8900", "−1,234,567.8900"),
        ("en-IN", "1234567.5", "12,34,567.5"),
        ("fr", "1234.5", f"1{NARROW}234,5"),
        ("fr", "-0.05", "−0,05"),
        ("fr-CA", "1234.5", f"1{HARD}234,5"),
        ("de", "1234.5", "1.234,5"),
        ("de-CH", "1234.5", "1’234.5"),
        ("es", "1234.5", "1.234,5"),
        ("it", "1234.5", "1.234,5"),
        ("nl", "1234.5", "1.234,5"),
    ],
)
def test_a_number(language, value, said) -> None:
    assert formats(language).number(Decimal(value)) == said


@pytest.mark.parametrize(
    ("language", "minor", "currency", "said"),
    [
        ("en", 123456789, "USD", "$1,234,567.89"),
        ("en", -5, "USD", "−$0.05"),
        ("en", 1234, "JPY", "¥1,234"),
        ("en", 1234567, "KWD", f"KWD{HARD}1,234.567"),
        ("en-GB", 500, "USD", "US$5.00"),
        ("fr", 123456789, "EUR", f"1{NARROW}234{NARROW}567,89{HARD}€"),
        ("fr", -500, "CHF", f"−5,00{HARD}CHF"),
        ("fr-CH", 123456, "CHF", f"1{NARROW}234.56{HARD}CHF"),
        ("de", 123456, "EUR", f"1.234,56{HARD}€"),
        ("de-AT", 123456, "EUR", f"€{HARD}1.234,56"),
        ("de-CH", 123456, "CHF", f"CHF{HARD}1’234.56"),
        ("de-CH", -500, "CHF", "CHF−5.00"),
        ("es", 123456, "EUR", f"1.234,56{HARD}€"),
        ("it", 123456, "EUR", f"1.234,56{HARD}€"),
        ("it", 1234, "JPY", f"1.234{HARD}JPY"),
        ("nl", 123456, "EUR", f"€{HARD}1.234,56"),
        ("nl", -500, "EUR", f"€{HARD}−5,00"),
        ("nl", 1234567, "KWD", f"KWD{HARD}1.234,567"),
    ],
)
def test_money_has_the_decimals_of_its_currency(language, minor, currency, said) -> None:
    assert formats(language).money(minor, currency) == said


@pytest.mark.parametrize(
    ("amount", "currency", "said"),
    [
        ("3.2", "EUR", "€3.20"),
        ("0.0000123456", "EUR", "€0.0000123456"),
        ("411.50", "JPY", "¥411.50"),
        ("-2", "EUR", "−€2.00"),
    ],
)
def test_a_price_is_never_rounded(amount, currency, said) -> None:
    assert formats("en").price(Decimal(amount), currency) == said


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "5.5%"),
        ("fr", f"5,5{HARD}%"),
        ("fr-CH", "5,5%"),
        ("de", f"5,5{HARD}%"),
        ("de-CH", "5.5%"),
        ("es", f"5,5{HARD}%"),
        ("it", "5,5%"),
        ("nl", "5,5%"),
    ],
)
def test_percent(language, said) -> None:
    assert formats(language).percent(Decimal("5.5")) == said


@pytest.mark.parametrize(
    ("language", "short", "medium", "long"),
    [
        ("en", "6/5/2013", "Jun 5, 2013", "June 5, 2013"),
        ("en-GB", "05/06/2013", "5 Jun 2013", "5 June 2013"),
        ("fr", "05/06/2013", "5 juin 2013", "5 juin 2013"),
        ("fr-CH", "05.06.2013", "5 juin 2013", "5 juin 2013"),
        ("de", "05.06.2013", "05.06.2013", "5. Juni 2013"),
        ("es", "5/6/2013", "5 jun 2013", "5 de junio de 2013"),
        ("it", "05/06/2013", "5 giu 2013", "5 giugno 2013"),
        ("nl", "05-06-2013", "5 jun 2013", "5 juni 2013"),
    ],
)
def test_a_day_has_its_whole_year(language, short, medium, long) -> None:
    on = date(2013, 6, 5)
    widths = ("short", "medium", "long")
    assert [formats(language).day(on, width=one) for one in widths] == [short, medium, long]


def test_the_first_of_a_month_may_have_a_name() -> None:
    said = formats("fr")
    assert said.day(date(2013, 6, 1), width="long", first="1er") == "1er juin 2013"
    assert said.day(date(2013, 6, 2), width="long", first="1er") == "2 juin 2013"


@pytest.mark.parametrize(
    ("language", "count", "category"),
    [
        ("en", "1", "one"),
        ("en", "0", "other"),
        ("en", "-1", "one"),
        ("fr", "0", "one"),
        ("fr", "1.5", "one"),
        ("fr", "2", "other"),
        ("fr", "1000000", "many"),
        ("de", "0", "other"),
        ("es", "1000000", "many"),
    ],
)
def test_the_plural_of_a_count(language, count, category) -> None:
    assert formats(language).category(Decimal(count)) == category


def test_countries_have_names() -> None:
    assert formats("fr").country("US") == "États-Unis"
    assert formats("it-CH").country("DE") == "Germania"
    assert formats("fr").country("ZZZ") == "ZZZ"


def test_a_country_that_is_not_known_of_a_language_counts_not() -> None:
    assert formats("fr-DE") is formats("fr")
    with pytest.raises(UnknownLocaleError):
        formats("tlh")
