"""What keeps documents apart holds from its day of billing on, and may be taken back."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from solde.domain.catalog import ChargeKind
from solde.domain.errors import InvalidError, StateConflictError
from solde.domain.invoicing.separation import (
    MOST,
    Separation,
    separation_on,
    standing_separations,
    with_separation,
    without_separation,
)
from solde.domain.pricing.flat import Flat
from solde.domain.subscriptions.references import References
from tests.support.story import Story


def day(number: int) -> date:
    return date(2027, 6, number)


ORDERS = Separation(day(10), ("purchase_order",))
CENTRES = Separation(day(20), ("cost_centre",))
AGAIN = Separation(day(10), ())
ENTITY = Separation(day(15))


@pytest.mark.parametrize(
    ("facts", "on", "expected"),
    [
        ((), 10, None),
        ((ORDERS,), 9, None),
        ((ORDERS,), 10, ORDERS),
        ((ORDERS, CENTRES), 19, ORDERS),
        ((ORDERS, CENTRES), 20, CENTRES),
        ((CENTRES, ORDERS), 30, CENTRES),  # by its day, whenever it was entered
        ((ORDERS, AGAIN), 10, AGAIN),  # of one day the last that was entered
        ((AGAIN, ORDERS), 10, ORDERS),
        ((ORDERS, ENTITY), 15, ENTITY),
        ((ORDERS, CENTRES, Separation(day(20), of=2)), 25, ORDERS),
        ((ORDERS, CENTRES, Separation(day(10), of=1)), 19, None),
        ((ORDERS, AGAIN, Separation(day(10), of=2)), 10, ORDERS),
    ],
)
def test_what_holds_on_a_day(facts, on, expected) -> None:
    assert separation_on(facts, day(on)) == expected


def test_facts_are_numbered_as_they_were_entered() -> None:
    facts = without_separation(with_separation((ORDERS,), CENTRES), 1)
    assert facts == (ORDERS, CENTRES, Separation(day(10), None, 1))
    assert with_separation(facts, AGAIN)[-1] == AGAIN
    assert standing_separations((*facts, AGAIN)) == {2: CENTRES, 4: AGAIN}


@pytest.mark.parametrize("number", [0, 1, 3, 4, 9])
def test_only_what_stands_is_taken_back(number) -> None:
    facts = (ORDERS, CENTRES, Separation(day(10), of=1))
    with pytest.raises(StateConflictError, match=f"a fact that stands, found {number}"):
        without_separation(facts, number)


def test_there_is_an_end_of_it() -> None:
    full = (ORDERS,) * MOST
    assert with_separation(full[1:], CENTRES)[-1] == CENTRES
    for more in (lambda: with_separation(full, CENTRES), lambda: without_separation(full, 1)):
        with pytest.raises(InvalidError, match="at most 50 facts"):
            more()


def test_a_run_keeps_apart_by_the_day_that_it_bills_and_not_by_when_it_runs() -> None:
    story = Story()
    story.sells("fee", ChargeKind.ADVANCE, Flat(Decimal("10.00")))
    for name, order in (("a", "PO-1"), ("b", "PO-2")):
        said = References(purchase_order=order)
        story.subscribes(name, "2027-06-01", {"fee": 1}, references=said)
    apart, together = (("purchase_order",), ())
    facts = (Separation(date(2027, 7, 1), apart), Separation(date(2027, 8, 1), together))
    story.customer = replace(story.customer, separations=facts)
    for month in ("06", "07", "08"):
        story.bills(f"2027-{month}-01")
    told = [
        ([line["subscription"]["external_id"] for line in one["lines"]], one["group"]["apart"])
        for one in story.documents
    ]
    assert told == [
        (["a", "b"], ""),
        (["a"], ""),
        (["b"], "purchase_order"),
        (["a", "b"], ""),
    ]
