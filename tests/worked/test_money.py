"""Currencies with no decimals and with three; a period that is cut loses nothing."""

from decimal import Decimal

import pytest

from solde.domain.catalog import ChargeKind
from solde.domain.money import Money
from solde.domain.pricing.per_unit import PerUnit
from solde.domain.subscriptions import QuantityChanged
from solde.domain.tax import Treatment, tax_on
from tests.support.story import Story, day

D = Decimal


@pytest.mark.parametrize(
    ("price", "currency", "cuts", "nets", "whole"),
    [
        # 1,000 × 7/31 = 225.8, × 14/31 = 451.6, × 21/31 = 677.4
        ("1000", "JPY", (7, 7, 7, 10), [226, 226, 225, 323], 1_000),
        ("10.000", "KWD", (9, 22), [2_903, 7_097], 10_000),  # 10.000 × 9/31 = 2.9032
        # 19.99 × 7/31 = 4.5139, × 14/31 = 9.0277, × 21/31 = 13.5416
        ("19.99", "EUR", (7, 7, 7, 10), [4_51, 4_52, 4_51, 6_45], 19_99),
        ("100.00", "EUR", (9, 22), [29_03, 70_97], 100_00),
    ],
)
def test_12_a_month_that_is_cut_sums_to_its_price(price, currency, cuts, nets, whole) -> None:
    """January is billed late, part by part: each time it turns out that more of it was served."""
    story = Story(currency=currency)
    story.sells("seat", ChargeKind.ARREARS, PerUnit(D(price)))
    story.subscribes("s", "2027-01-01", {"seat": 0})
    found, first = [], 1
    for number, days in enumerate(cuts):
        at = (day(f"2027-01-{first:02}"), day("2027-02-01"))
        first += days
        served = QuantityChanged(at[0], 2 * number, "sit_seat", D(1))
        story.changes("s", served)
        end = day("2027-02-01") if first > 31 else day(f"2027-01-{first:02}")
        story.changes("s", QuantityChanged(end, 2 * number + 1, "sit_seat", D(0)))
        story.bills(f"2027-02-{number + 1:02}")
        found += [line["net"] for line in story.documents[-1]["lines"]]
    assert found == nets
    assert sum(found) == whole


@pytest.mark.parametrize(
    ("base", "currency", "rate", "tax"),
    [
        (1_001, "JPY", "10", 100),  # 100.1
        (12_345, "KWD", "5", 617),  # 0.61725
    ],
)
def test_12_tax_in_yen_and_dinars(base: int, currency: str, rate: str, tax: int) -> None:
    assert tax_on(Money(base, currency), Treatment("S", D(rate))) == Money(tax, currency)


def test_12_a_yen_line_is_said_so_that_checks_of_invoices_accept_it() -> None:
    story = Story(currency="JPY")
    story.sells("call", ChargeKind.USAGE, PerUnit(D("3.3")))
    story.subscribes("s", "2027-06-01", {"call": 1})
    story.uses("call", "2027-06-03", 101)
    story.bills("2027-07-01")
    (line,) = story.documents[-1]["lines"]
    assert line["net"] == 333  # 101 × 3.3 = 333.3
    said = {"quantity": "1", "unit": "C62", "price": "333", "base_quantity": 1}
    assert line["expression"] == said
