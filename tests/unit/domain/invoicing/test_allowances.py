"""Discounts of documents, with the sum beside each; they lose nothing, and go over nothing."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solde.domain.catalog import ChargeKind
from solde.domain.discounts import Discount, Grant, Level, Offer, Order
from solde.domain.money import Money
from solde.domain.pricing.flat import Flat
from solde.domain.pricing.per_unit import PerUnit
from solde.domain.subscriptions import Cancelled, DiscountGranted, PlanChanged, QuantityChanged
from tests.support.story import Story, day, item

D = Decimal
TEN = {"percent": D(10)}


@pytest.fixture
def story() -> Story:
    told = Story(regime="FR")
    told.sells("a", ChargeKind.ADVANCE, Flat(D("33.33")))
    told.sells("b", ChargeKind.ADVANCE, Flat(D("66.67")))
    told.sells("c", ChargeKind.ADVANCE, Flat(D("49.99")), tax_class="reduced")
    told.sells("calls", ChargeKind.USAGE, PerUnit(D("1.00")))
    return told


def grant(on: str = "2027-06-01", name: str = "g", **more) -> Grant:
    known = {"percent", "amount", "rank"}
    discount = Discount(**{one: value for one, value in more.items() if one in known})
    rest = {one: value for one, value in more.items() if one not in known}
    return Grant(name, Offer(name, discount, Level.DOCUMENT, **rest), day(on))


def granted(one: Grant, sequence: int = 1) -> DiscountGranted:
    return DiscountGranted(one.from_on, sequence, one)


def taken(document) -> list[int]:
    return [sum(one["amount"] for one in line.get("allowances", ())) for line in document["lines"]]


def eur(minor: int) -> Money:
    return Money(minor, "EUR")


def test_an_upgrade_gives_back_what_was_invoiced_and_is_covered_too(story: Story) -> None:
    story.subscribes("s", "2027-06-01", {"a": 1})
    story.changes("s", granted(grant(periods=1, **TEN)))
    story.bills("2027-06-01")
    story.changes("s", PlanChanged(day("2027-06-16"), 2, "p", ("sit_a",), (item("b"),)))
    # 15 of 30 days: 16.67 stays of 33.33 and 1.67 of 3.33; 33.34 less 3.33 is new
    assert story.bills("2027-06-16") == [
        "a 2027-06-16..2027-06-30 -15.00",
        "b 2027-06-16..2027-06-30 33.34",
    ]
    assert story.last_totals() == [("invoice", 15_01, 3_00, 18_01)]
    assert taken(story.documents[-1]) == [-1_66, 3_33]
    assert story.documents[-1]["totals"]["allowances"] == 3_33
    assert story.bills("2027-07-01") == ["b 2027-07-01..2027-07-31 66.67"]
    assert "allowances" not in story.documents[-1]


def test_late_usage_of_a_covered_period_has_the_percentage(story: Story) -> None:
    story.subscribes("s", "2027-06-01", {"calls": 1})
    story.changes("s", granted(grant(periods=1, **TEN)))
    story.uses("calls", "2027-06-10", 95)
    story.bills("2027-07-01")
    assert story.last_totals()[0][1] == 85_50
    story.uses("calls", "2027-06-20", 10)
    assert story.bills("2027-08-01") == ["calls 2027-06-01..2027-06-30 9.00"]  # 10.00 less 1.00
    line = story.documents[-1]["lines"][0]
    # 10 calls at 0.90: the discount is in the price
    assert (line["expression"]["quantity"], line["expression"]["price"]) == ("10", "0.9")


def test_an_amount_is_good_for_one_period_whatever_bills_it(story: Story) -> None:
    """40.00 a month: June's advance takes 33.33, its usage the rest; July has 40.00 again."""
    story.subscribes("s", "2027-06-01", {"a": 1, "calls": 1})
    story.changes("s", granted(grant(amount=eur(40_00))))
    story.bills("2027-06-01")
    assert story.last_totals() == [("invoice", 0, 0, 0)]
    story.uses("calls", "2027-06-10", 5)
    story.bills("2027-07-01")
    assert taken(story.documents[-1]) == [33_33, 5_00]
    story.uses("calls", "2027-06-11", 5)
    story.uses("calls", "2027-07-11", 5)
    # late: what an amount has taken off the key is all that it was; July's 5.00 of 6.67
    story.bills("2027-08-01")
    assert [
        (one["net"], sum(x["amount"] for x in one.get("allowances", ())))
        for one in story.documents[-1]["lines"]
    ] == [(33_33, 33_33), (5_00, 0), (5_00, 5_00)]


def test_what_was_given_back_of_an_amount_is_there_again(story: Story) -> None:
    story.subscribes("s", "2027-06-01", {"a": 1})
    story.changes("s", granted(grant(amount=eur(3_00))))
    story.bills("2027-06-01")
    story.changes("s", PlanChanged(day("2027-06-16"), 2, "p", ("sit_a",), (item("b"),)))
    story.bills("2027-06-16")
    assert taken(story.documents[-1]) == [-1_50, 1_50]


def test_what_finds_no_base_is_lost_or_carried() -> None:
    """20.00 a month against 8.00: 12.00 are lost, or make it 32.00 against the next 28.00."""
    found = []
    for carry in (False, True):
        story = Story()
        story.sells("seat", ChargeKind.ADVANCE, PerUnit(D("4.00")))
        story.subscribes("s", "2027-06-01", {"seat": 2})
        story.changes("s", granted(grant(amount=eur(20_00), carry=carry)))
        story.bills("2027-06-01")
        story.changes("s", QuantityChanged(day("2027-07-01"), 2, "sit_seat", D(7)))
        story.bills("2027-07-01")
        story.bills("2027-08-01")
        found.append([one["totals"]["allowances"] for one in story.documents])
    assert found == [[8_00, 20_00, 20_00], [8_00, 28_00, 24_00]]


def test_an_amount_of_one_period_is_carried_until_it_is_used_up() -> None:
    """20.00 once against 8.00 a month: 8.00, 8.00, the last 4.00."""
    story = Story()
    story.sells("seat", ChargeKind.ADVANCE, PerUnit(D("8.00")))
    story.subscribes("s", "2027-06-01", {"seat": 1})
    story.changes("s", granted(grant(amount=eur(20_00), carry=True, periods=1)))
    for month in ("06", "07", "08", "09"):
        story.bills(f"2027-{month}-01")
    given = [one["totals"].get("allowances", 0) for one in story.documents]
    assert given == [8_00, 8_00, 4_00, 0]


def test_by_rank_then_by_document(story: Story) -> None:
    """An amount of the customer: what the first document leaves, the second takes."""
    story.grants = [
        grant(name="amount", amount=eur(50_00), rank=1),
        grant(name="half", percent=D(50)),
    ]
    story.subscribes("y", "2027-06-01", {"b": 1}, terms_days=10)
    story.subscribes("x", "2027-06-01", {"a": 1}, terms_days=20)
    story.bills("2027-06-01")
    # half of 66.67 is 33.34, half of 33.33 is 16.67; then x before y: 16.66, and 33.33 of 33.34
    named = {
        one["lines"][0]["subscription"]["external_id"]: [
            (each["name"], each["amount"]) for each in one["allowances"]
        ]
        for one in story.documents
    }
    assert named == {
        "y": [("half", 33_34), ("amount", 33_33)],
        "x": [("half", 16_67), ("amount", 16_66)],
    }


def test_credits_and_corrections_are_no_base(story: Story) -> None:
    story.subscribes("s", "2027-06-01", {"a": 1, "b": 1})
    story.bills("2027-06-01")
    story.changes("s", QuantityChanged(day("2027-06-16"), 1, "sit_a", D(0)))
    story.changes("s", granted(grant("2027-07-01", **TEN), 2))
    story.bills("2027-07-01")
    assert taken(story.documents[-1]) == [0, 6_67]
    assert story.last_totals()[0][1] == 43_34  # -16.66 + 66.67 - 6.67


@pytest.mark.parametrize(
    ("order", "level", "expected"),
    [
        # 100.00 less 10.00 (fixed, of the same rank), 50 % and 20 %
        (Order.PERCENT_FIRST, Level.LINE, 30_00),  # 50.00, 40.00, 30.00
        (Order.AS_LISTED, Level.LINE, 36_00),  # 90.00, 45.00, 36.00
        (Order.EACH_ON_ORIGINAL, Level.LINE, 20_00),  # 50.00 and 20.00 off, then 10.00
        (Order.PERCENT_FIRST, Level.DOCUMENT, 30_00),
        (Order.AS_LISTED, Level.DOCUMENT, 36_00),
        (Order.EACH_ON_ORIGINAL, Level.DOCUMENT, 20_00),
    ],
)
def test_the_order_is_a_policy_of_the_seller(order, level, expected) -> None:
    told = Story(order=order)
    told.sells("basic", ChargeKind.ADVANCE, Flat(D("100.00")))
    told.subscribes("s", "2027-06-01", {"basic": 1})
    for number, said in enumerate(({"amount": eur(10_00)}, {"percent": D(50)}, {"percent": D(20)})):
        offer = Offer(f"g{number}", Discount(**said), level)
        told.grants.append(Grant(f"g{number}", offer, day("2027-06-01")))
    told.bills("2027-06-01")
    assert told.last_totals()[0][1] == expected


AMOUNTS = st.lists(st.integers(1, 400), min_size=1, max_size=4)
GRANTS = st.lists(
    st.tuples(st.booleans(), st.integers(1, 100), st.integers(0, 2)), min_size=1, max_size=3
)


@given(prices=AMOUNTS, offers=GRANTS, ends=st.lists(st.integers(1, 30), max_size=3))
def test_shares_lose_nothing_and_nothing_goes_below_zero(prices, offers, ends) -> None:
    story = Story(regime="FR")
    rates = ("standard", "reduced")
    for place, price in enumerate(prices):
        model = Flat(D(price) * D("0.37"))
        story.sells(f"p{place}", ChargeKind.ADVANCE, model, tax_class=rates[place % 2])
    story.subscribes("s", "2027-06-01", {f"p{place}": 1 for place in range(len(prices))})
    for place, (percent, value, rank) in enumerate(offers):
        said = {"percent": D(value)} if percent else {"amount": eur(value * 31)}
        story.grants.append(grant(name=f"g{place}", rank=rank, **said))
    story.bills("2027-06-01")
    (invoice,) = story.documents
    assert sum(taken(invoice)) == invoice["totals"].get("allowances", 0)
    assert all(line.get("base", line["net"]) >= 0 for line in invoice["lines"])
    for sequence, on in enumerate(sorted(ends), 1):
        change = QuantityChanged(day(f"2027-06-{on:02d}"), sequence, f"sit_p{on % 2}", D(0))
        if on % 2 < len(prices):
            story.changes("s", change)
            story.bills(f"2027-06-{on:02d}")
    story.changes("s", Cancelled(day("2027-06-01"), 99))
    story.bills("2027-06-30")
    assert (
        sum(one["totals"]["net"] * (-1) ** (one["kind"] != "invoice") for one in story.documents)
        == 0
    )
    assert (
        sum(one["totals"]["tax"] * (-1) ** (one["kind"] != "invoice") for one in story.documents)
        == 0
    )


def test_of_prices_with_tax_the_whole_price_is_less() -> None:
    """9.99 with 20 % in it, less 10 %: 8.99 is 7.49 + 1.50. Given back whole, so is the tax."""
    story = Story(regime="FR")
    story.sells("a", ChargeKind.ADVANCE, Flat(D("9.99")), tax_included=True)
    story.subscribes("s", "2027-06-01", {"a": 1})
    story.changes("s", granted(grant(periods=1, **TEN)))
    story.bills("2027-06-01")
    assert story.last_totals() == [("invoice", 7_49, 1_50, 8_99)]
    totals = story.documents[0]["totals"]
    assert (totals["lines"], totals["allowances"], totals["rounding"]) == (9_99, 1_00, 0)
    story.changes("s", Cancelled(day("2027-06-01"), 2))
    story.bills("2027-06-02")
    assert story.last_totals() == [("credit_note", 7_49, 1_50, 8_99)]
    assert story.bills("2027-06-03") == []


def test_prices_with_tax_and_without_have_their_own_share() -> None:
    """10 % of 10.00 with tax and of 10.00 without: 1.00 of each, on two documents."""
    story = Story(regime="FR")
    for name, included in (("a", True), ("b", False)):
        story.sells(name, ChargeKind.ADVANCE, Flat(D("10.00")), tax_included=included)
    story.subscribes("s", "2027-06-01", {"a": 1, "b": 1})
    story.changes("s", granted(grant(periods=1, **TEN)))
    story.bills("2027-06-01")
    assert story.last_totals() == [("invoice", 7_50, 1_50, 9_00), ("invoice", 9_00, 1_80, 10_80)]
