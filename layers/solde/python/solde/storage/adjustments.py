"""Adjustments: what was charged or given back by hand, each an item in its customer's partition."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from solde.domain.catalog import ChargeKind, Product
from solde.domain.money import Money
from solde.domain.periods import Period
from solde.domain.rating import Adjustment, ChargeKey, ExtraLine, LineCredit
from solde.ports.adjustments import Entered
from solde.ports.billing import BillingState
from solde.storage import billing_state, keys
from solde.storage.catalog_items import product_to_row
from solde.storage.reading import instant, present, reading
from solde.storage.table import ConditionFailedError, Item, NoItem, Put, Table

SCHEMA = 1
GONE = "#gone"
PREFIX = "B#1#adj#"


class AdjustmentTable:
    """The port `Adjustments` over the table."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def enter(
        self, one: Adjustment, *, read: BillingState, after: BillingState, at: datetime
    ) -> bool:
        put = adjustment_put(one, read.customer_id, read.entity, at)
        return self._written(put.item, read, after)

    def withdraw(
        self, identity: str, *, read: BillingState, after: BillingState, at: datetime
    ) -> bool:
        key = keys.adjustment(read.customer_id, identity)
        item = {"pk": key.pk, "sk": f"{key.sk}{GONE}", "schema": SCHEMA, "at": at.isoformat()}
        return self._written({**item, "entity": read.entity}, read, after)

    def entered(self, customer_id: str) -> list[Entered]:
        items = self._table.query(
            keys.customer_pk(customer_id), first=PREFIX, last=f"{PREFIX}{keys.LAST}"
        )
        rows = list(items)
        facts = {one.id: one for one in adjustments_from_items(rows, customer_id)}
        return [
            Entered(facts[row["id"]], row["entity"], instant(row["at"]), row.get("invoice", ""))
            for row in rows
            if not row["sk"].endswith(GONE)
        ]

    def _written(self, item: Item, read: BillingState, after: BillingState) -> bool:
        try:
            self._table.write(
                billing_state.changed(read, after), Put(item, (NoItem(guard="adjustment_new"),))
            )
        except ConditionFailedError:
            return False
        return True


def adjustment_put(
    one: Adjustment, customer_id: str, entity: str, at: datetime, *, invoice_id: str = ""
) -> Put:
    """Return the write of a new fact; `invoice_id` is the document that it was issued with."""
    key = keys.adjustment(customer_id, one.id)
    fields = _credit_fields(one) if isinstance(one, LineCredit) else _extra_fields(one)
    item: Item = {
        "pk": key.pk,
        "sk": key.sk,
        "schema": SCHEMA,
        **present(entity=entity, id=one.id, at=at.isoformat(), invoice=invoice_id, **fields),
    }
    return Put(item, (NoItem(guard="adjustment_new"),))


def adjustments_from_items(items: Iterable[Item], customer_id: str) -> tuple[Adjustment, ...]:
    """Read facts, each with its withdrawal, which lies right behind it."""
    rows = list(items)
    gone = {row["sk"].removesuffix(GONE) for row in rows if row["sk"].endswith(GONE)}
    found: list[Adjustment] = []
    for row in rows:
        if row["sk"].endswith(GONE):
            continue
        with reading(row):
            withdrawn = row["sk"] in gone
            if row["type"] == "credit":
                found.append(_credit(row, withdrawn=withdrawn))
            else:
                found.append(_extra(row, customer_id, withdrawn=withdrawn))
    return tuple(found)


def _credit_fields(one: LineCredit) -> Item:
    key = one.key
    return {
        "type": "credit",
        "key": [key.item_id, key.component, key.kind.value, key.price_id, key.price_version],
        **({"part": key.part} if key.part else {}),
        "period": _days(key.period),
        "of": one.invoice_id,
        "service": _days(one.service),
        "days": _days(one.days),
        "amount": [one.amount.minor, one.amount.currency],
        "text": one.reason,
        **({} if one.held == 1 else {"held": str(one.held)}),
    }


def _credit(row: Item, *, withdrawn: bool) -> LineCredit:
    item_id, component, kind, price_id, version = row["key"]
    return LineCredit(
        id=row["id"],
        key=ChargeKey(
            item_id,
            component,
            ChargeKind(kind),
            price_id,
            int(version),
            _period(row["period"]),
            row.get("part", ""),
        ),
        invoice_id=row["of"],
        service=_period(row["service"]),
        days=_period(row["days"]),
        amount=Money(*row["amount"]),
        reason=row.get("text", ""),
        withdrawn=withdrawn,
        held=Fraction(row.get("held", 1)),
    )


def _extra_fields(one: ExtraLine) -> Item:
    return {
        "type": "extra",
        "product": product_to_row(one.product),
        "currency": one.currency,
        "quantity": str(one.quantity),
        "price": str(one.unit_amount),
        "text": one.description,
        "service": _days(one.service),
        "due_on": one.due_on.isoformat(),
        **({"order": one.purchase_order} if one.purchase_order else {}),
        **({"fields": dict(one.fields)} if one.fields else {}),
    }


def _extra(row: Item, customer_id: str, *, withdrawn: bool) -> ExtraLine:
    return ExtraLine(
        id=row["id"],
        customer_id=customer_id,
        entity=row["entity"],
        product=Product(*row["product"]),
        currency=row["currency"],
        quantity=Decimal(row["quantity"]),
        unit_amount=Decimal(row["price"]),
        description=row["text"],
        service=_period(row["service"]),
        due_on=date.fromisoformat(row["due_on"]),
        invoiced=bool(row.get("invoice")),
        withdrawn=withdrawn,
        purchase_order=row.get("order", ""),
        fields=tuple(sorted(row.get("fields", {}).items())),
    )


def _days(period: Period) -> list[str]:
    return [period.start_on.isoformat(), period.end_on.isoformat()]


def _period(stored: list[str]) -> Period:
    return Period(*map(date.fromisoformat, stored))
