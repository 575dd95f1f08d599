"""Reminders: counted on the invoice before they are sent, kept in the dunning case."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from solde.domain.settlement import SettlementState
from solde.ports.billing import Header
from solde.ports.dunning import Candidate, Kept, Overdue, Step, Task
from solde.storage import index_keys, keys
from solde.storage.invoices import header_from_item
from solde.storage.notices import NoticeTable
from solde.storage.outbox import announcement
from solde.storage.parties import customer_from_item
from solde.storage.reading import day, reading
from solde.storage.table import (
    ConditionFailedError,
    Equals,
    Item,
    ItemExists,
    Key,
    Table,
    Update,
    Write,
)

SCHEMA = 1
ONE_DAY = timedelta(days=1)
CASE = "Q#"
RESTRICTED = "yes"
OVER = (SettlementState.SETTLED.value, SettlementState.LOST.value)


class DunningTable:
    """The port `DunningStore` over the table."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def due(self, entity: str, until: date) -> Sequence[Candidate]:
        found = self._table.due_in(index_keys.due_dun_shards(entity), index_keys.due_until(until))
        return [_candidate(key) for key in found]

    def overdue(self, candidate: Candidate) -> Overdue | None:
        named = _named(candidate)
        invoice, profile = keys.invoice(*named), keys.profile(candidate.customer_id)
        items = self._table.get_many([invoice, profile])
        if len(items) < 2:  # noqa: PLR2004 - both
            return None
        case = self._table.get(keys.reminder(*named)) or {}
        return Overdue(
            header_from_item(items[invoice]),
            customer_from_item(items[profile]),
            kept_from_item(case),
            NoticeTable(self._table).of(*named),
        )

    def late_before(self, customer_id: str, since: date) -> int:
        key = keys.invoice(customer_id, "")
        items = self._table.query(key.pk, first=key.sk, last=f"{key.sk}{keys.LAST}")
        headers = [header_from_item(one) for one in items]
        late = [one for one in headers if one.paid_on and one.paid_on > one.due_on]
        return len([one for one in late if one.issued_on >= since])

    def claim(self, overdue: Overdue, step: Step, task: Task | None, *, at: datetime) -> bool:
        header, kept = overdue.header, step.kept
        level = header.reminders + 1
        fields: dict[str, Any] = {f"level_{level}": f"claimed {step.on.isoformat()}"}
        fields |= {"policy": kept.policy, "version": kept.version, "last_on": step.on.isoformat()}
        writes: list[Write] = [_counted(header, level, step.next_on)]
        if task:
            fields |= task_to_fields(task)
        if kept.restricted:
            fields |= _looked_at(header, step.on + ONE_DAY) | {"restricted": RESTRICTED}
            named = {"customer": header.customer_id, "invoice": header.id}
            writes.append(announcement("service.restricted", named, at=at))
        case = keys.reminder(header.customer_id, header.id)
        writes.append(Update(case, set={"schema": SCHEMA, **fields}))
        return self._written(*writes)

    def postpone(self, header: Header, on: date | None) -> bool:
        key = keys.invoice(header.customer_id, header.id)
        as_read = (
            Equals("paid", header.paid_minor, guard="postponed_as_read"),
            Equals("reminders", header.reminders, guard="postponed_once"),
        )
        if on is None:
            return self._written(Update(key, remove=("due_pk", "due_sk"), conditions=as_read))
        due_sk = index_keys.due_day(on, header.id)
        return self._written(Update(key, set={"due_sk": due_sk}, conditions=as_read))

    def sent(self, header: Header, *, level: int, message_id: str) -> None:
        key = keys.reminder(header.customer_id, header.id)
        self._table.write(Update(key, set={f"level_{level}": f"sent {message_id}"}))

    def lift(self, candidate: Candidate, entity: str, *, today: date, at: datetime) -> bool:
        customer_id, key = candidate.customer_id, keys.reminder(*_named(candidate))
        still = [one for one in self._restricting(customer_id, entity) if one != candidate]
        header = self._table.get(keys.invoice(*_named(candidate)))
        if header is None or header["status"] not in OVER:
            later = {"due_sk": index_keys.due_day(today + ONE_DAY, candidate.invoice_id)}
            self._written(Update(key, set=later, conditions=(ItemExists(),)))
            return False
        gone = ("due_pk", "due_sk", "restricted")
        restricted = (Equals("restricted", RESTRICTED, guard="restored_once"),)
        writes: list[Write] = [Update(key, remove=gone, conditions=restricted)]
        if not still:
            named = {"customer": customer_id, "invoice": candidate.invoice_id}
            writes.append(announcement("service.restored", named, at=at))
        return self._written(*writes) and not still

    def task(self, customer_id: str, invoice_id: str) -> Task | None:
        """Return the task of a case that is listed, None where there is none to do."""
        item = self._table.get(keys.reminder(customer_id, invoice_id))
        return task_from_item(item) if item and "list_sk" in item else None

    def done(self, task: Task) -> bool:
        """Take a task from the list, once; what it was stays with its case."""
        key = keys.reminder(task.customer_id, task.invoice_id)
        listed = f"{task.since.isoformat()}#{task.invoice_id}"
        open_ = Equals("list_sk", listed, guard="task_open")
        return self._written(Update(key, remove=("list_pk", "list_sk"), conditions=(open_,)))

    def _restricting(self, customer_id: str, entity: str) -> list[Candidate]:
        key = keys.reminder(customer_id, "")
        items = self._table.query(key.pk, first=key.sk, last=f"{key.sk}{keys.LAST}")
        mine = index_keys.due_dun(entity, customer_id)
        return [
            _candidate(Key(one["pk"], one["sk"]))
            for one in items
            if one.get("restricted") and one.get("due_pk") == mine
        ]

    def _written(self, *writes: Write) -> bool:
        try:
            self._table.write(*writes)
        except ConditionFailedError:
            return False
        return True


def _named(candidate: Candidate) -> tuple[str, str]:
    return candidate.customer_id, candidate.invoice_id


def _candidate(key: Key) -> Candidate:
    restricted = key.sk.startswith(CASE)
    return Candidate(key.pk.removeprefix("A#"), key.sk.partition("#")[2], restricted)


def _counted(header: Header, level: int, next_on: date | None) -> Update:
    fields: dict[str, object] = {"reminders": level}
    if next_on:
        fields["due_sk"] = index_keys.due_day(next_on, header.id)
    return Update(
        keys.invoice(header.customer_id, header.id),
        set=fields,
        remove=() if next_on else ("due_pk", "due_sk"),
        conditions=(
            Equals("status", header.status, guard="unpaid"),
            Equals("paid", header.paid_minor, guard="paid_as_read"),
            Equals("reminders", header.reminders, guard="reminder_once"),
        ),
    )


def _looked_at(header: Header, on: date) -> Item:
    """Let the chase look at a restricted service on a day."""
    due_pk = index_keys.due_dun(header.entity, header.customer_id)
    return {"due_pk": due_pk, "due_sk": index_keys.due_day(on, header.id)}


def task_to_fields(task: Task) -> Item:
    """Return what a case says of the task that it is now, which is listed until it is done."""
    return {
        "task": {
            "level": task.number,
            "since": task.since.isoformat(),
            "channel": task.channel,
            "policy": task.policy,
        },
        "list_pk": index_keys.listing("task", task.customer_id),
        "list_sk": f"{task.since.isoformat()}#{task.invoice_id}",
    }


def task_from_item(item: Item) -> Task | None:
    with reading(item):
        said = item.get("task")
        if said is None:
            return None
        return Task(
            customer_id=item["pk"].removeprefix("A#"),
            invoice_id=item["sk"].removeprefix(CASE),
            number=said["level"],
            since=date.fromisoformat(said["since"]),
            channel=said["channel"],
            policy=said["policy"],
        )


def kept_from_item(item: Item) -> Kept:
    with reading(item):
        return Kept(
            policy=item.get("policy", ""),
            version=item.get("version", 0),
            last_on=day(item.get("last_on")),
            restricted=bool(item.get("restricted")),
        )
