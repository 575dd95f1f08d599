"""The tree of late charges: what each stretch follows from, to be counted again by a stranger."""

from solde.domain.invoicing.mentions import LATE_AGREED
from solde.domain.late import late_tree
from tests.support.late_paper import before, closed_late, drafted, late
from tests.support.second_opinion import broken

JUNE = {"from_on": "2026-01-01", "reference": "2.15", "points": "10", "source": "ECB"}
JULY = {
    "from_on": "2026-07-01",
    "reference": "2.4",
    "points": "10",
    "source": "figures for the test",
}


def told(*settled: tuple[str, int], earlier=(), through: str = "2026-12-31") -> tuple[dict, dict]:
    """Return a document and its tree, which must hold."""
    one = late(*settled, earlier=earlier)
    draft = drafted(one, through)
    tree = late_tree(one, draft)
    assert broken(closed_late(draft), tree) == []
    return draft, tree


def test_two_half_years_and_the_fee() -> None:
    """30 days at 12.15 % are 11.9835…, which is 4374/365; then 46 at 12.40 % on top of 11.98."""
    _, tree = told(("2026-08-15", 1_200_00))
    assert tree == {
        "schema": 2,
        "engine": "1",
        "tariffs": [],
        "lines": [
            {"how": "interest", "rate": 0, "settled": 0},
            {
                "how": "interest",
                "rate": 1,
                "settled": 0,
                "before": {"exact": "4374/365", "gross": 11_98},
            },
            {"how": "recovery_fee"},
        ],
        "late": {
            "due_on": "2026-05-31",
            "through": "2026-08-15",
            "gross": 1_200_00,
            "settled": [["2026-08-15", 1_200_00]],
            "rates": [{**JUNE, "percent": "12.15"}, {**JULY, "percent": "12.4"}],
            "charged": [],
        },
    }


def test_what_is_settled_by_then_and_what_was_charged_before() -> None:
    """700.00 come on 15 June: 500.00 bear interest from the 16th on; 8.49 and 0.00 were charged."""
    earlier = (before("2026-06-20", 8_49), before("2026-06-30", 0, 0, number=2))
    earlier += (before("2026-07-05", 1_00, 0, number=3),)
    draft, tree = told(("2026-06-15", 700_00), ("2026-08-15", 500_00), earlier=earlier)
    assert [(one["how"], one.get("settled"), one.get("row")) for one in tree["lines"]] == [
        ("interest", 0, None),
        ("interest", 700_00, None),
        ("interest", 700_00, None),
        ("charged_before", None, 0),
        ("charged_before", None, 2),
    ]
    assert tree["late"]["charged"] == [["lch_1", 8_49, 40_00], ["lch_2", 0, 0], ["lch_3", 1_00, 0]]
    assert [one["rate"] for one in tree["lines"][:3]] == [0, 0, 1]
    assert draft["late"]["interest"] == 6_81  # 5.9917… + 2.4965… + 7.8136… - 9.49


def test_a_rate_that_was_agreed_counts_on_all_days() -> None:
    one = late(("2026-08-15", 1_200_00))
    one.document["mentions"].append({"code": LATE_AGREED, "percent": "12"})
    draft = drafted(one, "2026-12-31")
    tree = late_tree(one, draft)
    assert tree["late"]["rates"] == [{"agreed": "12", "percent": "12"}]
    assert [line.get("rate") for line in tree["lines"]] == [0, 0, None]
    assert broken(closed_late(draft), tree) == []
