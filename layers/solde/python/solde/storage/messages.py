"""Messages to endpoints as stored: those of one object together, what is due by its endpoint."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from solde.ports.endpoints import FAILED, OPEN, SENDING, SENT, WAITING, Message
from solde.storage import index_keys, keys, sending_keys
from solde.storage.outbox import announcement
from solde.storage.reading import present, reading
from solde.storage.table import (
    ConditionFailedError,
    Equals,
    Item,
    Key,
    NoItem,
    OneOf,
    Put,
    Table,
    Update,
)

SCHEMA = 1
NOTE_MAX = 80
NEVER = "~"
"""Behind every id and every instant."""


class MessageTable:
    """The port `Messages` over the table."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def put(self, message: Message) -> bool:
        return self._written(Put(message_to_item(message), (NoItem(guard="message_once"),)))

    def lane(self, endpoint_id: str, of: str) -> Sequence[Message]:
        items = self._table.query(sending_keys.message(endpoint_id, of, "").pk)
        return [message_from_item(one) for one in items if one["state"] in OPEN]

    def hold(self, message: Message, until: int) -> bool:
        seen = message.held_until
        conditions = (
            OneOf("state", OPEN, guard="message_open"),
            Equals("held", seen, guard="message_as_read"),
        )
        return self._written(
            Update(_key(message), {"state": SENDING, "held": until}, conditions=conditions)
        )

    def end(self, message: Message) -> bool:
        held = Equals("held", message.held_until, guard="message_held")
        fields: dict[str, Any] = {"state": message.state, "tries": message.attempts}
        if message.note:
            fields["note"] = message.note[:NOTE_MAX]
        gone: tuple[str, ...] = ()
        if message.state == WAITING:
            fields |= {"held": 0, **_due(message, message.next_at or message.at)}
        elif message.next_at:
            gone = ("due_pk", "due_sk")
        return self._written(Update(_key(message), fields, gone, (held,)))

    def due(self, endpoint_id: str, until: datetime | None) -> Sequence[Message]:
        bound = f"{until.isoformat()}#{keys.LAST}" if until else NEVER
        found = list(self._table.due(index_keys.due_call(endpoint_id), bound))
        read = self._table.get_many(found)
        messages = [message_from_item(read[key]) for key in found if key in read]
        return [one for one in messages if one.state in OPEN]

    def again(self, message: Message, at: datetime) -> bool:
        over = OneOf("state", (SENT, FAILED, WAITING), guard="message_over")
        fields: dict[str, Any] = {"state": WAITING, "tries": 0, "held": 0}
        fields |= _due(message, at)
        return self._written(Update(_key(message), fields, conditions=(over,)))

    def wake(self, endpoint_id: str, at: datetime) -> None:
        self._table.write(announcement("endpoint.due", {"endpoint": endpoint_id}, at=at))

    def find(self, endpoint_id: str, message_id: str) -> Message | None:
        rows = self._table.listed(
            index_keys.calls(endpoint_id), below=f"{message_id}{NEVER}", limit=1
        )
        if not rows or rows[0]["list_sk"] != message_id:
            return None
        item = self._table.get(Key(rows[0]["pk"], rows[0]["sk"]))
        return message_from_item(item) if item else None

    def _written(self, write: Put | Update) -> bool:
        try:
            self._table.write(write)
        except ConditionFailedError:
            return False
        return True


def _key(message: Message) -> Key:
    return sending_keys.message(message.endpoint_id, message.of, message.place)


def _due(message: Message, at: datetime) -> Item:
    """Say when it is sent again; at one instant, what happened first goes first."""
    sort_key = f"{at.isoformat()}#{message.of}#{message.place}"
    return {"due_pk": index_keys.due_call(message.endpoint_id), "due_sk": sort_key}


def message_to_item(one: Message) -> Item:
    key = _key(one)
    return {
        "pk": key.pk,
        "sk": key.sk,
        "schema": SCHEMA,
        "list_pk": index_keys.calls(one.endpoint_id),
        "list_sk": one.id,
        "kind": one.kind,
        "of": one.of,
        "body": one.body,
        "at": one.at.isoformat(),
        "state": one.state,
        "held": one.held_until,
        "expires_at": one.kept_until,
        **present(tries=one.attempts or None, note=one.note or None),
        **(_due(one, one.next_at) if one.next_at else {}),
    }


def message_from_item(item: Item) -> Message:
    with reading(item):
        due = item.get("due_sk")
        return Message(
            id=item["list_sk"],
            endpoint_id=item["list_pk"].removeprefix(index_keys.calls("")),
            of=item["of"],
            kind=item["kind"],
            place=item["sk"],
            body=item["body"],
            at=datetime.fromisoformat(item["at"]),
            state=item["state"],
            attempts=item.get("tries", 0),
            held_until=item["held"],
            kept_until=item["expires_at"],
            next_at=datetime.fromisoformat(due.partition("#")[0]) if due else None,
            note=item.get("note", ""),
        )
