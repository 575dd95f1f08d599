"""Every kind of change survives the store, in the order of the days."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import get_args

import pytest

from solde.domain.catalog import Credit
from solde.domain.discounts import Discount, Grant, Offer
from solde.domain.periods import Cycle, Unit
from solde.domain.subscriptions import (
    Cancelled,
    Change,
    CollectionHeld,
    CycleChanged,
    DiscountEnded,
    DiscountGranted,
    Item,
    ItemsAdded,
    Paused,
    PlanChanged,
    PriceChosen,
    QuantityChanged,
    ReferencesChanged,
    Resumed,
    Subscription,
    TrialConverted,
    Withdrawn,
)
from solde.domain.subscriptions.references import References
from solde.storage.reading import CorruptItemError
from solde.storage.subscription_changes import NAMES, change_to_item
from solde.storage.subscriptions import (
    subscription_to_item,
    subscriptions_from_items,
)
from tests.support.model_table import _copied

D = Decimal
DAY = date(2027, 6, 15)
SEAT = Item("sit_1", "seats", "seat", D("2.5"), "Seats, {count}")
AGREED = Subscription(
    id="sub_1",
    external_id="S-1",
    customer_id="cus_1",
    subscriber_id="cus_2",
    entity="fr",
    plan_id="pln",
    currency="EUR",
    start_on=date(2027, 6, 2),
    cycle=Cycle(Unit.MONTH_LAST_DAY, 3, date(2027, 5, 31)),
    items=(SEAT,),
)
YEARLY = Cycle(Unit.YEAR, 2, date(2028, 2, 29))
CHANGES = (
    QuantityChanged(DAY, 1, "sit_1", D("0")),
    PlanChanged(DAY, 2, "big", ("sit_1",), (replace(SEAT, id="sit_2"),)),
    ItemsAdded(DAY, 3, (SEAT, replace(SEAT, id="sit_3", description=""))),
    Cancelled(DAY, 4),
    Paused(DAY, 5),
    Resumed(DAY, 6),
    TrialConverted(DAY, 7),
    DiscountGranted(DAY, 8, Grant("dsc_1", Offer("Ten", Discount(percent=D(10))), DAY)),
    DiscountEnded(DAY, 9, "dsc_1"),
    Withdrawn(DAY, 10, 2),
    Cancelled(DAY, 11, Credit.NONE, date(2028, 1, 1)),
    CycleChanged(DAY, 12, YEARLY),
    PlanChanged(DAY, 13, "big", (), (replace(SEAT, reference="GATE-4"),), YEARLY),
    PriceChosen(DAY, 15, "seat", 2),
    ReferencesChanged(DAY, 16, References(purchase_order="PO-1", alone=True)),
    ReferencesChanged(DAY, 17, None),
    CollectionHeld(DAY, 18, date(2027, 1, 1)),
    CollectionHeld(DAY, 19, None),
)


def test_no_kind_of_change_is_left_out() -> None:
    assert {type(one) for one in CHANGES} == set(get_args(Change)) == NAMES.keys()
    assert len(set(NAMES.values())) == len(NAMES)


def test_changes_lie_behind_their_subscription_in_order_of_day_and_sequence() -> None:
    later = replace(CHANGES[0], effective_on=date(2027, 7, 1), sequence=14)
    earlier = replace(CHANGES[0], effective_on=date(2027, 6, 3), sequence=1_000)
    items = [change_to_item(AGREED, one) for one in (later, *reversed(CHANGES), earlier)]
    items.append(subscription_to_item(AGREED, created_at="2027-06-01"))
    in_order = sorted((_copied(item) for item in items), key=lambda item: item["sk"])
    (found,) = subscriptions_from_items(in_order)
    assert found.changes == (earlier, *CHANGES, later)
    assert replace(found, changes=()) == AGREED


def test_a_change_of_no_known_kind_is_named() -> None:
    agreed = subscription_to_item(AGREED, created_at="")
    item = change_to_item(AGREED, CHANGES[3]) | {"type": "magic"}
    with pytest.raises(CorruptItemError, match=r"sub_1#chg#2027-06-15#000004.*found 'magic'"):
        subscriptions_from_items([agreed, item])
