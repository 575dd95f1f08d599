"""What a commitment misses, and what is above a cap: agreed by days, and all that counts."""

from decimal import Decimal

import pytest

from solde.domain.catalog import ChargeKind
from solde.domain.pricing.flat import Flat
from solde.domain.pricing.per_unit import PerUnit
from solde.domain.subscriptions import Cancelled
from tests.support.second_opinion import broken
from tests.support.story import Story, day

D = Decimal


@pytest.fixture
def story() -> Story:
    told = Story()
    told.sells("calls", ChargeKind.USAGE, PerUnit(D("1.00")))
    told.sells("power", ChargeKind.USAGE, PerUnit(D("1.00")), tax_class="reduced")
    told.sells("least", ChargeKind.COMMITMENT, Flat(D("300.00")))
    return told


def test_what_is_missing_is_told_with_the_days_agreed_and_each_charge_that_counts(story) -> None:
    """300.00 a month for 12 of 30 days is 120.00; 20.00 were spent: 100.00 is missing."""
    story.subscribes("s", "2027-06-01", {"calls": 1, "least": 1})
    story.uses("calls", "2027-06-02", 20)
    story.changes("s", Cancelled(day("2027-06-13"), 1))
    story.bills("2027-06-13")
    (document,), (tree,) = story.documents, story.trees()
    assert tree["lines"][1] == {"how": "commitment", "tariff": 1, "commitment": 0}
    assert document["lines"][1]["exact"] == "100"
    assert tree["commitments"] == [
        {
            "item": "sit_least",
            "across": False,
            "eligible": [],
            "parts": [
                {
                    "start_on": "2027-06-01",
                    "end_on": "2027-06-13",
                    "rows": [["1", "300"]],
                    "share": "2/5",
                }
            ],
            "floor": 120_00,
            "counted": [
                {
                    "subscription": "sub_s",
                    "item": "sit_calls",
                    "product": "standard",
                    "price": "calls",
                    "version": 1,
                    "start_on": "2027-06-01",
                    "end_on": "2027-06-13",
                    "net": 20_00,
                }
            ],
            "missing": 100_00,
        }
    ]
    assert broken(document, tree) == []


def test_only_eligible_charges_of_all_subscriptions_count(story) -> None:
    story.sells(
        "total", ChargeKind.COMMITMENT, Flat(D("50.00")), across=True, eligible=("reduced",)
    )
    story.subscribes("a", "2027-06-01", {"calls": 1, "total": 1})
    story.subscribes("b", "2027-06-01", {"power": 1})
    story.uses("calls", "2027-06-02", 40)
    story.uses("power", "2027-06-02", 10)
    story.bills("2027-07-01")
    (tree,) = story.trees()
    (one,) = tree["commitments"]
    assert (one["across"], one["eligible"]) == (True, ["reduced"])
    assert [(each["subscription"], each["net"]) for each in one["counted"]] == [("sub_b", 10_00)]
    assert one["missing"] == 40_00
    assert broken(story.documents[0], tree) == []


def test_a_commitment_that_was_reached_after_all_says_why_nothing_is_missing(story) -> None:
    story.subscribes("s", "2027-06-01", {"calls": 1, "least": 1})
    story.uses("calls", "2027-06-02", 290)
    story.bills("2027-07-01")
    story.uses("calls", "2027-06-03", 25)
    story.bills("2027-07-02")
    document, tree = story.documents[-1], story.trees()[-1]
    key = tree["keys"][tree["lines"][-1]["key"]]
    assert key["now"] == [{"start_on": "2027-06-01", "end_on": "2027-07-01", "commitment": 0}]
    assert key["billed"] == [["inv_1", "10", 10_00]]
    # 300.00 - 315.00
    assert [each["net"] for each in tree["commitments"][0]["counted"]] == [315_00]
    assert tree["commitments"][0]["missing"] == 0
    assert tree["commitments"][0]["parts"] == [
        {"start_on": "2027-06-01", "end_on": "2027-07-01", "rows": [["1", "300"]]}
    ]
    assert [line["exact"] for line in document["lines"]] == ["25", "-10"]
    assert broken(document, tree) == []


def test_what_is_missing_is_cut_where_the_rate_of_tax_changes() -> None:
    """31.00 from 15 December 2013 to 15 January: 17 days at 19.6 %, and 14 at 20 %."""
    story = Story(regime="FR")
    story.sells("least", ChargeKind.COMMITMENT, Flat(D("31.00")))
    story.subscribes("s", "2013-12-15", {"least": 1})
    story.bills("2014-01-15")
    (document,), (tree,) = story.documents, story.trees()
    assert [line["exact"] for line in document["lines"]] == ["17", "14"]
    assert [one["cut"] for one in tree["lines"]] == ["17/31", "14/31"]
    assert len(tree["commitments"]) == 1
    assert broken(document, tree) == []


@pytest.fixture
def capped() -> Story:
    """Two meters of at most 100.00 a month, for 15 of 30 days: 50.00; power is at 0.50."""
    told = Story()
    told.sells("calls", ChargeKind.USAGE, PerUnit(D("1.00")))
    told.sells("power", ChargeKind.USAGE, PerUnit(D("0.50")), tax_class="reduced")
    told.sells("most", ChargeKind.CAP, Flat(D("100.00")))
    told.subscribes("s", "2027-06-16", {"calls": 1, "power": 1, "most": 1}, anchor="2027-06-01")
    return told


def test_what_is_above_a_cap_is_told_with_all_usage_that_counts_by_then(capped) -> None:
    """60.00 of calls are 10.00 above; 15.00 of power are above whole: 25.00 less 10.00."""
    capped.uses("calls", "2027-06-20", 60)
    capped.uses("power", "2027-06-20", 30)
    capped.bills("2027-07-01")
    (document,), (tree,) = capped.documents, capped.trees()
    days = {"start_on": "2027-06-16", "end_on": "2027-07-01"}
    calls, power = (
        {
            "subscription": "sub_s",
            "item": f"sit_{name}",
            "product": product,
            "price": name,
            "version": 1,
            **days,
            "gross": gross,
        }
        for name, product, gross in (("calls", "standard", 60_00), ("power", "reduced", 15_00))
    )
    limit = {
        "id": "cap:sit_most",
        "tariff": 1,
        "eligible": [],
        "parts": [{**days, "rows": [["1", "100"]], "share": "1/2"}],
        "most": 50_00,
    }
    assert tree["caps"] == [
        {**limit, "counted": [calls], "own": 1},
        {**limit, "counted": [calls, power], "own": 1},
    ]
    assert [one["off"] for one in tree["lines"]] == [
        {"grants": [["cap:sit_most", 10_00]], "caps": [0]},
        {"grants": [["cap:sit_most", 15_00]], "caps": [1]},
    ]
    assert tree["tariffs"][1]["price"] == "most"
    assert broken(document, tree) == []


def test_a_cap_for_other_products_is_not_told_of_a_line(story) -> None:
    story.sells("lid", ChargeKind.CAP, Flat(D("5.00")), eligible=("reduced",))
    story.subscribes("t", "2027-06-01", {"calls": 1, "power": 1, "lid": 1})
    story.uses("calls", "2027-06-20", 20)
    story.uses("power", "2027-06-20", 30)
    story.bills("2027-07-01")
    (document,), (tree,) = story.documents, story.trees()
    (one,) = tree["caps"]
    assert (one["eligible"], one["id"]) == (["reduced"], "cap:sit_lid")
    assert [each["product"] for each in one["counted"]] == ["reduced"]
    assert broken(document, tree) == []


def test_late_usage_compares_a_cap_again(capped) -> None:
    """10.00 were above; 5.00 more come: 15.00 are, of which the line takes 5.00."""
    capped.uses("calls", "2027-06-20", 60)
    capped.bills("2027-07-01")
    capped.uses("calls", "2027-06-21", 5)
    capped.bills("2027-07-02")
    document, tree = capped.documents[-1], capped.trees()[-1]
    off = tree["lines"][0]["off"]
    assert off == {
        "grants": [["cap:sit_most", 15_00]],
        "had": [["cap:sit_most", 10_00]],
        "caps": [0],
    }
    assert [one["gross"] for one in tree["caps"][0]["counted"]] == [65_00]
    assert broken(document, tree) == []
