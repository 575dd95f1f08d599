"""Subscriptions: what was agreed, what changed, and the timeline that they make."""

from solde.domain.subscriptions.billed_as import billed_as
from solde.domain.subscriptions.changes import (
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
    TrialConverted,
    Withdrawn,
    standing,
)
from solde.domain.subscriptions.closing import Closing, closing
from solde.domain.subscriptions.contract import Contract, Early
from solde.domain.subscriptions.granted import Covered, Covering, granted
from solde.domain.subscriptions.lives import begun, items_on
from solde.domain.subscriptions.subscription import Phase, Subscription
from solde.domain.subscriptions.timeline import Segment, charged, paused_on, timeline

__all__ = [
    "Cancelled",
    "Change",
    "Closing",
    "CollectionHeld",
    "Contract",
    "Covered",
    "Covering",
    "CycleChanged",
    "DiscountEnded",
    "DiscountGranted",
    "Early",
    "Item",
    "ItemsAdded",
    "Paused",
    "Phase",
    "PlanChanged",
    "PriceChosen",
    "QuantityChanged",
    "ReferencesChanged",
    "Resumed",
    "Segment",
    "Subscription",
    "TrialConverted",
    "Withdrawn",
    "begun",
    "billed_as",
    "charged",
    "closing",
    "granted",
    "items_on",
    "paused_on",
    "standing",
    "timeline",
]
