"""Number, issue date and due date from draft, register record and rank."""

from datetime import UTC, date, datetime

import pytest

from solde.domain.invoicing.envelope import Range, due_by, envelope, series
from solde.domain.invoicing.parties import Entity
from tests.support.story import ADDRESS


def seller(fiscal_year_starts: int = 1) -> Entity:
    return Entity("fr", 1, "Seller", ADDRESS, "EUR", "fr", "UTC", "FR", "F", 30, fiscal_year_starts)


@pytest.mark.parametrize(
    ("starts", "kind", "on", "name"),
    [
        (1, "invoice", "2027-01-01", "F-2027"),
        (1, "credit_note", "2027-12-31", "F-CN-2027"),
        (1, "deposit", "2027-06-30", "F-DP-2027"),
        (1, "pro_forma", "2027-06-30", "F-PF-2027"),
        (7, "invoice", "2027-06-30", "F-2027"),  # a year is labelled by its end
        (7, "invoice", "2027-07-01", "F-2028"),
        (2, "invoice", "2027-01-31", "F-2027"),
        (2, "invoice", "2027-02-01", "F-2028"),
    ],
)
def test_a_series_for_each_kind_and_fiscal_year(starts, kind, on, name) -> None:
    assert series(seller(starts), kind, date.fromisoformat(on)) == name


def test_the_rank_counts_within_the_range() -> None:
    at = datetime(2027, 1, 31, 5, tzinfo=UTC)
    taken = Range("F-2027", "invoice", 41, 43, date(2027, 1, 31), at)
    draft = {"kind": "invoice", "terms": {"days": 30}}
    found = envelope(draft, taken, 2)
    assert found | {"id": ""} == {
        "id": "",
        "number": "F-2027-000043",
        "issued_on": "2027-01-31",
        "due_on": "2027-03-02",
    }
    assert found["id"].startswith("inv_")
    assert envelope(draft, taken, 2) == found
    assert envelope(draft, taken, 1)["id"] != found["id"]
    assert envelope({**draft, "kind": "credit_note"}, taken, 2)["id"].startswith("crn_")
    assert envelope({**draft, "kind": "deposit"}, taken, 2)["id"].startswith("inv_")


@pytest.mark.parametrize(
    ("terms", "issued_on", "due_on"),
    [
        ({"days": 30}, "2027-01-31", "2027-03-02"),
        ({"days": 45, "kind": "end_of_month_plus_days"}, "2027-01-10", "2027-03-17"),
        ({"days": 0, "kind": "end_of_month_plus_days"}, "2028-02-03", "2028-02-29"),
        # 30 January 2027 is a Saturday.
        ({"days": 0, "roll": "following"}, "2027-01-30", "2027-02-01"),
        ({"days": 0, "roll": "modified_following"}, "2027-01-30", "2027-01-29"),
        ({"days": 0, "roll": "preceding"}, "2027-01-31", "2027-01-29"),
        ({"days": 1, "roll": "following"}, "2027-01-31", "2027-02-01"),
        # 45 days from 31 March 2027: 15 May, a Saturday.
        (
            {"days": 45, "kind": "end_of_month_plus_days", "roll": "following"},
            "2027-03-02",
            "2027-05-17",
        ),
        # the same in France: 17 May is Whit Monday
        (
            {
                "days": 45,
                "kind": "end_of_month_plus_days",
                "roll": "following",
                "calendar": "FR",
            },
            "2027-03-02",
            "2027-05-18",
        ),
        # Good Friday of TARGET goes back to Thursday, behind Easter Monday it is Tuesday
        ({"days": 0, "roll": "preceding", "calendar": "TARGET"}, "2027-03-26", "2027-03-25"),
        ({"days": 0, "roll": "following", "calendar": "TARGET"}, "2027-03-26", "2027-03-30"),
        ({"days": 0, "roll": "following", "calendar": "FR"}, "2027-03-26", "2027-03-26"),
    ],
)
def test_terms_say_by_when_to_pay(terms: dict, issued_on: str, due_on: str) -> None:
    assert due_by(terms, date.fromisoformat(issued_on)).isoformat() == due_on
