"""A line told from what is stored: price, days, tiers, and the sums of its rounding key."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from solde.domain.catalog import ChargeKind
from solde.domain.discounts import Discount, Grant, Offer
from solde.domain.errors import NotFoundError
from solde.domain.money import Money
from solde.domain.pricing import Quantity
from solde.domain.pricing.graduated import Graduated
from solde.domain.pricing.tiers import Tier
from solde.domain.rating import Measure
from solde.domain.subscriptions import Cancelled, DiscountGranted, QuantityChanged
from solde.domain.usage.quantity import NegativeUsageError
from solde.workflows.explain_line import Explanation, explain_line
from tests.support.seller import Seller

D = Decimal


@pytest.fixture
def seller() -> Seller:
    """Three seats at 9.99 from 1 June, five from the 15th: 29.97, then 2 × 9.99 × 16/30."""
    seller = Seller()
    seller.sells("seat", "9.99")
    seller.customer("acme")
    subscription = seller.subscribes("acme", "2013-06-01", ("seat", "3"))
    seller.runs_billing("2013-06-01")
    seller.changes(subscription, QuantityChanged(date(2013, 6, 15), 1, "sit_0_0", D(5)))
    seller.runs_billing("2013-06-15")
    return seller


def told(seller: Seller, document: int, line: int = 1) -> Explanation:
    return explain_line(seller.documents("acme")[document], line, seller.context)


def sums(one: Explanation) -> tuple[int, Money, Money]:
    return len(one.before), one.net_before, one.net_before + one.line.net


def test_the_first_line_of_a_key_has_none_before_it(seller: Seller) -> None:
    one = told(seller, 0)
    assert (one.stored["line"], one.line.net) == (1, Money(29_97, "EUR"))
    assert one.price.model.amount == D("9.99")
    assert sums(one) == (0, Money(0, "EUR"), Money(29_97, "EUR"))
    assert one.exact_before == 0


def test_a_later_line_follows_from_those_before_it(seller: Seller) -> None:
    one = told(seller, 1)
    # 2 × 9.99 × 16/30 = 10.656; 29.97 + 10.656 = 40.626, rounded 40.63
    assert one.line.exact == Fraction(1998 * 16, 3000)
    assert one.exact_before == Fraction(2997, 100)
    assert sums(one) == (1, Money(29_97, "EUR"), Money(40_63, "EUR"))


def test_what_the_timeline_proposes_today_stands_beside_it(seller: Seller) -> None:
    one = told(seller, 1)
    stretches = [
        (part.service.start_on.day, part.quantity.total) for part in one.proposed.stretches
    ]
    assert stretches == [(1, D(3)), (15, D(5))]
    assert one.proposed.inputs == one.line.inputs
    assert told(seller, 0).proposed.inputs != told(seller, 0).line.inputs  # billed when it was 3


def test_a_charge_that_is_no_more_is_proposed_by_nothing(seller: Seller) -> None:
    (subscription,) = seller.context.billing.load("acme", "FRA").subscriptions
    seller.changes(subscription, Cancelled(date(2013, 6, 1), 2))
    assert told(seller, 0).proposed is None


def test_lines_of_one_run_come_credits_first_and_then_by_day() -> None:
    """Ten seats from the 1st; one from the 11th and four from the 21st, entered after billing."""
    seller = Seller()
    seller.sells("seat", "9.99")
    seller.customer("acme")
    subscription = seller.subscribes("acme", "2013-06-01", ("seat", "10"))
    seller.runs_billing("2013-06-01")
    for number, (day, quantity) in enumerate(((11, 1), (21, 4)), 1):
        change = QuantityChanged(date(2013, 6, day), number, "sit_0_0", D(quantity))
        seller.changes(subscription, change)
    seller.runs_billing("2013-06-22")
    run = seller.documents("acme")[1]
    lines = seller.document(run)["lines"]
    before = [sums(told(seller, 1, line["line"])) for line in lines]
    # −9 × 9.99 × 20/30 = −59.94 from the 11th, +3 × 9.99 × 10/30 = 9.99 from the 21st
    assert sum(line["net"] for line in lines) in (-49_95, 49_95)
    assert [count for count, _, _ in before] == list(range(1, len(lines) + 1))
    assert before[-1][2] == Money(49_95, "EUR")  # 99.90 − 59.94 + 9.99


def test_lines_of_other_months_and_prices_are_not_of_the_key(seller: Seller) -> None:
    seller.runs_billing("2013-07-01")
    assert sums(told(seller, 2))[0] == 0


def test_tiers_of_usage_are_told_as_they_were_billed() -> None:
    seller = Seller()
    tiers = Graduated((Tier(D(100), D("1.00")), Tier(None, D("0.80"))))
    seller.sells("call", tiers, ChargeKind.USAGE, meter="calls")
    seller.customer("acme")
    seller.subscribes("acme", "2013-06-01", ("call", "1"))
    seller.used.days["sub_0", "calls", date(2013, 6, 3)] = D(150)
    seller.runs_billing("2013-07-01")
    one = told(seller, 0)
    assert one.line.net == Money(140_00, "EUR")  # 100 × 1.00 + 50 × 0.80
    assert [step[0] for step in one.stored["steps"]] == ["100", "50"]
    (part,) = one.proposed.stretches
    assert (part.quantity.total, part.events) == (D(150), 1)


def test_usage_below_zero_keeps_no_other_line_from_being_explained(monkeypatch) -> None:
    seller = Seller()
    seller.sells("seat", "9.99")
    seller.sells("call", "1.00", ChargeKind.USAGE, meter="calls")
    seller.customer("acme")
    seller.subscribes("acme", "2013-06-01", ("seat", "3"), ("call", "1"))
    seller.runs_billing("2013-06-01")

    def below(*_: object, **__: object) -> Measure:
        def measured(*_: object) -> tuple[Quantity, int, str]:
            raise NegativeUsageError("found -5")

        return measured

    monkeypatch.setattr(seller.used, "measure", below)
    one = told(seller, 0)
    assert one.proposed is not None
    assert one.proposed.inputs == one.line.inputs


@pytest.mark.parametrize("place", [0, -1, 2])
def test_a_line_that_is_not_there_is_refused(seller: Seller, place: int) -> None:
    with pytest.raises(NotFoundError, match=f"line: expected 1 to 1, found {place}"):
        told(seller, 0, place)


class Reads:
    """The billing store, which tells how much of the timeline was asked for."""

    def __init__(self, store) -> None:
        self.store = store
        self.only: list[str] = []

    def __getattr__(self, name: str):
        return getattr(self.store, name)

    def load(self, customer_id: str, entity: str, *, only: str = ""):
        self.only.append(only)
        return self.store.load(customer_id, entity, only=only)


def test_only_the_subscription_of_the_line_is_read(seller: Seller) -> None:
    seller.subscribes("acme", "2013-06-01", ("seat", "1"))
    store = Reads(seller.context.billing)
    header = seller.documents("acme")[0]
    one = explain_line(header, 1, replace(seller.context, billing=store))
    assert (store.only, one.proposed.inputs != "") == (["sub_0"], True)


def test_all_are_read_where_others_count_for_what_a_line_costs(seller: Seller) -> None:
    """A discount that is good together with another product depends on every subscription."""
    (subscription,) = seller.context.billing.load("acme", "FRA").subscriptions
    offer = Offer("Both", Discount(percent=D(10)), together=frozenset({"prd_s"}))
    grant = Grant("dsc_1", offer, date(2013, 6, 1))
    seller.changes(subscription, DiscountGranted(date(2013, 6, 1), 2, grant))
    store = Reads(seller.context.billing)
    header = seller.documents("acme")[0]
    one = explain_line(header, 1, replace(seller.context, billing=store))
    assert store.only == ["sub_0", ""]
    assert [each.id for each in one.proposed.discounts] == ["dsc_1"]


def test_documents_that_came_later_are_not_read(seller: Seller) -> None:
    first, second = seller.documents("acme")
    objects = seller.objects
    seen: list[str] = []

    class Seen:
        def get_range(self, key: str, *, offset: int, length: int) -> bytes:
            seen.append(key)
            return objects.get_range(key, offset=offset, length=length)

    context = replace(seller.context, objects=Seen())
    assert len(explain_line(first, 1, context).before) == 0
    assert seen == [first.place.key]
    seen.clear()
    assert len(explain_line(second, 1, context).before) == 1
    assert seen == [second.place.key, first.place.key]
