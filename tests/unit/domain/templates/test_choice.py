"""Which layers a document takes: the most specific first, by its day of issue."""

from datetime import date

import pytest

from solde.domain.errors import InvalidError
from solde.domain.templates import (
    Choice,
    Template,
    chosen,
    drafted,
    must_follow,
    pinned,
    with_choice,
)

NOVEMBER, DECEMBER, JANUARY = date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1)
TODAY = date(2026, 11, 27)
KNOWN = (
    Choice("FR", 1, NOVEMBER),
    Choice("FR::fr", 2, NOVEMBER),
    Choice("FR::fr-BE", 1, NOVEMBER),
    Choice("FR:retail", 1, NOVEMBER),
    Choice("FR:retail:de", 1, NOVEMBER),
)


def names(group: str, language: str) -> list[str]:
    return [one.template for one in chosen(KNOWN, "FR", group, language)]


def test_a_group_comes_before_a_language_and_both_before_one() -> None:
    assert names("", "en") == ["FR"]
    assert names("", "fr-FR") == ["FR::fr", "FR"]
    assert names("", "fr-BE") == ["FR::fr-BE", "FR::fr", "FR"]
    assert names("retail", "de-AT") == ["FR:retail:de", "FR:retail", "FR"]
    assert names("retail", "fr") == ["FR:retail", "FR::fr", "FR"]
    assert names("trade", "fr") == ["FR::fr", "FR"]


def test_a_choice_says_what_of_usage_its_version_shows() -> None:
    shows = Template("FR", 1, TODAY, show={"annex": True, "usage_chart": False, "subtotals": True})
    assert with_choice((), shows, TODAY) == (Choice("FR", 1, TODAY, ("annex",)),)


def test_the_day_of_issue_decides_between_versions() -> None:
    known = (*KNOWN[:2], Choice("FR", 2, DECEMBER))
    document = {"templates": drafted(chosen(known, "FR", "", "fr"))}
    assert pinned(document, "2026-11-30") == [("FR::fr", 2), ("FR", 1)]
    assert pinned(document, "2026-12-01") == [("FR::fr", 2), ("FR", 2)]
    assert pinned(document, "2026-10-31") == []
    assert pinned({}, "2026-11-30") == []


def test_what_no_later_document_can_take_is_left_out() -> None:
    first = with_choice((), Template("FR", 1, NOVEMBER), NOVEMBER)
    planned = with_choice(first, Template("FR", 2, JANUARY), TODAY)
    assert planned == (Choice("FR", 1, NOVEMBER), Choice("FR", 2, JANUARY))
    again = with_choice(planned, Template("FR", 3, JANUARY), TODAY)
    assert again == (Choice("FR", 1, NOVEMBER), Choice("FR", 3, JANUARY))
    later = with_choice(again, Template("FR", 4, date(2027, 2, 1)), date(2027, 1, 15))
    assert [one.version for one in later] == [3, 4]
    assert with_choice(KNOWN, Template("FR", 2, TODAY), TODAY)[1] == Choice("FR", 2, TODAY)


def test_versions_follow_each_other_from_days_to_come() -> None:
    before = Template("FR", 1, NOVEMBER)
    must_follow(Template("FR", 1, TODAY), None, TODAY)
    must_follow(Template("FR", 2, TODAY), before, TODAY)
    for new, old, said in (
        (Template("FR", 2, TODAY), None, "version: expected 1, found 2"),
        (Template("FR", 3, TODAY), before, "version: expected 2, found 3"),
        (Template("FR", 2, NOVEMBER), before, "since: expected 2026-11-27 or later"),
    ):
        with pytest.raises(InvalidError, match=said):
            must_follow(new, old, TODAY)
