"""Notes on late charges: one that does not sum, or that takes back too much, is told."""

import copy
from dataclasses import replace

from solde.ports.billing import Header
from solde.workflows.verify.waived import waived_sums
from tests.support.late_paper import closed_late, drafted, late, waived
from tests.unit.workflows.verify.test_late import BLANK

CHARGES = closed_late(drafted(late(("2026-08-15", 1_200_00)), "2026-12-31"))


def header(document: dict) -> Header:
    said = document["envelope"]
    gross = document["totals"]["gross"]
    kind = document["kind"]
    return replace(BLANK, id=said["id"], number=said["number"], kind=kind, gross_minor=gross)


def said(*documents: dict) -> list[str]:
    return list(waived_sums([(header(one), one) for one in documents]))


def test_notes_that_take_back_what_was_charged_hold() -> None:
    first, _ = waived(10_00)
    rest, _ = waived(None, None, first)
    assert said(CHARGES, first, rest) == []


def test_more_than_was_charged_is_told() -> None:
    whole, _ = waived()
    found = said(CHARGES, whole, waived(1)[0])
    assert found == ["lch_1: interest: expected at most 3074 waived, found 3075"]
    assert said(waived(None, 1)[0]) == ["lch_1: fee: expected at most 0 waived, found 1"]


def test_a_note_that_does_not_sum_is_told() -> None:
    note = copy.deepcopy(waived()[0])
    note["lines"][0]["net"] += 1
    assert [one.partition(":")[2].split(":")[0].strip() for one in said(CHARGES, note)] == [
        "interest and fee",
        "gross",
        "taken back",
        "total shown",
    ]
    note = copy.deepcopy(waived()[0])
    note["taxes"] = [{"category": "S", "rate": "20", "base": 0, "tax": 0}]
    assert len(said(CHARGES, note)) == 1
