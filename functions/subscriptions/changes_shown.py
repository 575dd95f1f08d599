"""
Changes of a subscription as the API shows them.

What is stored must be read for ever, and what is shown may grow with the API: so the one does not
follow from the other, though they look alike today. Only the names of the changes are shared.
"""

from collections.abc import Collection
from datetime import date
from typing import Any

from solde.domain.invoicing.texts import plain
from solde.domain.periods import Cycle
from solde.domain.subscriptions import (
    Cancelled,
    Change,
    CollectionHeld,
    CycleChanged,
    DiscountEnded,
    DiscountGranted,
    Item,
    ItemsAdded,
    PlanChanged,
    PriceChosen,
    QuantityChanged,
    ReferencesChanged,
    Withdrawn,
)
from solde.ports.customers import Entered
from solde.runtime.fields import described, instant_text
from solde.storage.subscription_changes import NAMES


def change_shown(
    entered: Entered, *, gone: Collection[int], today: date, livemode: bool
) -> dict[str, Any]:
    """Return a change: `gone` holds the numbers of those that were withdrawn."""
    change = entered.change
    status = "scheduled" if change.effective_on > today else "effective"
    return described(
        "change",
        change=NAMES[type(change)],
        number=change.sequence,
        status="withdrawn" if change.sequence in gone else status,
        effective_on=change.effective_on.isoformat(),
        entered_at=instant_text(entered.at),
        **_said(change),
        livemode=livemode,
    )


def _said(change: Change) -> dict[str, Any]:
    match change:
        case QuantityChanged():
            return {"item": change.item_id, "quantity": plain(change.quantity)}
        case PlanChanged():
            started = [_item(one) for one in change.started]
            said = {"plan": change.plan_id, "ended": list(change.ended), "started": started}
            return said | (_cycle(change.cycle) if change.cycle else {})
        case ItemsAdded():
            return {"started": [_item(one) for one in change.started]}
        case DiscountGranted():
            return {"discount": change.grant.id, "name": change.grant.offer.name}
        case DiscountEnded():
            return {"discount": change.grant_id}
        case _:
            return _said_of_the_whole(change)


def _said_of_the_whole(change: Change) -> dict[str, Any]:
    match change:
        case Cancelled():
            due_to = change.due_to.isoformat() if change.due_to else None
            return {"credit": change.credit.value, "due_to": due_to}
        case CycleChanged():
            return _cycle(change.cycle)
        case Withdrawn():
            return {"withdrawn": change.of}
        case PriceChosen():
            return {"price": change.price_id, "price_version": change.version}
        case ReferencesChanged():
            said = change.references
            named, alone = (said.named, said.alone) if said else ({}, False)
            fields = dict(said.fields) if said else {}
            return {"references": named, "alone": alone, "custom_fields": fields}
        case CollectionHeld():
            return {"until": change.until.isoformat() if change.until else None}
        case _:
            return {}


def _cycle(cycle: Cycle) -> dict[str, Any]:
    fields = {"unit": cycle.unit.value, "count": cycle.count}
    return {"cycle": fields | {"anchor_on": cycle.anchor_on.isoformat()}}


def _item(item: Item) -> dict[str, Any]:
    return {
        "item": item.id,
        "component": item.component,
        "price": item.price_id,
        "quantity": plain(item.quantity),
        "external_id": item.reference or None,
        "custom_fields": dict(item.fields),
    }
