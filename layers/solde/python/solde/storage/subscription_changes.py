"""A change of a subscription as stored: an item of its own, behind the subscription."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from solde.domain.catalog import Credit
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
from solde.storage import keys
from solde.storage.discounts import grant_from_item, grant_to_item
from solde.storage.reading import day, present
from solde.storage.table import Item as Stored

SCHEMA = 1
NAMES: Mapping[type[Change], str] = {
    QuantityChanged: "quantity",
    PlanChanged: "plan",
    ItemsAdded: "items",
    Cancelled: "cancel",
    CycleChanged: "cycle",
    Paused: "pause",
    Resumed: "resume",
    TrialConverted: "convert",
    DiscountGranted: "discount",
    DiscountEnded: "discount_end",
    PriceChosen: "price",
    ReferencesChanged: "references",
    CollectionHeld: "hold",
    Withdrawn: "withdraw",
}
BARE: Mapping[str, type[Paused | Resumed | TrialConverted]] = {
    "pause": Paused,
    "resume": Resumed,
    "convert": TrialConverted,
}
"""Changes that say no more than their day."""


def change_to_item(subscription: Subscription, change: Change) -> Stored:
    key = keys.change(
        subscription.customer_id, subscription.id, change.effective_on, change.sequence
    )
    named = {"schema": SCHEMA, "type": NAMES[type(change)]}
    return {"pk": key.pk, "sk": key.sk, **named, **_fields(change)}


def _fields(change: Change) -> dict[str, Any]:
    match change:
        case QuantityChanged():
            return {"item": change.item_id, "quantity": str(change.quantity)}
        case PlanChanged():
            return {
                "plan_id": change.plan_id,
                "ended": list(change.ended),
                "started": [item_to_stored(one) for one in change.started],
                **({"cycle": cycle_to_stored(change.cycle)} if change.cycle else {}),
            }
        case ItemsAdded():
            return {"started": [item_to_stored(one) for one in change.started]}
        case DiscountGranted():
            return {"grant": grant_to_item(change.grant)}
        case DiscountEnded():
            return {"grant": change.grant_id}
        case _:
            return _fields_of_the_whole(change)


def _fields_of_the_whole(change: Change) -> dict[str, Any]:
    match change:
        case CycleChanged():
            return {"cycle": cycle_to_stored(change.cycle)}
        case Cancelled(credit=credit, due_to=due_to):
            return present(
                credit=None if credit is Credit.PRORATE else credit.value,
                due_to=due_to.isoformat() if due_to else None,
            )
        case Withdrawn():
            return {"of": change.of}
        case PriceChosen():
            return {"price": change.price_id, "version": change.version}
        case ReferencesChanged():
            return {"said": references_to_stored(change.references or References())}
        case CollectionHeld():
            return present(until=change.until.isoformat() if change.until else None)
        case _:
            return {}


def change_from_item(item: Stored) -> Change:
    _, _, tail = item["sk"].partition("#chg#")
    day_text, _, sequence_text = tail.partition("#")
    on, sequence = date.fromisoformat(day_text), int(sequence_text)
    if bare := BARE.get(item["type"]):
        return bare(on, sequence)
    if read := READERS.get(item["type"]):
        return read(on, sequence, item)
    raise ValueError(f"change: expected a known type, found {item['type']!r}")


def _quantity(on: date, sequence: int, item: Stored) -> Change:
    return QuantityChanged(on, sequence, item["item"], Decimal(item["quantity"]))


def _plan(on: date, sequence: int, item: Stored) -> Change:
    cycle = cycle_from_stored(item["cycle"]) if "cycle" in item else None
    return PlanChanged(on, sequence, item["plan_id"], tuple(item["ended"]), _started(item), cycle)


def _cycle(on: date, sequence: int, item: Stored) -> Change:
    return CycleChanged(on, sequence, cycle_from_stored(item["cycle"]))


def _items(on: date, sequence: int, item: Stored) -> Change:
    return ItemsAdded(on, sequence, _started(item))


def _discount(on: date, sequence: int, item: Stored) -> Change:
    return DiscountGranted(on, sequence, grant_from_item(item["grant"]))


def _discount_end(on: date, sequence: int, item: Stored) -> Change:
    return DiscountEnded(on, sequence, item["grant"])


def _cancelled(on: date, sequence: int, item: Stored) -> Change:
    credit = Credit(item.get("credit", Credit.PRORATE.value))
    return Cancelled(on, sequence, credit, day(item.get("due_to")))


def _withdrawn(on: date, sequence: int, item: Stored) -> Change:
    return Withdrawn(on, sequence, item["of"])


def _price(on: date, sequence: int, item: Stored) -> Change:
    return PriceChosen(on, sequence, item["price"], item["version"])


def _references(on: date, sequence: int, item: Stored) -> Change:
    said = references_from_stored(item["said"])
    return ReferencesChanged(on, sequence, None if said == References() else said)


def _held(on: date, sequence: int, item: Stored) -> Change:
    return CollectionHeld(on, sequence, day(item.get("until")))


def references_to_stored(one: References) -> Stored:
    fields = {"fields": dict(one.fields)} if one.fields else {}
    return {**one.named, **({"alone": True} if one.alone else {}), **fields}


def references_from_stored(item: Stored) -> References:
    if "fields" not in item:
        return References(**item)
    return References(**{**item, "fields": tuple(sorted(item["fields"].items()))})


READERS: Mapping[str, Callable[[date, int, Stored], Change]] = {
    "quantity": _quantity,
    "plan": _plan,
    "items": _items,
    "discount": _discount,
    "discount_end": _discount_end,
    "cancel": _cancelled,
    "cycle": _cycle,
    "withdraw": _withdrawn,
    "price": _price,
    "references": _references,
    "hold": _held,
}


def _started(item: Stored) -> tuple[Item, ...]:
    return tuple(item_from_stored(one) for one in item["started"])


def cycle_to_stored(cycle: Cycle) -> list[Any]:
    return [cycle.unit.value, cycle.count, cycle.anchor_on.isoformat()]


def cycle_from_stored(stored: Sequence[Any]) -> Cycle:
    unit, count, anchor_on = stored
    return Cycle(Unit(unit), count, date.fromisoformat(anchor_on))


def item_to_stored(one: Item) -> Stored:
    return {
        "id": one.id,
        "component": one.component,
        "price": one.price_id,
        "quantity": str(one.quantity),
        "text": one.description,
        **({"ref": one.reference} if one.reference else {}),
        **({"fields": dict(one.fields)} if one.fields else {}),
    }


def item_from_stored(item: Stored) -> Item:
    return Item(
        id=item["id"],
        component=item["component"],
        price_id=item["price"],
        quantity=Decimal(item["quantity"]),
        description=item["text"],
        reference=item.get("ref", ""),
        fields=tuple(sorted(item["fields"].items())) if "fields" in item else (),
    )
