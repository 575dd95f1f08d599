"""Documents read back: what a line says is what the next comparison starts from."""

from decimal import Decimal
from fractions import Fraction

import pytest

from solde.domain.catalog import ChargeKind
from solde.domain.credit import Cause, note_draft
from solde.domain.discounts import Reduction
from solde.domain.invoicing.billed import billed_lines, standing_lines
from solde.domain.invoicing.canonical import close
from solde.domain.invoicing.document import draft_document
from solde.domain.invoicing.taken import NOTHING
from solde.domain.money import Money
from solde.domain.periods import Period
from solde.domain.pricing.per_unit import PerUnit
from solde.domain.rating import BilledLine, ChargeKey
from solde.domain.rating.charge import Credited
from solde.domain.subscriptions import QuantityChanged
from solde.domain.tax import Treatment
from tests.support.noted import invoiced
from tests.support.story import Story, day

D = Decimal
JUNE = Period(day("2027-06-01"), day("2027-07-01"))
REST = Period(day("2027-06-15"), day("2027-07-01"))


def told(kind: str) -> Story:
    """Three seats at 9.99, from the 15th so many more, or less."""
    story = Story(regime="FR")
    story.sells("seat", ChargeKind.ADVANCE, PerUnit(D("9.99")), tax_class="intermediate")
    story.subscribes("s", "2027-06-01", {"seat": 3})
    story.bills("2027-06-01")
    seats = D(5) if kind == "invoice" else D(1)
    story.changes("s", QuantityChanged(day("2027-06-15"), 1, "sit_seat", seats))
    story.bills("2027-06-15")
    return story


def test_a_line_comes_back_with_its_key_and_its_sums() -> None:
    (line,) = billed_lines(told("invoice").documents[1])
    assert line.key == ChargeKey("sit_seat", "seat", ChargeKind.ADVANCE, "seat", 1, JUNE)
    assert (line.subscription_id, line.service) == ("sub_s", REST)
    assert (line.units, line.exact) == (D(2), Fraction("10.656"))  # 2 × 9.99 × 16 ÷ 30
    assert line.net == Money(10_66, "EUR")
    assert line.treatment == Treatment("S", D(10), "intermediate")
    assert (line.invoice_id, line.number, line.issued_on) == ("inv_2", "E-2", day("2027-06-15"))


def test_a_credit_note_counts_as_negative_again() -> None:
    document = told("credit_note").documents[1]
    assert (document["kind"], document["lines"][0]["net"]) == ("credit_note", 10_66)
    (line,) = billed_lines(document)
    assert (line.units, line.exact) == (D(-2), Fraction("-10.656"))
    assert line.net == Money(-10_66, "EUR")  # of 29.97 stay 19.314, that is 19.31


def rich(kind: str, **more) -> BilledLine:
    """Read back a line of a document that says more."""
    document = told(kind).documents[1]
    line = {**document["lines"][0], **more.pop("line", {})}
    line["tax"] = {**line["tax"], **more.pop("tax", {})}
    line["price"] = {**line["price"], **more.pop("price", {})}
    return next(billed_lines({**document, "lines": [line], **more}))


def test_what_a_plain_line_does_not_say_is_empty() -> None:
    line = rich("invoice")
    assert (line.due, line.inclusive, line.treatment.reason, line.key.part) == ("", "", "", "")
    assert (line.reductions, line.shares, line.credited, line.exchange) == ((), (), (), None)


def test_what_a_line_says_of_its_tax_and_its_price() -> None:
    line = rich(
        "invoice",
        tax={"reason": "VATEX", "due": {"at": "at_payment"}},
        price={"part": "step-2"},
        inclusive="base",
        line={"with_tax": 10_66},
    )
    assert (line.due, line.inclusive, line.treatment.reason) == ("at_payment", "base", "VATEX")
    assert (line.key.part, line.net) == ("step-2", Money(10_66, "EUR"))


TEN = {"id": "ten", "name": "Ten", "percent": "10", "rank": 1, "amount": 1_00}
FIVE = {"id": "five", "name": "Five", "rank": 0, "amount": 5_00}


@pytest.mark.parametrize(("kind", "sign"), [("invoice", 1), ("credit_note", -1)])
def test_discounts_come_back_with_the_sign_of_their_line(kind: str, sign: int) -> None:
    ten = Reduction("ten", "Ten", D(10), 1, Money(sign * 1_00, "EUR"))
    five = Reduction("five", "Five", None, 0, Money(sign * 5_00, "EUR"))
    line = rich(kind, line={"discounts": [TEN, FIVE]})
    assert (line.reductions, line.shares) == ((ten, five), ())
    assert line.net == Money(sign * 10_66, "EUR")  # they are inside of the net
    line = rich(kind, line={"allowances": [TEN, FIVE]})
    assert (line.reductions, line.shares) == ((), (ten, five))
    assert line.net == Money(sign * 16_66, "EUR")  # a correction is said after them
    line = rich(kind, line={"allowances": [TEN, FIVE], "base": 4_66})
    assert line.net == Money(sign * 10_66, "EUR")  # what is listed is said before them


@pytest.mark.parametrize(("kind", "sign"), [("invoice", 1), ("credit_note", -1)])
def test_credits_by_hand_come_back(kind: str, sign: int) -> None:
    said = {"id": "adj_1", "exact": "-5/3", "net": 1_67}
    line = rich(kind, line={"credited": [said]})
    assert line.credited == (Credited("adj_1", Fraction(-5, 3), sign * 1_67),)


def test_what_is_cancelled_stands_no_more_and_neither_does_its_note() -> None:
    sold = invoiced({"a": ("100.00", "standard"), "b": ("40.00", "standard")})
    draft = note_draft(sold.invoice, {1: 100_00}, Cause("n"), NOTHING)
    entity, customer = sold.story._entity(), sold.story.customer
    envelope = {"id": "crn_1", "number": "CN-1", "issued_on": "2027-06-02", "due_on": "2027-06-02"}
    note = close(draft_document(draft, entity=entity, customer=customer), envelope)
    assert note["lines"][0]["cancels"] is True
    lines = standing_lines([sold.invoice, note])
    assert [(one.invoice_id, one.line) for one in lines] == [("inv_1", 2)]
    assert lines[0].inputs == sold.invoice["lines"][1]["inputs"]  # nothing of it is looked at anew
    assert [one.line for one in standing_lines([sold.invoice])] == [1, 2]


def test_what_else_was_billed_of_a_cancelled_charge_is_looked_at_anew() -> None:
    story = told("invoice")
    draft = note_draft(story.documents[0], {1: 29_97}, Cause("n"), NOTHING)
    entity, customer = story._entity(), story.customer
    envelope = {"id": "crn_1", "number": "CN-1", "issued_on": "2027-06-16", "due_on": "2027-06-16"}
    note = close(draft_document(draft, entity=entity, customer=customer), envelope)
    (more,) = standing_lines([*story.documents, note])
    assert (more.invoice_id, more.units, more.inputs) == ("inv_2", D(2), "")


def test_money_in_advance_is_no_billing_and_neither_is_what_goes_back_of_it() -> None:
    said = {"id": "dep_1", "order": "BC-7"}
    deposit = {"kind": "deposit", "deposit": said, "lines": [{}]}
    note = {"kind": "credit_note", "deposit": said, "lines": [{"cancels": True}]}
    assert standing_lines([deposit, note]) == []
