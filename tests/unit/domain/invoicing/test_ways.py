"""The ways to a customer: what goes with which, and how a choice becomes a version."""

from datetime import date

import pytest

from solde.domain.errors import InvalidError
from solde.domain.invoicing.ways import (
    ATTACHMENT,
    CHOICES_KEPT,
    STANDARD,
    Ways,
    WaysFrom,
    choose,
    folder_of,
    ways_document,
    ways_of,
)

DAY, NEXT = date(2027, 1, 1), date(2027, 1, 2)
ALL = Ways(("mail", "drop", "webhook"), "attachment", "a/b", "https://x.example/h?k=1")


def test_by_default_a_mail_brings_the_link() -> None:
    assert (STANDARD.ways, STANDARD.mail) == (("mail",), "link")
    assert Ways(mail=ATTACHMENT).mail == "attachment"


@pytest.mark.parametrize(
    ("fields", "pointer"),
    [
        ({"ways": ()}, "ways"),
        ({"ways": ("mail", "mail")}, "ways"),
        ({"ways": ("pigeon",)}, "ways"),
        ({"ways": ("drop",)}, "folder"),
        ({"folder": "a"}, "folder"),
        ({"ways": ("drop",), "folder": "../a"}, "folder"),
        ({"ways": ("drop",), "folder": "/a"}, "folder"),
        ({"ways": ("drop",), "folder": "a//b"}, "folder"),
        ({"ways": ("drop",), "folder": "a/{name}"}, "folder"),
        ({"ways": ("drop",), "folder": "a/{year"}, "folder"),
        ({"ways": ("drop",), "folder": "{customer.id}"}, "folder"),
        ({"ways": ("drop",), "folder": "a", "drop_to": "b"}, "drop_to"),
        ({"drop_to": "bucket"}, "drop_to"),
        ({"ways": ("webhook",)}, "url"),
        ({"url": "https://x.example/"}, "url"),
        ({"ways": ("webhook",), "url": "http://x.example/"}, "url"),
        ({"ways": ("webhook",), "url": "https://u:p@x.example/"}, "url"),
        ({"ways": ("webhook",), "url": "https://x.example:8443/"}, "url"),
        ({"ways": ("webhook",), "url": "https://x.example/ a"}, "url"),
        ({"ways": ("webhook",), "url": "https://x.example\\@y.example/"}, "url"),
    ],
)
def test_a_way_has_what_it_needs_and_nothing_else(fields, pointer) -> None:
    with pytest.raises(InvalidError) as refused:
        Ways(**fields)
    assert refused.value.pointer == f"/delivery/{pointer}"


def test_a_choice_is_a_version_from_its_day_on() -> None:
    once = choose((), ALL, DAY)
    assert once == (WaysFrom(1, DAY, ALL),)
    assert choose(once, ALL, NEXT) == once
    assert choose(once, None, NEXT)[-1] == WaysFrom(2, NEXT, None)
    assert choose((), None, DAY) == ()


def test_the_latest_choices_are_kept() -> None:
    found: tuple[WaysFrom, ...] = ()
    for number in range(12):
        found = choose(found, STANDARD if number % 2 else ALL, DAY)
    assert [one.number for one in found] == list(range(3, 13))
    assert len(found) == CHOICES_KEPT


def test_ways_come_back_from_their_document() -> None:
    assert ways_of(ways_document(ALL)) == ALL
    assert ways_of({"ways": ["mail"]}) == STANDARD
    own = Ways(("drop",), folder="{entity}/in", drop_to="bucket")
    assert ways_of(ways_document(own)) == own
    assert "drop_to" not in ways_document(ALL)


@pytest.mark.parametrize(
    ("customer", "folder"),
    [
        ("ACME", "FRA/ACME/2027-01"),
        ("../../x", "FRA/-.-..-x/2027-01"),
        ("a/b {year}", "FRA/a-b--year-/2027-01"),
    ],
)
def test_a_folder_names_facts_and_no_fact_leaves_it(customer, folder) -> None:
    facts = {"entity": "FRA", "customer": customer, "year": "2027", "month": "01"}
    named = Ways(("drop",), folder="{entity}/{customer}/{year}-{month}").folder
    assert folder_of(named, facts) == folder


def test_it_is_said_what_is_missing_and_what_is_too_much() -> None:
    with pytest.raises(InvalidError, match=r"^delivery.folder: expected one for drop, found ''$"):
        Ways(("drop",))
    with pytest.raises(InvalidError, match=r"expected none without drop, found 'a'$"):
        Ways(folder="a")
