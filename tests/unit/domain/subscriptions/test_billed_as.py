"""How a subscription is billed on a day: the last that was said for it counts."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from solde.domain.periods import Cycle, Unit
from solde.domain.subscriptions import (
    Change,
    CollectionHeld,
    Item,
    QuantityChanged,
    ReferencesChanged,
    Subscription,
    Withdrawn,
    billed_as,
)
from solde.domain.subscriptions.references import References

JUNE = date(2027, 6, 1)
FIRST, OTHER = References(purchase_order="PO-1"), References(cost_centre="A")


def day(number: int) -> date:
    return date(2027, 6, number)


def agreed(*changes: Change) -> Subscription:
    return Subscription(
        id="sub_1",
        external_id="",
        customer_id="cus_1",
        subscriber_id="cus_1",
        entity="fr",
        plan_id="pln",
        currency="EUR",
        start_on=JUNE,
        cycle=Cycle(Unit.MONTH, 1, JUNE),
        items=(Item("sit_1", "seat", "seat", Decimal(1)),),
        changes=changes,
        references=FIRST,
    )


@pytest.mark.parametrize(
    ("changes", "on", "references"),
    [
        ([], 10, FIRST),
        ([ReferencesChanged(day(10), 1, OTHER)], 9, FIRST),
        ([ReferencesChanged(day(10), 1, OTHER)], 10, OTHER),
        ([ReferencesChanged(day(10), 1, None)], 10, None),
        ([ReferencesChanged(day(5), 2, None), ReferencesChanged(day(10), 1, OTHER)], 10, OTHER),
        ([ReferencesChanged(day(5), 1, OTHER), ReferencesChanged(day(5), 2, None)], 30, None),
        ([ReferencesChanged(day(5), 1, OTHER), Withdrawn(day(5), 2, 1)], 30, FIRST),
    ],
)
def test_what_documents_name(changes, on, references) -> None:
    (found,) = billed_as((agreed(*changes),), day(on))
    assert found.references == references


@pytest.mark.parametrize(
    ("changes", "on", "until"),
    [
        ([CollectionHeld(day(10), 1, day(20))], 9, None),
        ([CollectionHeld(day(10), 1, day(20))], 10, day(20)),
        ([CollectionHeld(day(10), 1, day(20))], 19, day(20)),
        ([CollectionHeld(day(10), 1, day(20))], 20, None),
        ([CollectionHeld(day(10), 1, day(20)), CollectionHeld(day(12), 2, None)], 12, None),
        ([CollectionHeld(day(10), 1, day(20)), CollectionHeld(day(12), 2, day(30))], 25, day(30)),
    ],
)
def test_until_when_what_is_billed_waits(changes, on, until) -> None:
    (found,) = billed_as((agreed(*changes),), day(on))
    assert found.held_until == until
    assert found.references == FIRST


def test_others_are_as_they_were() -> None:
    plain = (agreed(), agreed(QuantityChanged(day(5), 1, "sit_1", Decimal(2))))
    assert billed_as(plain, day(10)) is plain
    marked = agreed(CollectionHeld(day(5), 1, day(20)))
    found = billed_as((*plain, marked), day(10))
    assert found == (*plain, replace(marked, held_until=day(20)))
