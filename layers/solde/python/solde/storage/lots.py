"""Lots of credit as items: what is left of a payment or a credit note, in the customer's own."""

from solde.domain.money import Money
from solde.domain.settlement import EVERYTHING, Funds, Lot, Scope, Use
from solde.storage import index_keys, keys
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
    conditions = [Equals("left", read.left.minor, guard="lot_as_read"), as_read]
    fields: Item = {"left": after.left.minor}
    if after.uses:
        fields["uses"] = [list(one) for one in after.uses]
    if after.funds and read.funds and after.funds != read.funds:
        fields["funds"] = _funds_to_item(after.funds)
        # A note may take back what waits for its payment, and leave `left` as it was.
        conditions.append(Equals("funds", _funds_to_item(read.funds), guard="funds_as_read"))
    gone: tuple[str, ...] = () if after.uses else ("uses",)
    if after.funds and not after.left.minor and not after.funds.waits:
        gone += ("due_pk", "due_sk")
    return Update(
        keys.unapplied(read.customer_id, read.id),
        set=fields,
        remove=gone,
        conditions=tuple(conditions),
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
            funds=_funds_to_item(lot.funds) if lot.funds else None,
        ),
        **_due(lot),
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
            funds=_funds_from_item(item["funds"]) if "funds" in item else None,
        )


def _due(lot: Lot) -> Item:
    """Name the day on which what is left expires."""
    if lot.funds is None or lot.funds.until_on is None:
        return {}
    return {
        "due_pk": index_keys.due_expire(lot.entity, lot.customer_id),
        "due_sk": index_keys.due_day(lot.funds.until_on, lot.id),
    }


def _funds_to_item(held: Funds) -> Item:
    return {
        "wallet": held.wallet,
        "put": held.put,
        "rank": held.rank,
        **present(
            until=held.until_on.isoformat() if held.until_on else None,
            scope=scope_to_item(held.scope),
            tax=held.tax or None,
            waits=held.waits or None,
            lost=held.lost or None,
            order=held.order or None,
            number=held.number or None,
            back=held.back or None,
            tax_back=held.tax_back or None,
            req=held.request or None,
        ),
    }


def _funds_from_item(item: Item) -> Funds:
    return Funds(
        wallet=item["wallet"],
        put=item["put"],
        rank=item["rank"],
        until_on=day(item.get("until")),
        scope=scope_from_item(item.get("scope")),
        tax=item.get("tax", 0),
        waits=item.get("waits", 0),
        lost=item.get("lost", 0),
        order=item.get("order", ""),
        number=item.get("number", ""),
        back=item.get("back", 0),
        tax_back=item.get("tax_back", 0),
        request=item.get("req", ""),
    )


def scope_to_item(scope: Scope) -> list[list[str]] | None:
    return [sorted(one) for one in scope] if any(scope) else None


def scope_from_item(rows: list[list[str]] | None) -> Scope:
    return Scope(*map(frozenset, rows)) if rows else EVERYTHING
