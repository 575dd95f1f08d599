"""A subscription as stored: what was agreed, and each later change as an item of its own."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, assert_never

from solde.domain.periods import Cycle, Unit
from solde.domain.subscriptions import (
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
    Subscription,
    TrialConverted,
)
from solde.domain.trials import AfterTrial, Trial
from solde.storage import keys
from solde.storage.discounts import grant_from_item, grant_to_item
from solde.storage.reading import present, reading
from solde.storage.table import Item as Stored

SCHEMA = 1
BARE: dict[str, type[Cancelled | Paused | Resumed | TrialConverted]] = {
    "cancel": Cancelled,
    "pause": Paused,
    "resume": Resumed,
    "convert": TrialConverted,
}
"""Changes that say no more than their day."""


def subscription_to_item(one: Subscription, *, created_at: str) -> Stored:
    key = keys.subscription(one.customer_id, one.id)
    return {
        "pk": key.pk,
        "sk": key.sk,
        "schema": SCHEMA,
        "list_pk": keys.listing("sub", one.id),
        "list_sk": f"{created_at}#{one.id}",
        **present(
            id=one.id,
            external_id=one.external_id,
            subscriber_id=one.subscriber_id,
            entity=one.entity,
            plan_id=one.plan_id,
            currency=one.currency,
            start_on=one.start_on.isoformat(),
            cycle=[one.cycle.unit.value, one.cycle.count, one.cycle.anchor_on.isoformat()],
            items=[_item_to_stored(item) for item in one.items],
            name=one.name,
            terms_days=one.terms_days,
            collection=one.collection,
            group=one.group,
            trial=[one.trial.ends_on.isoformat(), one.trial.then.value] if one.trial else None,
            created_at=created_at,
        ),
    }


def change_to_item(subscription: Subscription, change: Change) -> Stored:
    key = keys.change(
        subscription.customer_id, subscription.id, change.effective_on, change.sequence
    )
    return {"pk": key.pk, "sk": key.sk, "schema": SCHEMA, **_change_body(change)}


def subscriptions_from_items(items: Iterable[Stored]) -> list[Subscription]:
    """Read subscriptions and their changes, which lie right behind them in the partition."""
    found: list[Subscription] = []
    for item in items:
        with reading(item):
            if "#chg#" in item["sk"]:
                found[-1] = found[-1].with_change(_change_from_item(item))
            else:
                found.append(_subscription_from_item(item))
    return found


def _subscription_from_item(item: Stored) -> Subscription:
    unit, count, anchor_on = item["cycle"]
    return Subscription(
        id=item["id"],
        external_id=item.get("external_id", ""),
        customer_id=item["pk"].removeprefix("A#"),
        subscriber_id=item["subscriber_id"],
        entity=item["entity"],
        plan_id=item["plan_id"],
        currency=item["currency"],
        start_on=date.fromisoformat(item["start_on"]),
        cycle=Cycle(Unit(unit), count, date.fromisoformat(anchor_on)),
        items=tuple(_item_from_stored(one) for one in item["items"]),
        name=item.get("name", ""),
        terms_days=item.get("terms_days"),
        trial=_trial(item["trial"]) if "trial" in item else None,
        collection=item.get("collection", ""),
        group=item.get("group", ""),
    )


def _trial(stored: Sequence[str]) -> Trial:
    ends_on, then = stored
    return Trial(date.fromisoformat(ends_on), AfterTrial(then))


def _change_body(change: Change) -> dict[str, Any]:
    match change:
        case QuantityChanged():
            return {"type": "quantity", "item": change.item_id, "quantity": str(change.quantity)}
        case PlanChanged():
            return {
                "type": "plan",
                "plan_id": change.plan_id,
                "ended": list(change.ended),
                "started": [_item_to_stored(one) for one in change.started],
            }
        case ItemsAdded():
            return {"type": "items", "started": [_item_to_stored(one) for one in change.started]}
        case Cancelled() | Paused() | Resumed() | TrialConverted():
            return {"type": next(name for name, bare in BARE.items() if isinstance(change, bare))}
        case DiscountGranted():
            return {"type": "discount", "grant": grant_to_item(change.grant)}
        case DiscountEnded():
            return {"type": "discount_end", "grant": change.grant_id}
        case _:
            assert_never(change)


def _change_from_item(item: Stored) -> Change:
    _, _, tail = item["sk"].partition("#chg#")
    day_text, _, sequence_text = tail.partition("#")
    effective_on, sequence = date.fromisoformat(day_text), int(sequence_text)
    if bare := BARE.get(item["type"]):
        return bare(effective_on, sequence)
    match item["type"]:
        case "quantity":
            return QuantityChanged(effective_on, sequence, item["item"], Decimal(item["quantity"]))
        case "plan":
            started = tuple(_item_from_stored(one) for one in item["started"])
            return PlanChanged(
                effective_on, sequence, item["plan_id"], tuple(item["ended"]), started
            )
        case "items":
            started = tuple(_item_from_stored(one) for one in item["started"])
            return ItemsAdded(effective_on, sequence, started)
        case "discount":
            return DiscountGranted(effective_on, sequence, grant_from_item(item["grant"]))
        case "discount_end":
            return DiscountEnded(effective_on, sequence, item["grant"])
        case unknown:
            raise ValueError(f"change: expected a known type, found {unknown!r}")


def _item_to_stored(one: Item) -> Stored:
    return {
        "id": one.id,
        "component": one.component,
        "price": one.price_id,
        "quantity": str(one.quantity),
        "text": one.description,
    }


def _item_from_stored(item: Stored) -> Item:
    return Item(
        item["id"], item["component"], item["price"], Decimal(item["quantity"]), item["text"]
    )
