"""What customers say of their documents, as stored behind the dunning case."""

from collections.abc import Sequence
from datetime import datetime

from solde.domain.dunning import PROMISE, Notice
from solde.storage import keys
from solde.storage.outbox import announcement
from solde.storage.reading import day, instant, present, reading
from solde.storage.table import Absent, ConditionFailedError, Item, NoItem, Put, Table, Update

SCHEMA = 1


class NoticeTable:
    """The port `Notices` over the table."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def of(self, customer_id: str, invoice_id: str) -> Sequence[Notice]:
        first = keys.notice(customer_id, invoice_id)
        items = self._table.query(first.pk, first=first.sk, last=f"{first.sk}{keys.LAST}")
        return [_from_item(one) for one in items]

    def tell(self, notice: Notice) -> bool:
        kind = "invoice.promised" if notice.kind == PROMISE else "invoice.questioned"
        once = Put(_to_item(notice), (NoItem(guard="told_once"),))
        return self._written(once, kind, notice, notice.at)

    def close(self, notice: Notice, at: datetime) -> bool:
        closed = Update(
            keys.notice(notice.customer_id, notice.invoice_id, notice.id),
            set={"closed_at": at.isoformat()},
            conditions=(Absent("closed_at", guard="closed_once"),),
        )
        return self._written(closed, "invoice.notice_closed", notice, at)

    def _written(self, write: Put | Update, kind: str, notice: Notice, at: datetime) -> bool:
        detail = {
            "customer": notice.customer_id,
            "invoice": notice.invoice_id,
            "notice": notice.id,
        }
        try:
            self._table.write(write, announcement(kind, detail, at=at))
        except ConditionFailedError:
            return False
        return True


def _to_item(one: Notice) -> Item:
    key = keys.notice(one.customer_id, one.invoice_id, one.id)
    return {
        "pk": key.pk,
        "sk": key.sk,
        "schema": SCHEMA,
        "kind": one.kind,
        "at": one.at.isoformat(),
        **present(text=one.text, pays_on=one.pays_on.isoformat() if one.pays_on else None),
    }


def _from_item(item: Item) -> Notice:
    with reading(item):
        _, invoice_id, identity = item["sk"].split("#")
        return Notice(
            id=identity,
            customer_id=item["pk"].removeprefix("A#"),
            invoice_id=invoice_id,
            kind=item["kind"],
            at=datetime.fromisoformat(item["at"]),
            text=item.get("text", ""),
            pays_on=day(item.get("pays_on")),
            closed_at=instant(item.get("closed_at")),
        )
