"""Number, issue date and due date from draft, register record and rank."""

from datetime import UTC, date, datetime

import pytest

from solde.domain.invoicing.envelope import Range, envelope, series
from solde.domain.invoicing.parties import Entity
from tests.support.story import ADDRESS


def seller(fiscal_year_starts: int = 1) -> Entity:
    return Entity("fr", 1, "Seller", ADDRESS, "EUR", "fr", "UTC", "FR", "F", 30, fiscal_year_starts)


@pytest.mark.parametrize(
    ("starts", "kind", "on", "name"),
    [
        (1, "invoice", "2027-01-01", "F-2027"),
        (1, "credit_note", "2027-12-31", "F-CN-2027"),
        (7, "invoice", "2027-06-30", "F-2027"),  # a year is labelled by its end
        (7, "invoice", "2027-07-01", "F-2028"),
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
