"""Tax in the seller's currency: per rate, at the rate of the invoice, and back to the cent."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from solde.domain.catalog import ChargeKind
from solde.domain.errors import InvalidError
from solde.domain.invoicing.accounting import exchange_of
from solde.domain.pricing.flat import Flat
from solde.domain.pricing.per_unit import PerUnit
from solde.domain.subscriptions import QuantityChanged
from solde.domain.tax import Exchange
from tests.support.story import Story, day

D = Decimal
JUNE = Exchange("EUR", "USD", date(2027, 5, 31), D("1.0842"), "ECB")
JULY = Exchange("EUR", "USD", date(2027, 6, 30), D("1.2"), "ECB")


@pytest.fixture
def story() -> Story:
    """A seller who books in euros and sells in dollars."""
    return Story(currency="USD", regime="FR", booked_in="EUR", exchange={"USD": JUNE})


def test_usd_tax_is_told_in_euros_with_rate_date_and_source(story: Story) -> None:
    """236.90 at 20 % has 47.38; at 1.0842 that is 43.70."""
    story.sells("fee", ChargeKind.ADVANCE, Flat(D("236.90")))
    story.subscribes("s", "2027-06-01", {"fee": 1})
    story.bills("2027-06-01")
    assert story.last_totals() == [("invoice", 236_90, 47_38, 284_28)]
    assert story.documents[0]["accounting"] == {
        "currency": "EUR",
        "rate": "1.0842",
        "on": "2027-05-31",
        "source": "ECB",
        "taxes": [{"category": "S", "rate": "20", "tax": 43_70}],
        "tax": 43_70,
    }
    assert exchange_of(story.documents[0]) == JUNE


def test_each_rate_of_tax_is_converted_alone(story: Story) -> None:
    """20.00 at 20 % and 10.00 at 5.5 %: 4.00 and 0.55 are 3.69 and 0.51."""
    story.sells("a", ChargeKind.ADVANCE, Flat(D("20.00")))
    story.sells("b", ChargeKind.ADVANCE, Flat(D("10.00")), tax_class="reduced")
    story.subscribes("s", "2027-06-01", {"a": 1, "b": 1})
    story.bills("2027-06-01")
    booked = story.documents[0]["accounting"]
    assert [one["tax"] for one in booked["taxes"]] == [51, 3_69]
    assert booked["tax"] == 4_20


def test_credit_notes_go_back_at_the_rate_of_their_invoice_and_close_to_zero(story: Story) -> None:
    """3 × 0.43 at 20 %: 0.26 of tax, 0.24 in euros. Notes of 0.09, 0.08, 0.09: 0.08 each."""
    names = ("a", "b", "c")
    for name in names:
        story.sells(name, ChargeKind.ADVANCE, PerUnit(D("0.43")))
    story.subscribes("s", "2027-06-01", dict.fromkeys(names, 1))
    story.bills("2027-06-01")
    story.exchange = {"USD": JULY}
    for number, name in enumerate(names, 1):
        story.changes("s", QuantityChanged(day("2027-06-01"), number, f"sit_{name}", D(0)))
        story.bills(f"2027-06-0{number + 1}")
    taxes = [(one["totals"]["tax"], one["accounting"]["tax"]) for one in story.documents]
    assert taxes == [(26, 24), (9, 8), (8, 8), (9, 8)]  # 0.09, 0.17, 0.26: 0.08, 0.16, 0.24
    note = story.documents[1]
    assert note["corrects"][0]["accounting"] == {
        "rate": "1.0842",
        "on": "2027-05-31",
        "source": "ECB",
    }
    assert exchange_of(note) is None


def test_without_a_rate_it_is_not_billed(story: Story) -> None:
    story.exchange = {}
    story.sells("fee", ChargeKind.ADVANCE, Flat(D("10.00")))
    story.subscribes("s", "2027-06-01", {"fee": 1})
    with pytest.raises(InvalidError, match="exchange rate: expected one of EUR and USD"):
        story.bills("2027-06-01")


def test_without_tax_or_in_the_own_currency_there_is_nothing_to_convert(story: Story) -> None:
    for told in (
        replace(story, regime="none", exchange={}),
        replace(story, booked_in="USD", exchange={}),
    ):
        told.sells("fee", ChargeKind.ADVANCE, Flat(D("10.00")))
        told.subscribes("s", "2027-06-01", {"fee": 1})
        told.bills("2027-06-01")
        assert "accounting" not in told.documents[-1]
        told.documents.clear()
        told.subscriptions.clear()
