"""Mentions as data: who has which, in which words, from which day; nothing is said in code."""

import string
from datetime import date

import pytest

from solde.domain.invoicing.legal import (
    TEXTS,
    Facts,
    When,
    mentions_of,
    text_of,
    texts,
)
from solde.domain.languages import COUNTRIES

PLACES = sorted(path.stem for path in TEXTS.glob("*.json"))
FACTS = Facts(business=True, late="legal", due="debits", taxed=True, category="E", reason="R")


@pytest.mark.parametrize(
    ("when", "fits"),
    [
        (When(), True),
        (When(business=True), True),
        (When(business=False), False),
        (When(late="legal"), True),
        (When(late="agreed"), False),
        (When(due="debits", taxed=True), True),
        (When(due="payment"), False),
        (When(taxed=False), False),
        (When(categories=("AE", "E")), True),
        (When(categories=("AE",)), False),
        (When(reasons=("R",)), True),
        (When(reasons=("*",)), True),
        (When(reasons=("S",)), False),
        (When(business=True, reasons=("S",)), False),
    ],
)
def test_all_that_a_condition_says_must_be_so(when: When, fits: bool) -> None:
    assert when.fits(FACTS) is fits


def test_conditions_are_those_of_the_file() -> None:
    """What a French seller says to businesses only, and the Union where the buyer owes the tax."""
    whens = {one.code: one.when for place in ("EU", "FR") for one in mentions_of(place)}
    assert whens["recovery_fee"] == When(business=True)
    assert whens["reverse_charge"] == When(categories=("AE",))


def test_a_fact_that_nobody_says_is_empty() -> None:
    facts = Facts(business=True, late="legal", due="issue", taxed=True)
    assert (facts.category, facts.reason) == ("", "")


def test_no_reason_is_not_any_reason() -> None:
    assert not When(reasons=("*",)).fits(Facts(True, "legal", "issue", True, "E", ""))


@pytest.mark.parametrize(
    ("country", "language", "day", "words"),
    [
        ("FR", "fr-FR", "2026-08-31", "TVA non applicable, article 293 B du CGI."),
        ("FR", "fr", "2027-12-31", "TVA non applicable, article 293 B du CGI."),
        ("FR", "fr", "2028-01-01", "TVA non applicable, article L. 223-1 du CIBS."),
        ("FR", "en", "2028-01-01", "VAT not applicable, article L. 223-1 of the French CIBS."),
    ],
)
def test_the_cgi_is_cited_until_the_end_of_2027(country, language, day, words) -> None:
    assert text_of("franchise", country, language, day) == words


def test_a_country_speaks_its_own_language_and_the_union_the_others() -> None:
    german = text_of("reverse_charge", "DE", "de", "2026-01-01")
    assert german.startswith("Steuerschuldnerschaft des Leistungsempfängers (§ 14a UStG")
    english = "Reverse charge: VAT is to be accounted for by the customer"
    assert text_of("reverse_charge", "DE", "en-GB", "2026-01-01").startswith(english)
    assert text_of("reverse_charge", "XX", "en", "2026-01-01").startswith(english)
    assert "283-2" in text_of("reverse_charge", "FR", "fr", "2026-01-01")
    assert "283-2" not in text_of("reverse_charge", "LU", "fr", "2026-01-01")


def test_a_mention_that_is_not_wanted_yet_has_no_words() -> None:
    assert text_of("cash_accounting", "DE", "de", "2027-12-31") == ""
    words = "Versteuerung nach vereinnahmten Entgelten."
    assert text_of("cash_accounting", "DE", "de", "2028-01-01") == words
    assert text_of("cash_accounting", "DE", "en", "2028-01-01") == "Cash accounting."


def test_what_nobody_has_words_for_is_an_error() -> None:
    with pytest.raises(KeyError, match="dance of FR in fr"):
        text_of("dance", "FR", "fr", "2026-01-01")


def test_the_words_of_a_draft_stand_in_the_order_of_its_mentions() -> None:
    draft = {
        "entity": {"address": {"country": "FR"}},
        "language": "fr",
        "mentions": [{"code": "recovery_fee"}, {"code": "no_discount"}],
    }
    said = texts(draft, "2026-01-01")
    assert [one[:12] for one in said] == ["Tout profess", "Pas d’escomp"]


@pytest.mark.parametrize("place", PLACES)
def test_every_mention_is_whole(place: str) -> None:
    common = {one.code for one in mentions_of("EU")}
    for one in mentions_of(place):
        assert one.group in ("payment", "seller", "tax", "document")
        assert (one.when is None) == (one.group == "document")
        assert one.versions, one.code
        days = [version.since for version in one.versions]
        assert days == sorted(set(days))
        assert all(date.fromisoformat(day) for day in days if day)
        for version in one.versions:
            assert version.source
            assert version.checked in ("official", "secondary", "none")
            named = {name for text in version.texts.values() for name in fields(text)}
            assert named == set(one.fields)
            assert all(fields(text) == named for text in version.texts.values())
            alone = place == "EU" or one.code not in common
            assert set(version.texts) == set(COUNTRIES) or not alone, one.code
            assert version.texts
            assert set(version.texts) <= set(COUNTRIES)


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_a_country_without_a_file_has_none_of_its_own() -> None:
    assert mentions_of("XX") == ()
    assert mentions_of("US") == ()
    assert {"FR", "DE", "ES", "IT", "NL", "BE", "GB", "US", "EU"} == set(PLACES)
