"""Reminders: counted on the invoice before they are sent, kept in the dunning case."""

from collections.abc import Sequence
from datetime import date

from solde.ports.billing import Header
from solde.ports.dunning import Candidate, Overdue
from solde.storage import index_keys, keys
from solde.storage.invoices import header_from_item
from solde.storage.notices import NoticeTable
from solde.storage.parties import customer_from_item
from solde.storage.table import ConditionFailedError, Equals, Table, Update


class DunningTable:
    """The port `DunningStore` over the table."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def due(self, entity: str, until: date) -> Sequence[Candidate]:
        found = self._table.due_in(index_keys.due_dun_shards(entity), index_keys.due_until(until))
        return [Candidate(key.pk.removeprefix("A#"), key.sk.removeprefix("I#")) for key in found]

    def overdue(self, candidate: Candidate) -> Overdue | None:
        item = self._table.get(keys.invoice(candidate.customer_id, candidate.invoice_id))
        profile = self._table.get(keys.profile(candidate.customer_id))
        if item is None or profile is None:
            return None
        notices = NoticeTable(self._table).of(candidate.customer_id, candidate.invoice_id)
        return Overdue(header_from_item(item), customer_from_item(profile), notices)

    def claim(self, header: Header, *, next_action_on: date | None, on: date) -> bool:
        level = header.reminders + 1
        fields: dict[str, object] = {"reminders": level}
        if next_action_on:
            fields["due_sk"] = index_keys.due_day(next_action_on, header.id)
        counted = Update(
            keys.invoice(header.customer_id, header.id),
            set=fields,
            remove=() if next_action_on else ("due_pk", "due_sk"),
            conditions=(
                Equals("status", header.status, guard="unpaid"),
                Equals("paid", header.paid_minor, guard="paid_as_read"),
                Equals("reminders", header.reminders, guard="reminder_once"),
            ),
        )
        case = Update(
            keys.reminder(header.customer_id, header.id),
            set={"schema": 1, f"level_{level}": f"claimed {on.isoformat()}"},
        )
        try:
            self._table.write(counted, case)
        except ConditionFailedError:
            return False
        return True

    def sent(self, header: Header, *, level: int, message_id: str) -> None:
        key = keys.reminder(header.customer_id, header.id)
        self._table.write(Update(key, set={f"level_{level}": f"sent {message_id}"}))
