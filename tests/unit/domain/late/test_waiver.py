"""A note on late charges: what is left of each part, what is waived, what the note says."""

import pytest

from solde.domain.errors import InvalidError
from solde.domain.invoicing.taken import given_back
from solde.domain.late import Waive, left_of, wanted_of
from solde.domain.late.waiver import Left
from solde.domain.ledger import entry_of_document
from tests.support.late_paper import closed_late, drafted, late, waived
from tests.support.second_opinion import broken

CHARGES = closed_late(drafted(late(("2026-08-15", 1_200_00)), "2026-12-31"))
"""Interest of 30.74, and 40.00."""


def test_all_that_is_left_is_waived_where_nothing_is_said() -> None:
    document, tree = waived()
    assert document["kind"] == "late_credit"
    assert document["lines"] == [
        {"line": 1, "kind": "interest", "account": "7631", "net": 30_74},
        {"line": 2, "kind": "recovery_fee", "account": "7631", "net": 40_00},
    ]
    assert document["totals"] == {
        "net": 70_74,
        "tax": 0,
        "gross": 70_74,
        "prepaid": 0,
        "due": 70_74,
    }
    assert (document["taxes"], document["mentions"], document["group"]) == ([], [], {"apart": ""})
    assert document["corrects"] == [
        {
            "id": "lch_1",
            "number": "FR-LC-2026-000001",
            "issued_on": "2026-08-20",
            "amount": 70_74,
            "taxes": [],
        }
    ]
    assert document["waived"] == {
        "interest": 30_74,
        "fee": 40_00,
        "request": "wvr_1",
        "reason": "A gesture",
    }
    assert (document["schema"], document["engine"], document["currency"]) == (1, "1", "EUR")
    assert (document["customer"]["id"], document["entity"]["code"]) == ("cus_1", "FRA")
    assert (document["language"], document["time_zone"]) == ("fr-FR", "Europe/Paris")
    assert document["terms"] == {"days": 0, "collection": "send"}
    assert document["period"] == CHARGES["period"]
    assert given_back(document) == {"lch_1": {"O/0": 70_74}}
    assert dict(entry_of_document(document).movements) == {"411": -70_74, "7631": 70_74}
    assert tree == {
        "schema": 2,
        "engine": "1",
        "tariffs": [],
        "lines": [{"how": "waived", "of": "interest"}, {"how": "waived", "of": "fee"}],
        "waived": {
            "interest": {"charged": 30_74, "before": 0, "amount": 30_74},
            "fee": {"charged": 40_00, "before": 0, "amount": 40_00},
        },
    }
    assert broken(document, tree) == []


def test_a_part_alone_has_one_line_and_the_rest_is_left() -> None:
    first, _ = waived(10_00)
    assert [(one["line"], one["kind"], one["net"]) for one in first["lines"]] == [
        (1, "interest", 10_00)
    ]
    assert left_of(CHARGES, [first]) == {"interest": Left(30_74, 10_00), "fee": Left(40_00, 0)}
    assert left_of(CHARGES, [first])["interest"].rest == 20_74
    second, tree = waived(None, 40_00, first)
    assert [(one["line"], one["kind"]) for one in second["lines"]] == [(1, "recovery_fee")]
    assert tree["lines"] == [{"how": "waived", "of": "fee"}]
    rest, tree = waived(None, None, first, second)
    assert rest["totals"]["gross"] == 20_74
    assert tree["waived"]["fee"] == {"charged": 40_00, "before": 40_00, "amount": 0}
    assert broken(rest, tree) == []


@pytest.mark.parametrize(
    ("wanted", "said", "pointer"),
    [
        (
            Waive("r", interest=30_75),
            "interest: expected at most 3074, which is left of 3074, found 3075, a difference of 1",
            "/interest",
        ),
        (
            Waive("r", fee=41_00),
            "fee: expected at most 4000, which is left of 4000, found 4100, a difference of 100",
            "/fee",
        ),
        (Waive("r", 0, 0), "late charges: expected something left to waive, found 0", ""),
    ],
)
def test_more_than_is_left_and_nothing_are_refused(wanted, said, pointer) -> None:
    with pytest.raises(InvalidError, match=f"^{said}$") as refused:
        wanted_of(left_of(CHARGES, ()), wanted)
    assert refused.value.pointer == pointer


def test_where_all_is_waived_nothing_is_left() -> None:
    whole, _ = waived()
    with pytest.raises(InvalidError, match="expected something left"):
        waived(None, None, whole)


def test_exactly_what_is_left_is_waived() -> None:
    assert Waive("r").reason == ""
    assert wanted_of(left_of(CHARGES, ()), Waive("r", 30_74, 40_00)) == {
        "interest": 30_74,
        "fee": 40_00,
    }
