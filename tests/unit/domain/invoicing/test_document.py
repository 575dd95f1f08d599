"""The draft as JSON: numbers as text, days twice, what the law wants said."""

from dataclasses import replace
from decimal import Decimal

import pytest

from solde.domain.catalog import ChargeKind
from solde.domain.discounts import Discount, Grant, Level, Offer
from solde.domain.invoicing.canonical import canonical, opened
from solde.domain.invoicing.document import covered_until, gross
from solde.domain.money import Money
from solde.domain.pricing.flat import Flat
from solde.domain.pricing.graduated import Graduated
from solde.domain.pricing.tiers import Tier
from solde.domain.subscriptions import Cancelled, DiscountGranted, Item
from tests.support.story import Story, day

D = Decimal


@pytest.fixture
def story() -> Story:
    told = Story(regime="FR")
    told.sells("fee", ChargeKind.ADVANCE, Flat(D("49.00")))
    tiers = (Tier(D(100), D("0.10")), Tier(D(200), D("0.075")), Tier(None, D("0.05")))
    told.sells("calls", ChargeKind.USAGE, Graduated(tiers))
    told.subscribes("s", "2027-06-01", {"fee": 1})
    return told


def test_three_tiers_are_one_line_with_their_walk(story: Story) -> None:
    """100 × 0.10 + 100 × 0.075 + 50.5 × 0.05 = 20.025, rounded once: 20.03."""
    story.subscribes("u", "2027-06-01", {"calls": 1})
    story.uses("calls", "2027-06-10", "250.5")
    story.bills("2027-07-01")
    (line,) = (one for one in story.documents[-1]["lines"] if one["kind"] == "usage")
    assert line["steps"] == [
        ["100", "0.1", "10", ""],
        ["100", "0.075", "7.5", ""],
        ["50.5", "0.05", "2.525", ""],
    ]
    assert (line["exact"], line["net"], line["units"]) == ("20.025", 20_03, "250.5")
    said = {"quantity": "1", "unit": "C62", "price": "20.03", "base_quantity": 1}
    assert line["expression"] == said


def test_days_are_told_half_open_and_by_the_last(story: Story) -> None:
    story.bills("2027-06-01")
    (document,) = story.documents
    june = {"start_on": "2027-06-01", "end_on": "2027-07-01", "last_on": "2027-06-30"}
    assert document["period"] == document["lines"][0]["service"] == june
    assert covered_until(document) == day("2027-07-01")
    assert gross(document) == Money(58_80, "EUR")  # 49.00 and 20 %


def test_the_number_of_events_is_written_where_the_item_says(story: Story) -> None:
    said = Item("sit_u", "calls", "calls", D(1), "{count} calls")
    story.subscribes("u", "2027-06-01", {"calls": 1})
    story.subscriptions["u"] = replace(story.subscriptions["u"], items=(said,))
    story.uses("calls", "2027-06-10", 7)
    story.uses("calls", "2027-06-11", 5)
    story.bills("2027-07-01")
    told = [line["description"] for line in story.documents[-1]["lines"] if line["count"]]
    assert told == ["2 calls"]


@pytest.mark.parametrize(
    ("level", "said"), [(Level.LINE, "discounts"), (Level.DOCUMENT, "allowances")]
)
def test_what_is_off_a_line_is_said_on_it(story: Story, level: Level, said: str) -> None:
    """10 % of 49.00, of the line or of the document; the other line has nothing off."""
    on = day("2027-06-01")
    offer = Offer("Ten", Discount(percent=D(10)), level)
    story.changes("s", DiscountGranted(on, 1, Grant("g1", offer, on)))
    story.subscribes("t", "2027-06-01", {"fee": 1})
    story.bills("2027-06-01")
    off, whole = story.documents[-1]["lines"]
    (one,) = off[said]
    assert (one["id"], one["amount"]) == ("g1", 4_90)
    assert not {"discounts", "allowances"} & whole.keys()


def test_goods_are_told_and_services_go_without_saying(story: Story) -> None:
    story.bills("2027-06-01")
    assert story.documents[-1]["lines"][0]["product"] == {"id": "standard", "name": "Standard"}
    sold = story.products["standard"]
    story.products["standard"] = replace(sold, nature="goods")
    story.bills("2027-07-01")
    assert story.documents[-1]["lines"][0]["product"]["nature"] == "goods"


def test_a_credit_note_names_what_it_corrects(story: Story) -> None:
    story.bills("2027-06-01")
    story.changes("s", Cancelled(day("2027-06-16"), 1))
    story.bills("2027-06-16")
    invoice, note = story.documents
    original = {"id": "inv_1", "number": "E-1", "issued_on": "2027-06-01"}
    taken = {"category": "S", "rate": "20", "before": 0, "base": 24_50, "tax": 4_90}
    assert "corrects" not in invoice
    assert note["corrects"] == [{**original, "taxes": [taken]}]
    assert note["lines"][0]["corrects"] == original
    assert note["lines"][0]["expression"]["quantity"] == "15"  # days, positive on a credit note


def test_only_a_proved_business_pays_for_being_late(story: Story) -> None:
    story.bills("2027-06-01")
    story.customer = replace(story.customer, business=True)
    story.bills("2027-07-01")
    story.customer = replace(story.customer, registration={"siren": "998877665"})
    story.bills("2027-08-01")
    codes = [[one["code"] for one in each["mentions"]] for each in story.documents]
    assert codes == [
        ["no_discount"],
        ["no_discount"],
        ["no_discount", "late_penalty", "recovery_fee"],
    ]


def test_equal_inputs_give_equal_bytes(story: Story) -> None:
    again = Story(regime="FR", prices=story.prices, products=story.products, meters=story.meters)
    again.subscribes("s", "2027-06-01", {"fee": 1})
    for one in (story, again):
        one.bills("2027-06-01")
    first, second = (canonical(opened(one.documents[0])) for one in (story, again))
    assert first == second
