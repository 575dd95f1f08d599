"""Subscriptions: what was agreed, what changed, and the timeline that they make."""

from solde.domain.subscriptions.changes import (
    Cancelled,
    Change,
    DiscountEnded,
    DiscountGranted,
    Item,
    ItemsAdded,
    Paused,
    PlanChanged,
    QuantityChanged,
    Resumed,
    TrialConverted,
)
from solde.domain.subscriptions.granted import Covering, granted
from solde.domain.subscriptions.subscription import Subscription
from solde.domain.subscriptions.timeline import Segment, charged, paused_on, timeline

__all__ = [
    "Cancelled",
    "Change",
    "Covering",
    "DiscountEnded",
    "DiscountGranted",
    "Item",
    "ItemsAdded",
    "Paused",
    "PlanChanged",
    "QuantityChanged",
    "Resumed",
    "Segment",
    "Subscription",
    "TrialConverted",
    "charged",
    "granted",
    "paused_on",
    "timeline",
]
