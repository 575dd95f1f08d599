"""Tax that waits is booked apart, and moved by what settles its invoice."""

from decimal import Decimal

from solde.domain.catalog import ChargeKind
from solde.domain.ledger import entry_of_document, of_settlement, waiting_of
from solde.domain.pricing.flat import Flat
from solde.domain.subscriptions import Cancelled
from tests.support.story import Story, day


def billed(option: str) -> Story:
    """100.00 at 20 % and 50.00 at 5.5 %."""
    story = Story(regime="FR", says={"services_due": option})
    story.sells("a", ChargeKind.ADVANCE, Flat(Decimal(100)))
    story.sells("b", ChargeKind.ADVANCE, Flat(Decimal(50)), tax_class="reduced")
    story.subscribes("s", "2027-06-01", {"a": 1, "b": 1})
    story.bills("2027-06-01")
    return story


def booked(document) -> dict[str, int]:
    return {one.account: one.minor for one in entry_of_document(document).postings}


def test_on_payment_the_tax_waits() -> None:
    (document,) = billed("payment").documents
    assert waiting_of(document) == {"S/20": 20_00, "S/5.5": 2_75}
    assert booked(document) == {"411": 172_75, "44574": -22_75, "706": -150_00}


def test_on_debits_and_where_nothing_is_said_it_does_not() -> None:
    for option in ("debits", "issue"):
        (document,) = billed(option).documents
        assert waiting_of(document) == {}
        assert booked(document) == {"411": 172_75, "4457": -22_75, "706": -150_00}


def test_a_credit_note_takes_its_tax_back_at_once() -> None:
    story = billed("payment")
    story.changes("s", Cancelled(day("2027-06-01"), 1))
    story.bills("2027-06-02")
    note = story.documents[-1]
    assert note["lines"][0]["tax"]["due"] == {"at": "payment"}
    assert waiting_of(note) == {}
    assert booked(note) == {"411": -172_75, "4457": 22_75, "706": 150_00}


def test_a_payment_moves_and_its_loss_moves_back() -> None:
    waiting = {"S/20": 20_00, "S/5.5": 2_75}
    paid = of_settlement(waiting, 172_75, before=0, after=100_00)
    assert paid == {"44574": 13_17, "4457": -13_17}  # 11.58 and 1.59
    back = of_settlement(waiting, 172_75, before=100_00, after=0)
    assert back == {"44574": -13_17, "4457": 13_17}
    assert of_settlement(waiting, 172_75, before=5, after=5) == {}


def test_of_two_rates_only_the_one_that_waits_does() -> None:
    lines = [
        {"tax": {"category": "S", "rate": "20", "due": {"at": "payment"}}},
        {"tax": {"category": "S", "rate": "5.5", "due": {"at": "delivery"}}},
    ]
    taxes = [
        {"category": "S", "rate": "20", "tax": 20_00},
        {"category": "S", "rate": "5.5", "tax": 2_75},
    ]
    document = {"kind": "invoice", "tax_due": "payment", "lines": lines, "taxes": taxes}
    assert waiting_of(document) == {"S/20": 20_00}
