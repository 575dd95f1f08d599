"""Credits by hand: what each stands for, what was billed of it, what it is rounded on."""

from dataclasses import replace
from decimal import Decimal

from solde.domain.catalog import ChargeKind
from solde.domain.explanation.credits import credit
from solde.domain.pricing.per_unit import PerUnit
from solde.domain.rating import given
from solde.domain.subscriptions import Cancelled, QuantityChanged
from tests.support.second_opinion import broken
from tests.support.story import Story, day

D = Decimal


def opened(quantity: str = "1", amount: str = "100") -> Story:
    """June has 30 days, and is billed in advance."""
    told = Story()
    told.sells("seat", ChargeKind.ADVANCE, PerUnit(D(amount)))
    told.subscribes("s", "2027-06-01", {"seat": quantity})
    told.bills("2027-06-01")
    return told


def last_key(story: Story) -> dict:
    document, tree = story.documents[-1], story.trees()[-1]
    assert broken(document, tree) == []
    (key,) = tree["keys"]
    return key


def test_goodwill_is_told_as_an_amount_on_top_of_its_price() -> None:
    story = opened()
    story.credits(0, 20_00)
    story.bills("2027-06-02")
    key = last_key(story)
    assert [one["how"] for one in story.trees()[-1]["lines"]] == ["credit"]
    assert key["billed"] == [["inv_1", "100", 100_00]]
    assert key["credits"] == [
        {
            "id": "adj_0",
            "invoice": "inv_1",
            "start_on": "2027-06-01",
            "end_on": "2027-07-01",
            "amount": 20_00,
            "held": "1",
            "stands": "1",
            "served": [[30, "1"]],
            "of": [30, "1"],
            "billed": [],
            "elsewhere": [],
            "untold": [],
            "before": {"exact": "100", "gross": 100_00},
        }
    ]


def test_what_is_taken_back_takes_its_share_of_the_credit_along() -> None:
    """One of three seats for half of June: 15.00, less 9.00 × 1/3 × 1/2 = 1.50."""
    story = opened("3", "30")
    story.credits(0, 9_00)
    story.bills("2027-06-02")
    story.changes("s", QuantityChanged(day("2027-06-16"), 1, "sit_seat", D(2)))
    story.bills("2027-06-16")
    key = last_key(story)
    (credit,) = key["credits"]
    # 15 days of 3 seats and 15 of 2, of 30 days of 3
    assert (credit["served"], credit["of"], credit["stands"]) == (
        [[15, "3"], [15, "2"]],
        [30, "3"],
        "5/6",
    )
    assert credit["billed"] == [["inv_2", "-9", -9_00]]
    # credits by hand are out of the sums of the price
    assert key["billed"] == [["inv_1", "90", 90_00], ["inv_2", "0", 0]]
    (line,) = story.documents[-1]["lines"]
    assert (line["exact"], line["credited"]) == (
        "-13.5",
        [{"id": "adj_0", "exact": "1.5", "net": -1_50}],
    )


def test_price_and_credit_are_rounded_in_one_sum() -> None:
    """100.00 less 20.00, of which 16 of 30 days are not used: 42.666… goes back."""
    story = opened()
    story.credits(0, 20_00)
    story.bills("2027-06-02")
    story.changes("s", Cancelled(day("2027-06-15"), 1))
    story.bills("2027-06-15")
    key = last_key(story)
    (credit,) = key["credits"]
    # 100.00 × 14/30 = 46.666…, with the 20.00 credited 26.666…; 46.67 - 20.00
    assert credit["before"] == {"exact": "80/3", "gross": 26_67}
    assert story.documents[-1]["totals"]["net"] == 42_67


def test_a_credit_withdrawn_stands_for_nothing() -> None:
    story = opened()
    one = story.credits(0, 20_00)
    story.bills("2027-06-02")
    story.adjusts(replace(one, withdrawn=True))
    story.bills("2027-06-03")
    (credit,) = last_key(story)["credits"]
    assert (credit["withdrawn"], credit["billed"]) == (True, [["inv_2", "-20", -20_00]])
    assert story.documents[-1]["lines"][0]["exact"] == "20"


def test_each_of_two_credits_has_what_was_billed_of_it_alone() -> None:
    """20.00 and 5.00 of 100.00 are given back; then half of the month is not used."""
    story = opened()
    story.credits(0, 20_00)
    story.credits(0, 5_00)
    story.bills("2027-06-02")
    story.changes("s", Cancelled(day("2027-06-16"), 1))
    story.bills("2027-06-16")
    own = [one["billed"] for one in last_key(story)["credits"]]
    assert own == [[["inv_2", "-20", -20_00]], [["inv_2", "-5", -5_00]]]


def test_each_of_two_credits_has_what_another_document_bills_of_it_alone() -> None:
    story = opened()
    story.credits(0, 20_00)
    story.credits(0, 5_00)
    story.bills("2027-06-02")
    reasons = story.plans[-1].reasons
    assert reasons is not None
    one, other = given(reasons.proposals[0], reasons.billed, reasons.regime)
    assert credit(one, reasons.billed, reasons.charges, ())["elsewhere"] == [["-20", -20_00]]
    assert credit(other, reasons.billed, (), reasons.charges)["untold"] == [["-5", -5_00]]
