"""Register: gaps, broken chains, dates that fall, copies and documents that are missing."""

from dataclasses import replace
from datetime import date, timedelta

from solde.ports.audit import Stored
from solde.ports.runs import RunStatus
from solde.workflows.bill_run.publish import register_key
from solde.workflows.verify.register import numbers_gapless
from tests.support.seller import Seller

SERIES = "FRA-2013"


def said(seller: Seller, stored: Stored) -> tuple[str, ...]:
    return numbers_gapless(stored, seller.objects).violations


def spoil(stored: Stored, place: int, **fields: object) -> None:
    stored.records.sort(key=lambda one: one.first)
    stored.records[place] = replace(stored.records[place], **fields)


def test_a_sound_register_has_a_document_for_every_number(seller: Seller, stored: Stored) -> None:
    found = numbers_gapless(stored, seller.objects)
    assert (found.code, found.counted, found.violations) == ("I7", 5, ())
    numbers = sorted(one.number for one in stored.headers)
    assert numbers == [f"{SERIES}-{number:06d}" for number in range(1, 6)]


def test_a_record_that_is_lost_leaves_a_gap_and_a_broken_chain(seller, stored) -> None:
    stored.records.sort(key=lambda one: one.first)
    lost = stored.records.pop(1)
    found = said(seller, stored)
    assert f"{SERIES}: number after 1: expected 2, found {lost.last + 1}" in found
    assert any(one.startswith(f"{SERIES} {lost.last + 1}: chain: expected ") for one in found)
    assert f"{SERIES}-000002: expected a number of the register" in found


def test_the_first_number_is_1_and_follows_nothing(seller: Seller, stored: Stored) -> None:
    spoil(stored, 0, first=2, previous_hash="x")
    found = said(seller, stored)
    assert f"{SERIES}: first number: expected 1, found 2" in found
    assert f"{SERIES}: first previous hash: expected , found x" in found


def test_dates_never_fall(seller: Seller, stored: Stored) -> None:
    day = date(2013, 5, 1)
    spoil(stored, 1, issued_on=day)
    assert f"{SERIES} 2: dated 2013-05-01, before 2013-06-01" in said(seller, stored)


def test_what_a_record_says_is_what_was_hashed(seller: Seller, stored: Stored) -> None:
    spoil(stored, 2, totals={"minor": 1})
    found = said(seller, stored)
    assert any(one.startswith(f"{SERIES} 3: hash: expected ") for one in found)
    assert f"{SERIES} 3: the copy in the archive is missing or differs" in found


def test_the_head_is_the_last_record(seller: Seller, stored: Stored) -> None:
    stored.heads[0] = replace(stored.heads[0], last=9)
    (found,) = said(seller, stored)
    assert found.startswith(f"{SERIES}: head: expected (5, '")
    stored.heads.clear()
    (found,) = said(seller, stored)
    assert found.endswith("found None")


def test_a_copy_that_is_missing_is_told(seller: Seller, stored: Stored) -> None:
    stored.records.sort(key=lambda one: one.first)
    del seller.objects.bodies[register_key(stored.records[1])]
    assert said(seller, stored) == (f"{SERIES} 2: the copy in the archive is missing or differs",)


def test_a_number_is_of_one_document_dated_as_the_register_says(seller, stored) -> None:
    stored.headers.sort(key=lambda one: one.number)
    first, second = stored.headers[:2]
    later = first.issued_on + timedelta(days=1)
    stored.headers[0] = replace(first, issued_on=later)
    stored.headers[1] = replace(second, number="FRA-2013-000099")
    assert said(seller, stored) == (
        "FRA-2013-000001: issue date: expected 2013-06-01, found 2013-06-02",
        "FRA-2013-000099: expected a number of the register",
        "FRA-2013-000002: documents: expected 1, found 0",
    )


def test_a_run_that_is_not_over_may_still_owe_its_documents(seller, stored) -> None:
    stored.headers.sort(key=lambda one: one.number)
    run_id = stored.headers.pop(0).run_id
    assert said(seller, stored) == ("FRA-2013-000001: documents: expected 1, found 0",)
    place = next(place for place, one in enumerate(stored.runs) if one.id == run_id)
    stored.runs[place] = replace(stored.runs[place], status=RunStatus.SEALED)
    assert said(seller, stored) == ()
