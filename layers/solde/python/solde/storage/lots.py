"""Lots of credit as items: what is left of a payment or a credit note, in the customer's own."""

from solde.domain.money import Money
from solde.domain.settlement import Lot, Use
from solde.storage import keys
from solde.storage.reading import day, present, reading
from solde.storage.table import Absent, Equals, Item, ItemExists, NoItem, Put, Table, Update

SCHEMA = 1


def lots_of(table: Table, customer_id: str) -> list[Lot]:
    """Read all lots of a customer, by the ids of their sources; used up ones too."""
    prefix = keys.unapplied(customer_id, "").sk
    items = table.query(keys.customer_pk(customer_id), first=prefix, last=prefix + keys.LAST)
    return [lot_from_item(item) for item in items]


def lot_put(lot: Lot) -> Put:
    """Return the write of a lot that is new."""
    return Put(lot_to_item(lot), (NoItem(guard="lot_once"),))


def lot_moved(read: Lot, after: Lot) -> Update:
    """Write what is left of a lot and what it was used for, on condition of what was read."""
    uses = [list(one) for one in read.uses]
    as_read = Equals("uses", uses, guard="lot_as_read") if uses else Absent("uses", "lot_as_read")
    fields: Item = {"left": after.left.minor}
    if after.uses:
        fields["uses"] = [list(one) for one in after.uses]
    return Update(
        keys.unapplied(read.customer_id, read.id),
        set=fields,
        remove=() if after.uses else ("uses",),
        conditions=(Equals("left", read.left.minor, guard="lot_as_read"), as_read),
    )


def credited(customer_id: str, entity: str, lot_id: str) -> Update:
    """Write that a customer has had credit; nothing that is to be billed changes by it."""
    return Update(
        keys.billing_state(customer_id, entity),
        set={"crd": lot_id},
        conditions=(ItemExists(guard="credited_is_billed"),),
    )


def lot_to_item(lot: Lot) -> Item:
    key = keys.unapplied(lot.customer_id, lot.id)
    return {
        "pk": key.pk,
        "sk": key.sk,
        "schema": SCHEMA,
        "currency": lot.left.currency,
        "left": lot.left.minor,
        "from": lot.id,
        **present(
            entity=lot.entity or None,
            on=lot.on.isoformat() if lot.on else None,
            uses=[list(one) for one in lot.uses] or None,
            to_refund=lot.to_refund or None,
        ),
    }


def lot_from_item(item: Item) -> Lot:
    with reading(item):
        return Lot(
            id=item["from"],
            customer_id=item["pk"].removeprefix("A#"),
            entity=item.get("entity", ""),
            left=Money(item["left"], item["currency"]),
            on=day(item.get("on")),
            uses=tuple(Use(*one) for one in item.get("uses", ())),
            to_refund=item.get("to_refund", False),
        )
