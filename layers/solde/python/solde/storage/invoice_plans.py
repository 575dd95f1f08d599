"""Invoice plans: each an item in its customer's partition, which never changes."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from solde.domain.catalog import Product
from solde.domain.invoice_plans import Advance, InvoicePlan, Milestone
from solde.domain.rating import ExtraLine
from solde.ports.billing import BillingState
from solde.storage import billing_state, keys
from solde.storage.adjustments import adjustment_put
from solde.storage.catalog_items import product_to_row
from solde.storage.reading import present, reading
from solde.storage.table import ConditionFailedError, Item, NoItem, Put, Table

SCHEMA = 1


class InvoicePlanTable:
    """The port `InvoicePlans` over the table."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def make(
        self,
        plan: InvoicePlan,
        lines: Sequence[ExtraLine],
        *,
        read: BillingState,
        after: BillingState,
        at: datetime,
    ) -> bool:
        facts = [adjustment_put(one, plan.customer_id, plan.entity, at) for one in lines]
        new = Put(_to_item(plan, at), (NoItem(guard="invoice_plan_new"),))
        moved = [billing_state.changed(read, after)] if facts else []
        try:
            self._table.write(*moved, new, *facts)
        except ConditionFailedError:
            return False
        return True

    def plan(self, customer_id: str, plan_id: str) -> InvoicePlan | None:
        item = self._table.get(keys.invoice_plan(customer_id, plan_id))
        return _from_item(item) if item else None

    def plans(self, customer_id: str) -> Sequence[InvoicePlan]:
        key = keys.invoice_plan(customer_id, "")
        items = self._table.query(key.pk, first=key.sk, last=f"{key.sk}{keys.LAST}")
        return [_from_item(item) for item in items]


def _to_item(plan: InvoicePlan, at: datetime) -> Item:
    key = keys.invoice_plan(plan.customer_id, plan.id)
    return {
        "pk": key.pk,
        "sk": key.sk,
        "schema": SCHEMA,
        "entity": plan.entity,
        "product": product_to_row(plan.product),
        "currency": plan.currency,
        "text": plan.description,
        "milestones": [
            [one.name, one.minor, one.due_on.isoformat() if one.due_on else ""]
            for one in plan.milestones
        ],
        "at": at.isoformat(),
        **present(order=plan.purchase_order or None, advance=_advance(plan)),
    }


def _from_item(item: Item) -> InvoicePlan:
    with reading(item):
        return InvoicePlan(
            id=item["sk"].removeprefix("N#"),
            customer_id=item["pk"].removeprefix("A#"),
            entity=item["entity"],
            product=Product(*item["product"]),
            currency=item["currency"],
            description=item["text"],
            milestones=tuple(
                Milestone(name, minor, date.fromisoformat(on) if on else None)
                for name, minor, on in item["milestones"]
            ),
            purchase_order=item.get("order", ""),
            advance=_waiting(item["advance"]) if "advance" in item else None,
        )


def _advance(plan: InvoicePlan) -> list[str | int] | None:
    one = plan.advance
    if one is None:
        return None
    return ["", one.minor or 0] if one.percent is None else [str(one.percent), 0]


def _waiting(row: list[Any]) -> Advance:
    percent, minor = row
    return Advance(Decimal(percent)) if percent else Advance(None, minor)
