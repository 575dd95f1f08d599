"""Gifts on documents, with the sum beside each; they take no more than there is, of anything."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solde.domain.catalog import ChargeKind
from solde.domain.discounts import Discount, Gift, Grant, Level, Offer
from solde.domain.invoicing.gifts import gifts_of
from solde.domain.money import Money
from solde.domain.pricing.flat import Flat
from solde.domain.pricing.per_unit import PerUnit
from solde.domain.subscriptions import Cancelled, QuantityChanged
from tests.support.story import Story, day

D = Decimal


@pytest.fixture
def story() -> Story:
    told = Story(regime="FR")
    told.sells("a", ChargeKind.ADVANCE, Flat(D("33.33")))
    told.sells("b", ChargeKind.ADVANCE, Flat(D("66.67")))
    told.sells("c", ChargeKind.ADVANCE, Flat(D("49.99")), tax_class="reduced")
    told.sells("calls", ChargeKind.USAGE, PerUnit(D("1.00")))
    return told


def gift(minor: int, name: str = "g", **more) -> Gift:
    amount = Money(minor, more.pop("currency", "EUR"))
    return Gift(name, "wal", "Welcome", amount, more.pop("on", day("2027-06-01")), **more)


def taken(document) -> list[int]:
    return [sum(one["amount"] for one in line.get("allowances", ())) for line in document["lines"]]


def test_it_is_spread_by_rate_first_and_taxed_after_it(story: Story) -> None:
    """15.00 off 149.99: 3.33, 6.67 and 5.00; tax of 90.00 at 20 % and of 44.99 at 5.5 %."""
    story.subscribes("s", "2027-06-01", {"a": 1, "b": 1, "c": 1})
    story.gifts.append(gift(15_00))
    story.bills("2027-06-01")
    (june,) = story.documents
    assert taken(june) == [3_33, 6_67, 5_00]
    assert [(one["amount"], one["wallet"]) for one in june["allowances"]] == [
        (10_00, "wal"),
        (5_00, "wal"),
    ]
    assert sorted(one["tax"] for one in june["taxes"]) == [2_47, 18_00]
    assert june["totals"] == {
        "net": 134_99,
        "tax": 20_47,
        "gross": 155_46,
        "prepaid": 0,
        "due": 155_46,
        "lines": 149_99,
        "allowances": 15_00,
    }
    assert gifts_of(june) == {"g": 15_00}
    story.bills("2027-07-01")
    assert story.last_totals() == [("invoice", 149_99, 22_75, 172_74)]  # 20.00 and 2.75
    assert gifts_of(story.documents[-1]) == {}


def test_it_comes_after_every_other_discount(story: Story) -> None:
    """10 % of 66.67 first, 6.67; then the 50.00."""
    story.subscribes("s", "2027-06-01", {"b": 1})
    offer = Offer("Ten", Discount(percent=D(10), rank=99), Level.DOCUMENT)
    story.grants.append(Grant("ten", offer, day("2027-06-01")))
    story.gifts.append(gift(50_00, rank=1))
    story.bills("2027-06-01")
    said = [(one["id"], one["amount"]) for one in story.documents[0]["allowances"]]
    assert (said, story.last_totals()[0][1]) == ([("ten", 6_67), ("g", 50_00)], 10_00)


def test_what_finds_no_charge_waits_for_the_next(story: Story) -> None:
    """40.00: 33.33 in June, 6.67 in July."""
    story.subscribes("s", "2027-06-01", {"a": 1})
    story.gifts.append(gift(40_00))
    for month, net in ((6, 0), (7, 26_66), (8, 33_33)):
        story.bills(f"2027-{month:02d}-01")
        assert story.last_totals()[0][1] == net
    assert [gifts_of(one) for one in story.documents] == [{"g": 33_33}, {"g": 6_67}, {}]


def test_each_is_good_for_its_charges_and_its_currency(story: Story) -> None:
    """30 calls and 33.33 in advance; 50.00 for calls take 30.00, and 5.00 for the reduced none."""
    story.subscribes("s", "2027-06-01", {"a": 1, "calls": 1})
    story.bills("2027-06-01")
    story.uses("calls", "2027-06-10", 30)
    story.gifts += [
        gift(50_00, "usage", kinds=frozenset({"usage"})),
        gift(5_00, "books", products=frozenset({"reduced"})),
        gift(9_00, "dollars", currency="USD"),
        gift(9_00, "tomorrow", on=day("2027-07-02")),
    ]
    story.bills("2027-07-01")
    assert gifts_of(story.documents[-1]) == {"usage": 30_00}


def test_documents_of_a_day_take_it_one_after_the_other(story: Story) -> None:
    """Two documents, as their terms differ: 40.00 are 33.33 of s1 and 6.67 of s2."""
    story.subscribes("s2", "2027-06-01", {"b": 1}, terms_days=30)
    story.subscribes("s1", "2027-06-01", {"a": 1}, terms_days=45)
    story.gifts.append(gift(40_00))
    story.bills("2027-06-01")
    by_name = {one["lines"][0]["item"]: gifts_of(one) for one in story.documents}
    assert by_name == {"sit_a": {"g": 33_33}, "sit_b": {"g": 6_67}}


def test_a_document_without_its_charges_takes_nothing_of_it(story: Story) -> None:
    """5.00 for what is reduced: none of s1, all of it of s2."""
    story.subscribes("s2", "2027-06-01", {"c": 1}, terms_days=30)
    story.subscribes("s1", "2027-06-01", {"a": 1}, terms_days=45)
    story.gifts.append(gift(5_00, products=frozenset({"reduced"})))
    story.bills("2027-06-01")
    by_name = {one["lines"][0]["item"]: gifts_of(one) for one in story.documents}
    assert by_name == {"sit_a": {}, "sit_c": {"g": 5_00}}


def test_what_goes_back_has_its_share_and_leaves_the_gift_taken(story: Story) -> None:
    """33.33 less 10.00; cancelled for 15 of 30 days: 16.66 less 5.00 are given back."""
    story.subscribes("s", "2027-06-01", {"a": 1})
    story.gifts.append(gift(10_00))
    story.bills("2027-06-01")
    story.changes("s", Cancelled(day("2027-06-16"), 1))
    assert story.bills("2027-06-16") == ["CN a 2027-06-16..2027-06-30 11.66"]
    note = story.documents[-1]
    assert (note["kind"], taken(note), gifts_of(note)) == ("credit_note", [5_00], {})


def test_what_corrects_a_line_has_none_of_it(story: Story) -> None:
    """1.50 for a seat of 1.00; three from the 16th: 1.00 more as charged, then 0.50 off 3.00."""
    story.sells("seat", ChargeKind.ADVANCE, PerUnit(D("1.00")))
    story.subscribes("s", "2027-06-01", {"seat": 1})
    story.gifts.append(gift(1_50))
    story.bills("2027-06-01")
    story.changes("s", QuantityChanged(day("2027-06-16"), 1, "sit_seat", D(3)))
    for on, net in (("2027-06-16", 1_00), ("2027-07-01", 2_50)):
        story.bills(on)
        assert story.last_totals()[0][1] == net
    assert [gifts_of(one) for one in story.documents] == [{"g": 1_00}, {}, {"g": 50}]


@given(
    gifts=st.lists(st.tuples(st.integers(1, 90_00), st.booleans()), max_size=3),
    seats=st.lists(st.integers(0, 3), min_size=1, max_size=3),
)
def test_never_more_than_there_is_nor_than_is_charged(gifts, seats) -> None:
    story = Story(regime="FR")
    story.sells("a", ChargeKind.ADVANCE, PerUnit(D("33.33")))
    story.sells("c", ChargeKind.ADVANCE, PerUnit(D("7.77")), tax_class="reduced")
    story.gifts += [
        gift(minor, f"g{at}", products=frozenset({"reduced"} if reduced else ()))
        for at, (minor, reduced) in enumerate(gifts)
    ]
    story.subscribes("s", "2027-06-01", {"a": seats[0], "c": 1})
    for month, quantity in enumerate(seats, 6):
        on = day(f"2027-{month:02d}-01")
        story.changes("s", QuantityChanged(on, month, "sit_a", D(quantity)))
        story.bills(on.isoformat())
    for one in story.gifts:
        taken_of = sum(gifts_of(each).get(one.id, 0) for each in story.documents)
        assert 0 <= taken_of <= one.amount.minor
    assert all(one["totals"]["net"] >= 0 for one in story.documents)
    charged = sum(3333 * quantity + 777 for quantity in seats)
    given_ = sum(sum(gifts_of(one).values()) for one in story.documents)
    assert sum(one["totals"]["net"] for one in story.documents) == charged - given_
    free = sum(minor for minor, reduced in gifts if not reduced)
    assert given_ >= min(free, charged)
