"""Read the whole table once and sort its items into facts."""

from collections.abc import Callable, Iterator
from typing import Protocol

from solde.ports.audit import MailJob, Stored, Withdrawn
from solde.ports.objects import ObjectStore
from solde.storage import keys
from solde.storage.billing_state import state_from_item
from solde.storage.books import close_from_item
from solde.storage.deliveries import delivery_from_item
from solde.storage.gifts import END, gift_from_item
from solde.storage.invoices import header_from_item
from solde.storage.journal import fact_from_item
from solde.storage.lots import lot_from_item
from solde.storage.payment_items import payment_from_item
from solde.storage.pro_formas import pro_forma_from_item
from solde.storage.reading import CorruptItemError, reading
from solde.storage.refills import request_from_item
from solde.storage.run_items import (
    batch_from_item,
    head_from_item,
    record_from_item,
    run_from_item,
)
from solde.storage.table import Item
from solde.storage.usage_items import days_of, states_of
from solde.storage.withdrawals import taken_from_item


class Scanned(Protocol):
    def scan(self) -> Iterator[Item]:
        """Yield every item, in no order."""
        ...


class AuditTable:
    """
    The port `Archive` over a table that can be scanned.

    `usage` is where the days lie that are too large for the table; without it, usage is not read.
    """

    def __init__(self, table: Scanned, usage: ObjectStore | None = None) -> None:
        self._table = table
        self._usage = usage

    def stored(self) -> Stored:
        found = Stored()
        for item in self._table.scan():
            sort = _sorter(item)
            try:
                if sort:
                    sort(found, item)
                if self._usage and item["sk"].startswith("U#"):
                    _use(found, item, self._usage)
                if "jrn" in item:
                    found.entries.append(fact_from_item(item))
            except CorruptItemError as wrong:
                found.unreadable.append(str(wrong))
        return found


def _sorter(item: Item) -> Callable[[Stored, Item], None] | None:
    pk, sk = item["pk"], item["sk"]
    for prefix, sort in _OF_CUSTOMERS if pk.startswith("A#") else _OF_OTHERS:
        if (sk if pk.startswith("A#") else f"{pk}|{sk}").startswith(prefix):
            return sort
    return None


def _batch_or_run(found: Stored, item: Item) -> None:
    if item["sk"] == "0":
        found.runs.append(run_from_item(item))
    else:
        found.batches.append(batch_from_item(item))


def _head_or_record(found: Stored, item: Item) -> None:
    if item["sk"] == "HEAD":
        found.heads.append(head_from_item(item["pk"].removeprefix("R#"), item))
    else:
        found.records.append(record_from_item(item))


def _reference(found: Stored, item: Item) -> None:
    if "payment" in item:
        found.references[item["pk"].removeprefix("PR#")] = item["payment"]


def _use(found: Stored, item: Item, usage: ObjectStore) -> None:
    _, _, subscription_id, meter, *_ = item["sk"].split("#")
    owner = (item["pk"].removeprefix("A#"), subscription_id)
    for day, state in states_of(item, days_of(item), usage):
        found.used.add(owner, meter, day, state.cells)


def _rating(found: Stored, item: Item) -> None:
    found.generation = max(found.generation, int(item.get("gen", 0)))


def _closed(found: Stored, item: Item) -> None:
    if item["sk"].startswith("C#"):
        found.closes.append(close_from_item(item))


def _withdrawn(found: Stored, item: Item) -> None:
    one = Withdrawn(item["payment"], item["kind"], item["amount"], taken_from_item(item))
    found.withdrawals.append(one)


def _gift(found: Stored, item: Item) -> None:
    if not item["sk"].endswith(END):
        with reading(item):
            gift = gift_from_item(item)
        found.gifts[gift.id] = gift


def _mail_job(found: Stored, item: Item) -> None:
    job = MailJob(
        item["pk"].removeprefix("A#"), item["sk"].removeprefix("M#"), item.get("state", "")
    )
    found.mail_jobs.append(job)


Sort = Callable[[Stored, Item], None]

_OF_CUSTOMERS: tuple[tuple[str, Sort], ...] = (
    ("B#0#", lambda found, item: found.states.append(state_from_item(item))),
    ("B#1#gft#", _gift),
    ("I#", lambda found, item: found.headers.append(header_from_item(item))),
    ("F#", lambda found, item: found.pro_formas.append(pro_forma_from_item(item))),
    ("P#pay", lambda found, item: found.payments.append(payment_from_item(item))),
    ("P#ref", _withdrawn),
    ("P#dsp", _withdrawn),
    ("X#", lambda found, item: found.lots.update({item["from"]: lot_from_item(item)})),
    ("Y#", lambda found, item: found.requests.append(request_from_item(item))),
    ("M#", _mail_job),
)
_OF_OTHERS: tuple[tuple[str, Sort], ...] = (
    ("RUN#", _batch_or_run),
    ("R#", _head_or_record),
    ("EV#", lambda found, item: found.deliveries.append(delivery_from_item(item))),
    ("PR#", _reference),
    ("K#", _closed),
    (f"{keys.rating().pk}|{keys.rating().sk}", _rating),
)
