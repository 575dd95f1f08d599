"""Discounts in a tree: in the order in which they are taken, with what they are taken of."""

from decimal import Decimal
from typing import Any

import pytest

from solde.domain.catalog import ChargeKind
from solde.domain.discounts import Discount, Gift, Grant, Level, Offer, Order
from solde.domain.money import Money
from solde.domain.pricing.flat import Flat
from solde.domain.pricing.per_unit import PerUnit
from solde.domain.subscriptions import Cancelled, DiscountEnded, DiscountGranted, QuantityChanged
from tests.support.second_opinion import broken
from tests.support.story import Story, day

D = Decimal
TEN = Discount(percent=D(10))
FIVE_OFF = Discount(amount=Money(5_00, "EUR"))


@pytest.fixture
def story() -> Story:
    told = Story()
    told.sells("seat", ChargeKind.ADVANCE, Flat(D("100.00")))
    told.sells("desk", ChargeKind.ADVANCE, Flat(D("0.04")), tax_class="reduced")
    return told


def grants(told: Story, on: str, *discounts: Discount, level: Level = Level.LINE) -> None:
    for number, one in enumerate(discounts, 1):
        grant = Grant(f"g{number}", Offer(f"g{number}", one, level), day(on))
        told.changes("s", DiscountGranted(day(on), number, grant))


def told_of(told: Story, name: str) -> list[Any]:
    """Return what each line of the last document says of its discounts."""
    documents, trees = told.documents, told.trees()
    assert [one for each in zip(documents, trees, strict=True) for one in broken(*each)] == []
    return [node.get(name) for node in trees[-1]["lines"]]


@pytest.mark.parametrize(
    ("order", "said"),
    [
        # 100.00 − 10.00 − 5.00 = 85.00
        (Order.PERCENT_FIRST, {"grants": [["g2", "10"], ["g1", 5_00]]}),
        # 100.00 − 5.00 − 9.50 = 85.50
        (Order.AS_LISTED, {"grants": [["g1", 5_00], ["g2", "10"]]}),
        (Order.EACH_ON_ORIGINAL, {"grants": [["g2", "10"], ["g1", 5_00]], "of_full": 0}),
    ],
)
def test_the_first_line_of_a_key_tells_its_grants_as_they_are_taken(story, order, said) -> None:
    story.order = order
    story.subscribes("s", "2027-06-01", {"seat": 1})
    grants(story, "2027-06-01", FIVE_OFF, TEN)
    story.bills("2027-06-01")
    assert told_of(story, "off") == [said]


def test_an_amount_runs_by_days(story) -> None:
    """16 of 30 days: 53.33 less 2.67."""
    story.subscribes("s", "2027-06-15", {"seat": 1}, anchor="2027-06-01")
    grants(story, "2027-06-15", FIVE_OFF)
    story.bills("2027-06-15")
    assert told_of(story, "off") == [{"grants": [["g1", 5_00]], "share": "8/15"}]
    assert story.documents[-1]["lines"][0]["net"] == 50_66


def test_what_goes_back_tells_what_was_taken_off_and_how_much_of_it_stays(story) -> None:
    """10.00 were off 100.00; 16 of 30 days go back, and 5.33 of the discount."""
    story.subscribes("s", "2027-06-01", {"seat": 1})
    grants(story, "2027-06-01", TEN)
    story.bills("2027-06-01")
    story.changes("s", Cancelled(day("2027-06-15"), 9))
    story.bills("2027-06-15")
    assert told_of(story, "off") == [{"grants": [["g1", "10"]], "had": [["g1", 10_00]]}]


def test_a_discount_that_is_given_later_tells_what_it_adds(story) -> None:
    story.subscribes("s", "2027-06-01", {"seat": 1})
    story.bills("2027-06-01")
    grants(story, "2027-06-01", TEN)
    story.bills("2027-06-02")
    assert told_of(story, "off") == [{"grants": [["g1", "10"]]}]
    assert story.documents[-1]["totals"]["net"] == 10_00


def test_a_key_that_is_gone_tells_the_part_of_its_discounts_that_stays(story) -> None:
    story.subscribes("s", "2027-06-01", {"seat": 1})
    grants(story, "2027-06-01", TEN)
    story.bills("2027-06-01")
    story.changes("s", DiscountEnded(day("2027-06-01"), 8, "g1"))
    story.changes("s", Cancelled(day("2027-06-01"), 9))
    story.bills("2027-06-02")
    assert told_of(story, "off") == [
        {"left": "0", "billed": [["g1", 10_00]], "had": [["g1", 10_00]]}
    ]


def test_a_discount_of_the_document_names_all_lines_that_it_is_good_for(story) -> None:
    """10 % of 100.04 is 10.00: nothing of it comes off the line of 0.04, which shares it."""
    story.subscribes("s", "2027-06-01", {"seat": 1, "desk": 1})
    grants(story, "2027-06-01", TEN, level=Level.DOCUMENT)
    story.bills("2027-06-01")
    assert told_of(story, "off") == [None, None]
    assert story.trees()[-1]["allowances"] == [{"id": "g1", "percent": "10", "lines": [1, 2]}]
    assert [line.get("allowances") is None for line in story.documents[-1]["lines"]] == [
        False,
        True,
    ]


def test_a_percentage_of_the_full_amount_says_so(story) -> None:
    """10 % and then 5 % of 100.00 each, and 5.00 of what is left."""
    story.order = Order.EACH_ON_ORIGINAL
    story.subscribes("s", "2027-06-01", {"seat": 1})
    grants(story, "2027-06-01", TEN, FIVE_OFF, level=Level.DOCUMENT)
    story.bills("2027-06-01")
    assert told_of(story, "off") == [None]
    assert story.trees()[-1]["allowances"] == [
        {"id": "g1", "percent": "10", "of_full": True, "lines": [1]},
        {"id": "g2", "lines": [1]},
    ]


def test_what_goes_back_bears_its_own_share_of_a_discount_of_its_document(story) -> None:
    """Of 100.00 less 10.00, half goes back; of the new 100.00 the other discount is taken."""
    story.subscribes("s", "2027-06-01", {"seat": 1})
    grants(story, "2027-06-01", TEN, level=Level.DOCUMENT)
    story.bills("2027-06-01")
    story.changes("s", Cancelled(day("2027-06-16"), 8))
    story.subscribes("t", "2027-06-16", {"seat": 1})
    offer = Offer("g2", FIVE_OFF, Level.DOCUMENT)
    story.changes("t", DiscountGranted(day("2027-06-16"), 1, Grant("g2", offer, day("2027-06-16"))))
    story.bills("2027-06-16")
    assert [line["net"] for line in story.documents[-1]["lines"]] == [-45_00, 100_00]
    assert told_of(story, "off") == [None, None]
    assert story.trees()[-1]["allowances"] == [{"id": "g2", "lines": [2]}]


def test_a_gift_says_the_lines_that_it_is_good_for_where_it_took_something(story) -> None:
    """15.00 off the desks of 0.04 and the seats of 100.00, which alone they are for."""
    story.subscribes("s", "2027-06-01", {"desk": 1, "seat": 1})
    amount = Money(15_00, "EUR")
    for name, product in (("g1", "standard"), ("g2", "nothing")):
        products = frozenset({product})
        story.gifts.append(
            Gift(name, "wal", "Welcome", amount, day("2027-06-01"), products=products)
        )
    story.bills("2027-06-01")
    assert told_of(story, "off") == [None, None]
    assert story.trees()[-1]["allowances"] == [{"id": "g1", "gift": True, "lines": [2]}]


def test_a_gift_that_a_correction_alone_bears_is_not_taken_again(story) -> None:
    """30.00 of 50.00 for seats were taken of 30 days; half goes back, beside a new desk."""
    story.sells("small", ChargeKind.ADVANCE, Flat(D("30.00")))
    story.subscribes("s", "2027-06-01", {"small": 1})
    amount = Money(50_00, "EUR")
    products = frozenset({"standard"})
    story.gifts.append(Gift("g1", "wal", "Welcome", amount, day("2027-06-01"), products=products))
    story.bills("2027-06-01")
    story.changes("s", Cancelled(day("2027-06-16"), 8))
    story.subscribes("t", "2027-06-16", {"desk": 1})
    story.bills("2027-06-16")
    assert told_of(story, "off") == [None, None]
    assert "allowances" not in story.trees()[-1]


def test_what_took_no_cent_before_is_not_told(story) -> None:
    """10 % of 0.04 is nothing; of 4.00, as 100 are used after all, it is 0.40."""
    story.sells("tiny", ChargeKind.ADVANCE, PerUnit(D("0.04")))
    story.subscribes("s", "2027-06-01", {"tiny": 1})
    grants(story, "2027-06-01", TEN)
    story.bills("2027-06-01")
    story.changes("s", QuantityChanged(day("2027-06-01"), 9, "sit_tiny", D(100)))
    story.bills("2027-06-02")
    assert told_of(story, "off") == [{"grants": [["g1", "10"]]}]
    assert story.documents[-1]["totals"]["net"] == 3_56
