"""What one document says of itself adds up: each thing that does not is planted, and found."""

import copy
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from solde.domain.catalog import ChargeKind
from solde.domain.discounts import Discount, Gift, Grant, Level, Offer
from solde.domain.money import Money
from solde.domain.pricing.per_unit import PerUnit
from solde.domain.subscriptions import QuantityChanged
from solde.domain.tax import Exchange
from solde.ports.billing import PackSlice
from solde.workflows.bill_run.issue import Proof, header_of
from solde.workflows.verify.sums import sums
from tests.support.story import Story, day

D = Decimal
Document = dict[str, Any]


def said(document: Document) -> list[str]:
    proof = Proof("d", "s", 1)
    return list(sums(header_of("run_1", document, proof, PackSlice("p", 0, 1)), document))


@pytest.fixture
def invoice() -> Document:
    """2 × 9.99 at 20 % and 3 × 1.13 at 10 %: 19.98 + 4.00 and 3.39 + 0.34 are 27.71."""
    story = Story(regime="FR")
    story.sells("seat", ChargeKind.ADVANCE, PerUnit(D("9.99")))
    story.sells("book", ChargeKind.ADVANCE, PerUnit(D("1.13")), tax_class="intermediate")
    story.subscribes("s", "2027-06-01", {"seat": 2, "book": 3})
    story.bills("2027-06-01")
    assert story.last_totals() == [("invoice", 23_37, 4_34, 27_71)]
    return copy.deepcopy(dict(story.documents[0]))


@pytest.fixture
def note() -> Document:
    """Both books of 0.03 are given back one after the other: 0.01 of tax, and none the second."""
    story = Story(regime="FR")
    for name in ("a", "b"):
        story.sells(name, ChargeKind.ADVANCE, PerUnit(D("0.03")))
    story.subscribes("s", "2027-06-01", {"a": 1, "b": 1})
    story.bills("2027-06-01")
    for number, name in enumerate("ab", 1):
        story.changes("s", QuantityChanged(day("2027-06-01"), number, f"sit_{name}", D(0)))
        story.bills(f"2027-06-0{number + 1}")
    assert [one["totals"]["tax"] for one in story.documents] == [1, 1, 0]
    return copy.deepcopy(dict(story.documents[2]))


def test_sound_documents_add_up(invoice: Document, note: Document) -> None:
    assert (said(invoice), said(note)) == ([], [])


def price(text: str) -> Callable[[Document], None]:
    return lambda document: document["lines"][0]["expression"].update(price=text)


def total(name: str, minor: int) -> Callable[[Document], None]:
    return lambda document: document["totals"].update({name: minor})


def rate(name: str, value: object, place: int = 0) -> Callable[[Document], None]:
    return lambda document: document["taxes"][place].update({name: value})


def served(name: str, on: str) -> Callable[[Document], None]:
    return lambda document: document["lines"][0]["service"].update({name: on})


def negative(document: Document) -> None:
    """The book's line and base have changed their sign, and everything else goes along."""
    line, (tax, _) = document["lines"][1], document["taxes"]
    line.update(net=-3_39)
    line["expression"].update(quantity="-3")
    line["tax"]["amount"] = -34
    tax.update(base=-3_39, tax=-34)
    document["totals"].update(net=16_59, tax=3_66, gross=20_25, due=20_25)


def outside(document: Document) -> None:
    line, (tax, _) = document["lines"][1], document["taxes"]
    line["tax"].update(category="O", rate="0", amount=0)
    tax.update(category="O", rate="0", tax=0)
    document["totals"].update(tax=4_00, gross=27_37, due=27_37)


def lost(document: Document) -> None:
    del document["taxes"][0]


@pytest.mark.parametrize(
    ("plant", "found"),
    [
        (price("9.98"), "E-1 line 1: quantity × price: expected 1998, found 1996"),
        (price("9.9900001"), "line 1: price: expected at most 6 decimals"),
        (price("-9.99"), "line 1: price: expected 0 or more, found -9.99"),
        (rate("base", 3_40), "base at S/10: expected 339, found 340"),
        (rate("tax", 35), "tax at S/10: expected 34, found 35"),
        (lost, "E-1: rates: expected ['S/10', 'S/20'], found ['S/20']"),
        (total("net", 1), "net: expected 2337, found 1"),
        (total("tax", 1), "tax: expected 434, found 1"),
        (total("gross", 1), "gross: expected 2771, found 1"),
        (total("due", 1), "due: expected 2771, found 1"),
        (negative, "base at S/10: expected 0 or more, found -339"),
        (outside, "expected category O alone, found O, S"),
        (served("last_on", "2027-07-01"), "last day: expected 2027-06-30, found 2027-07-01"),
        (served("start_on", "2027-05-31"), "days within those of the document, found 2027-05-31"),
    ],
)
def test_what_does_not_add_up_is_found(invoice: Document, plant, found: str) -> None:
    plant(invoice)
    assert any(found in one for one in said(invoice)), said(invoice)


def test_a_note_of_other_tax_than_it_says_to_take_is_found(note: Document) -> None:
    note["taxes"][0]["tax"] = 1  # what 0.03 at 20 % has alone
    assert "E-3: tax at S/20: expected 0, found 1" in said(note)


def test_a_line_in_yen_is_multiplied_to_the_hundredth() -> None:
    """101 × 3.3 is 333.30: readers of invoices count that, whatever a yen is rounded to."""
    story = Story(currency="JPY")
    story.sells("call", ChargeKind.ADVANCE, PerUnit(D("3.3")))
    story.subscribes("s", "2027-06-01", {"call": 101})
    story.bills("2027-06-01")
    document = copy.deepcopy(dict(story.documents[0]))
    line = document["lines"][0]
    assert (line["expression"]["quantity"], line["expression"]["price"]) == ("1", "333")
    assert said(document) == []
    line["expression"].update(quantity="101", price="3.3")
    assert said(document) == ["E-1 line 1: quantity × price: expected 33300, found 33330"]


def test_discounts_of_the_document_add_up(invoice: Document) -> None:
    """Three hundredths more on each line, and as much off the document."""
    shares = [{"id": "g", "name": "G", "rank": 0, "amount": 3}]
    for line, price in zip(invoice["lines"], ("10.005", "1.14"), strict=True):
        line["base"] = line["net"]
        line["net"] += 3
        line["allowances"] = list(shares)
        line["expression"]["price"] = price
    rates = [one["tax"] for one in invoice["lines"]]
    invoice["allowances"] = [
        shares[0] | {"tax": {"category": one["category"], "rate": one["rate"]}} for one in rates
    ]
    invoice["totals"] |= {"lines": 23_43, "allowances": 6}
    assert said(invoice) == []
    invoice["allowances"][0]["amount"] = 4
    invoice["totals"]["lines"] = 23_44
    invoice["lines"][1]["base"] = -1
    found = " ".join(said(invoice))
    for one in ("allowances: expected", "allowances in all", "lines: expected", "base after"):
        assert one in found


def test_what_was_taken_of_gifts_stands_in_the_head() -> None:
    """5.00 off 9.99: the head says 4.99."""
    story = Story(regime="FR")
    story.sells("seat", ChargeKind.ADVANCE, PerUnit(D("9.99")))
    story.subscribes("s", "2027-06-01", {"seat": 1})
    story.gifts.append(Gift("lot_1", "wal", "G", Money(5_00, "EUR"), day("2027-06-01")))
    story.bills("2027-06-01")
    (document,) = story.documents
    header = header_of("run_1", document, Proof("d", "s", 1), PackSlice("p", 0, 1))
    assert list(sums(header, document)) == []
    wrong = replace(header, gifts={"lot_1": 4_99})
    assert list(sums(wrong, document)) == [
        "E-1: gifts: expected {'lot_1': 500}, found {'lot_1': 499}"
    ]


def test_discounts_of_a_line_add_up(invoice: Document) -> None:
    """19.98 + 1.00 less 1.00 is what was said before."""
    line = invoice["lines"][0]
    line["gross"] = 20_98
    line["expression"]["price"] = "10.49"
    line["discounts"] = [{"id": "g", "name": "G", "rank": 0, "amount": 1_00}]
    assert said(invoice) == []
    line["discounts"] += [
        {"id": "h", "name": "H", "rank": 0, "amount": 1_00},
        {"id": "i", "name": "I", "rank": 0, "amount": -50},
    ]
    assert said(invoice) == [
        "E-1 line 1: net after discounts: expected 1948, found 1998",
        "E-1 line 1: discount: expected 0 or more, found -50",
    ]


@pytest.fixture
def included() -> Document:
    """9.99 with 20 % in it: 8.33 + 1.67 − 0.01."""
    story = Story(regime="FR")
    story.sells("seat", ChargeKind.ADVANCE, PerUnit(D("9.99")), tax_included=True)
    story.subscribes("s", "2027-06-01", {"seat": 1})
    story.bills("2027-06-01")
    return copy.deepcopy(dict(story.documents[0]))


def cent_more(document: Document) -> None:
    """The tax is 1.66, and all sums go along."""
    document["taxes"][0]["tax"] = document["lines"][0]["tax"]["amount"] = 1_66
    document["totals"].update(tax=1_66, rounding=0)


def not_included(document: Document) -> None:
    del document["inclusive"]


@pytest.mark.parametrize(
    ("plant", "found"),
    [
        (cent_more, "tax at S/20: expected 167, found 166"),
        (total("rounding", 0), "rounding: expected -1, found 0"),
        (total("gross", 10_00), "gross: expected 999, found 1000"),
        (rate("with_tax", 9_98), "charged at S/20: expected 999, found 998"),
        (rate("base", 8_32), "base due at S/20: expected 833, found 832"),
        (not_included, "rounding: expected at most 0, found -1"),
    ],
)
def test_with_tax_in_the_price_too(included: Document, plant, found: str) -> None:
    assert said(included) == []
    plant(included)
    assert any(found in one for one in said(included)), said(included)


def test_with_tax_and_a_discount_of_the_document_it_adds_up() -> None:
    """9.99 with 20 % in it, less 10 %: 8.99 is 7.49 + 1.50."""
    story = Story(regime="FR")
    story.sells("seat", ChargeKind.ADVANCE, PerUnit(D("9.99")), tax_included=True)
    off = Offer("ten", Discount(percent=D(10)), Level.DOCUMENT)
    story.grants = [Grant("g", off, day("2027-06-01"))]
    story.subscribes("s", "2027-06-01", {"seat": 1})
    story.bills("2027-06-01")
    document = copy.deepcopy(dict(story.documents[0]))
    assert said(document) == []
    document["lines"][0]["with_tax"] = 9_00
    assert "E-1 line 1: quantity × price: expected 1000, found 999" in said(document)


def test_tax_in_the_sellers_currency_is_converted_again() -> None:
    """236.90 USD at 20 %: 47.38, and 43.70 EUR at 1.0842."""
    rate = Exchange("EUR", "USD", day("2027-05-31"), D("1.0842"), "ECB")
    story = Story(currency="USD", regime="FR", booked_in="EUR", exchange={"USD": rate})
    story.sells("fee", ChargeKind.ADVANCE, PerUnit(D("236.90")))
    story.subscribes("s", "2027-06-01", {"fee": 1})
    story.bills("2027-06-01")
    document = copy.deepcopy(dict(story.documents[0]))
    assert said(document) == []
    document["accounting"]["taxes"][0]["tax"] = 43_71
    assert said(document) == [
        "E-1: tax in EUR: expected 4371, found 4370",
        "E-1: tax at S/20 in EUR: expected 4370, found 4371",
    ]
