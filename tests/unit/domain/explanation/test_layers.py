"""Units that were there together, each shared by its own beginning."""

from decimal import Decimal

from solde.domain.catalog import ChargeKind
from solde.domain.explanation.layers import layered
from solde.domain.periods import Period
from solde.domain.pricing.per_unit import PerUnit
from solde.domain.proration import Proration
from solde.domain.subscriptions import QuantityChanged
from tests.support.second_opinion import broken
from tests.support.story import Story, day

D = Decimal


def test_each_layer_has_its_days_its_units_and_its_share() -> None:
    """One device in June at 12.00, two more from the 16th: 12.00 + 24.00 × 15/30."""
    story = Story()
    price = PerUnit(D("12.00"))
    story.sells("device", ChargeKind.ARREARS, price, proration=Proration.ACTUAL_30)
    story.subscribes("s", "2027-06-01", {"device": 1})
    story.changes("s", QuantityChanged(day("2027-06-16"), 1, "sit_device", D(3)))
    story.bills("2027-07-01")
    (document,), (tree,) = story.documents, story.trees()
    (node,) = tree["lines"]
    assert (node["how"], document["lines"][0]["net"]) == ("layers", 24_00)
    june, later = node["layers"][-1], node["layers"][0]
    assert later == {
        "start_on": "2027-06-16",
        "end_on": "2027-07-01",
        "low": "1",
        "high": "3",
        "rows": [["3", "12"]],
        "less": [["1", "12"]],
        "share": "1/2",
    }
    assert (june["low"], june["high"], june["rows"]) == ("0", "1", [["1", "12"]])
    assert "share" not in june  # 30 of 30 days
    assert broken(document, tree) == []


def test_a_layer_of_some_days_is_cut_among_all() -> None:
    story = Story()
    price = PerUnit(D("12.00"))
    story.sells("device", ChargeKind.ARREARS, price, proration=Proration.HALF_MONTH)
    story.subscribes("s", "2027-06-21", {"device": 1}, anchor="2027-06-01")
    story.bills("2027-07-01")
    (proposal,) = story.plans[-1].reasons.proposals
    # 4 of the 10 days from the 21st, of half a month
    days = Period(day("2027-06-21"), day("2027-06-25"))
    assert layered(days, proposal.price, proposal) == {
        "cut": "2/5",
        "share": "1/2",
        "start_on": "2027-06-21",
        "end_on": "2027-07-01",
    }
