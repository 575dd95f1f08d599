"""Late charges: an amount that does not follow, a day or a fee that is charged twice, are told."""

from dataclasses import replace
from datetime import date

import pytest

from solde.domain.late import LateCharged, late_charged
from solde.ports.audit import Stored
from solde.ports.billing import Header, PackSlice
from solde.workflows.verify.late import late_once, late_sums
from tests.support.late_paper import before, closed_late, drafted, late

DAY = date(2026, 5, 31)
BLANK = Header(
    id="inv_1",
    number="FR-2026-000001",
    customer_id="cus_1",
    entity="fr",
    kind="invoice",
    currency="EUR",
    gross_minor=1_200_00,
    net_minor=1_200_00,
    issued_on=DAY,
    due_on=DAY,
    covered_to=DAY,
    run_id="run_1",
    draft_digest="",
    sha256="",
    place=PackSlice("", 0, 0),
)
WHOLE = closed_late(drafted(late(("2026-08-15", 1_200_00)), "2026-12-31"))
REST = closed_late(drafted(late(earlier=(before("2026-06-30", 11_98),)), "2026-08-15"), number=2)


def header(document: dict) -> Header:
    said = document["envelope"]
    return replace(
        BLANK,
        id=said["id"],
        number=said["number"],
        kind="late_charge",
        gross_minor=document["totals"]["gross"],
        late=late_charged(document),
    )


def charged(number: int, through: str, fee: int) -> Header:
    said = LateCharged("inv_1", date.fromisoformat(through), 1_00, fee, "r")
    return replace(BLANK, id=f"lch_{number}", number=f"LC-{number}", late=said)


FIRST = closed_late(drafted(late(), "2026-06-30"))
"""11.98 and the fee; the rest comes with `REST`."""


def said(*documents: dict) -> list[str]:
    return list(late_sums([(header(one), one) for one in documents]))


def test_sound_documents_follow_from_what_they_say() -> None:
    assert said(WHOLE) == []
    assert said(REST, FIRST) == []


def test_a_line_of_another_amount_is_told() -> None:
    lines = [{**WHOLE["lines"][0], "net": 11_99}, *WHOLE["lines"][1:]]
    found = list(late_sums([(header(WHOLE), {**WHOLE, "lines": lines})]))
    assert found[0].startswith("FR-LC-2026-000001: interest by days: expected ")
    assert found[1:] == [
        "FR-LC-2026-000001: interest and fee: expected 7075, found 7074",
        "FR-LC-2026-000001: gross: expected 7075, found 7074",
        "FR-LC-2026-000001: total shown: expected 7075, found 7074",
        "FR-LC-2026-000001: interest charged so far: expected 3075, found 3074",
    ]


def test_another_payment_another_rate_another_header_are_told() -> None:
    spoilt = {**WHOLE["late"], "settled": [["2026-08-14", 1_200_00]]}
    (found,) = said({**WHOLE, "late": spoilt})
    assert "interest by days" in found
    rates = [{**one, "points": "8"} for one in WHOLE["late"]["rates"]]
    (found,) = said({**WHOLE, "late": {**WHOLE["late"], "rates": rates}})
    assert "interest by days" in found
    wrong = replace(header(WHOLE), late=LateCharged("inv_1", DAY, 30_74, 40_00, "lrq_1"))
    (found,) = late_sums([(wrong, WHOLE)])
    assert "charges shown" in found


def test_interest_that_no_earlier_document_has_charged_is_told() -> None:
    """18.76 are left of 30.74, but nobody charged the 11.98 that were taken off."""
    assert said(REST) == ["FR-LC-2026-000002: interest charged so far: expected 3074, found 1876"]


def test_charges_that_take_turns_are_sound() -> None:
    found = [
        replace(BLANK, late_to=date(2026, 8, 15)),
        charged(2, "2026-08-15", 0),
        charged(1, "2026-06-30", 40_00),
    ]
    assert late_once(Stored(headers=found)).violations == ()


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (
            [charged(1, "2026-06-30", 40_00), charged(2, "2026-06-30", 0)],
            "inv_1: charged through 2026-06-30, after 2026-06-30",
        ),
        (
            [charged(1, "2026-06-30", 40_00), charged(2, "2026-08-15", 40_00)],
            "inv_1: fees: expected 1, found 2",
        ),
        ([charged(1, "2026-06-30", 0)], "inv_1: fees: expected 1, found 0"),
        (
            [replace(BLANK, late_to=date(2026, 6, 30))],
            "FR-2026-000001: charged through 2026-06-30 by no document",
        ),
        (
            [replace(BLANK, late_to=date(2026, 6, 29)), charged(1, "2026-06-30", 40_00)],
            "inv_1: charged through: expected 2026-06-30, found 2026-06-29",
        ),
    ],
)
def test_what_is_charged_twice_or_by_nobody_is_told(found, said) -> None:
    assert said in late_once(Stored(headers=found)).violations
