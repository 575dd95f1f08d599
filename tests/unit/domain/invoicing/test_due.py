"""When tax of lines becomes chargeable, and what goes apart for it."""

from dataclasses import replace
from decimal import Decimal

import pytest

from solde.domain.catalog import ChargeKind
from solde.domain.pricing.flat import Flat
from solde.domain.subscriptions import Cancelled, QuantityChanged
from tests.support.story import Story, day

D = Decimal


def sold(option: str) -> Story:
    """A fee of 100.00, a service, and a device of 50.00, goods."""
    story = Story(regime="FR", says={"services_due": option})
    story.sells("fee", ChargeKind.ADVANCE, Flat(D(100)))
    story.sells("device", ChargeKind.ADVANCE, Flat(D(50)), tax_class="intermediate")
    story.products["intermediate"] = replace(story.products["intermediate"], nature="goods")
    story.subscribes("s", "2027-06-01", {"fee": 1, "device": 1})
    story.bills("2027-06-01")
    return story


def dues(document) -> list[dict | None]:
    return [line["tax"].get("due") for line in document["lines"]]


def test_on_payment_goods_and_services_have_documents_of_their_own() -> None:
    services, goods = sold("payment").documents
    assert (services["group"]["apart"], goods["group"]["apart"]) == ("", "chargeability")
    assert dues(services) == [{"at": "payment"}]
    assert dues(goods) == [{"at": "delivery", "on": "2027-06-30"}]
    assert services["tax_due"] == goods["tax_due"] == "payment"


def test_on_debits_they_are_together_and_the_option_is_said() -> None:
    (document,) = sold("debits").documents
    assert dues(document) == [{"at": "issue"}, {"at": "delivery", "on": "2027-06-30"}]
    assert {"code": "vat_on_debits"} in document["mentions"]


def test_where_nothing_is_said_documents_are_as_they_were() -> None:
    (document,) = sold("issue").documents
    assert dues(document) == [None, None]
    assert "tax_due" not in document


@pytest.mark.parametrize(("then", "due"), [("payment", {"at": "payment"}), ("issue", None)])
def test_a_correction_follows_its_original(then: str, due: dict | None) -> None:
    """The seller chooses debits later: what waits for payment does so on its note, too."""
    story = sold(then)
    story.says["services_due"] = "debits"
    story.changes("s", QuantityChanged(day("2027-06-16"), 1, "sit_fee", D(0)))
    assert story.bills("2027-06-16") == ["CN fee 2027-06-16..2027-06-30 50.00"]
    assert dues(story.documents[-1]) == [due]


def test_all_of_it_given_back_is_two_notes() -> None:
    story = sold("payment")
    story.changes("s", Cancelled(day("2027-06-01"), 1))
    story.bills("2027-06-02")
    notes = story.documents[2:]
    assert [(one["kind"], one["totals"]["net"]) for one in notes] == [
        ("credit_note", 100_00),
        ("credit_note", 50_00),
    ]
