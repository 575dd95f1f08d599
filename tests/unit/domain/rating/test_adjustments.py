"""Lines by hand: proposed once, on their day; what makes no sense cannot be built."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from solde.domain.catalog import ChargeKind, Product
from solde.domain.errors import InvalidError
from solde.domain.money import Money
from solde.domain.periods import Period
from solde.domain.pricing.per_unit import PerUnit
from solde.domain.rating import ExtraLine, LineCredit, Window, extras, next_extra_on
from tests.support.story import Story, day

D = Decimal
WORK = Product("work", "Work", "standard", "706", "HUR")


def extra(quantity: str = "3", unit_amount: str = "80.00", **more) -> ExtraLine:
    fields = {
        "id": "adj_work",
        "customer_id": "cus_1",
        "entity": "e",
        "product": WORK,
        "currency": "EUR",
        "quantity": D(quantity),
        "unit_amount": D(unit_amount),
        "description": "Moving your data",
        "service": Period(day("2027-06-03"), day("2027-06-05")),
        "due_on": day("2027-06-10"),
    }
    return ExtraLine(**{**fields, **more})


def test_a_line_by_hand_is_billed_on_its_day_beside_what_is_due() -> None:
    story = Story(regime="FR")
    story.sells("seat", ChargeKind.ADVANCE, PerUnit(D(31)))
    story.subscribes("s", "2027-06-01", {"seat": 1})
    story.bills("2027-06-01")
    story.adjusts(extra())
    assert story.bills("2027-06-09") == []
    assert story.bills("2027-06-10") == ["extra 2027-06-03..2027-06-04 240.00"]  # 3 × 80.00
    (line,) = story.documents[-1]["lines"]
    assert line["expression"] == {
        "quantity": "3",
        "unit": "HUR",
        "price": "80",
        "base_quantity": 1,
    }
    assert (line["description"], line["account"], line["tax"]["rate"]) == (
        "Moving your data",
        "706",
        "20",
    )
    story.dirty_from = day("2027-06-01")
    assert story.bills("2027-06-11") == []


def test_a_line_withdrawn_is_given_back() -> None:
    story = Story()
    story.adjusts(extra())
    story.bills("2027-06-10")
    story.adjusts(extra(withdrawn=True))
    assert story.bills("2027-06-11") == ["CN extra 2027-06-03..2027-06-04 240.00"]
    assert story.bills("2027-06-12") == []


def test_goodwill_on_a_line_by_hand() -> None:
    story = Story()
    story.adjusts(extra())
    story.bills("2027-06-10")
    story.credits(0, 40_00)
    assert story.bills("2027-06-11") == ["CN extra 2027-06-03..2027-06-04 40.00"]
    story.adjusts(extra(withdrawn=True))
    assert story.bills("2027-06-12") == ["CN extra 2027-06-03..2027-06-04 200.00"]


def test_what_was_issued_by_itself_is_looked_at_where_its_days_are_opened_again() -> None:
    one = extra(invoiced=True)
    opened = Window(day("2027-06-01"), day("2027-06-30"), day("2027-06-01"))
    assert extras([one], replace(opened, dirty_from=None)) == []
    assert [each.key for each in extras([one], opened)] == [one.key]
    assert next_extra_on([one], day("2027-06-01")) is None
    assert next_extra_on([extra()], day("2027-06-01")) == day("2027-06-10")
    assert next_extra_on([extra()], day("2027-06-10")) is None


@pytest.mark.parametrize(
    ("fields", "pointer", "said"),
    [
        ({"quantity": D(0)}, "/quantity", "expected more than 0, found 0"),
        ({"unit_amount": D(-1)}, "/unit_amount", "to give back, credit a line"),
        ({"unit_amount": D("NaN")}, "/unit_amount", "found NaN"),
        ({"unit_amount": D("0.001")}, "/unit_amount", "which rounds to 0"),
    ],
)
def test_a_line_that_charges_nothing_cannot_be_built(fields, pointer, said) -> None:
    with pytest.raises(InvalidError, match=said) as refused:
        replace(extra(), **fields)
    assert refused.value.pointer == pointer


@pytest.mark.parametrize(
    ("minor", "last", "pointer"), [(0, 10, "/amount"), (-1, 10, "/amount"), (1, 29, "/start_on")]
)
def test_a_credit_of_nothing_or_of_other_days_cannot_be_built(minor, last, pointer) -> None:
    service = Period(date(2027, 6, 3), date(2027, 6, 20))
    days = Period(date(2027, 6, 3), date(2027, 6, last))
    with pytest.raises(InvalidError) as refused:
        LineCredit("a", extra().key, "inv", service, days, Money(minor, "EUR"))
    assert refused.value.pointer == pointer
