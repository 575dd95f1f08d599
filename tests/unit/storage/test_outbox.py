"""The outbox: one announcement a transaction, the same for a repeat, gone when published."""

from datetime import UTC, datetime, timedelta

import pytest

from solde.storage.outbox import OutboxTable, announcement, announcement_from_item
from solde.storage.reading import CorruptItemError
from tests.support.model_table import ModelTable

AT = datetime(2027, 1, 31, 5, 59, 59, tzinfo=UTC)
DETAIL = {"run": "run_1", "invoices": [["cus_1", "inv_1"]]}


def test_a_repeat_announces_the_same_under_the_same_key() -> None:
    one, again = (announcement("invoice.issued", DETAIL, at=AT) for _ in range(2))
    assert one == again
    assert announcement("invoice.mailed", DETAIL, at=AT).key != one.key
    assert announcement("invoice.issued", {**DETAIL, "run": "run_2"}, at=AT).key != one.key


def test_what_was_announced_is_read_back() -> None:
    put = announcement("invoice.issued", DETAIL, at=AT)
    found = announcement_from_item(put.item)
    assert (found.key, found.kind, found.detail, found.at) == (
        tuple(put.key),
        "invoice.issued",
        DETAIL,
        AT,
    )
    with pytest.raises(CorruptItemError, match="item O#"):
        announcement_from_item(put.item | {"detail": "no json"})


def test_what_waits_is_found_hour_by_hour_and_forgotten_once() -> None:
    table = ModelTable()
    outbox = OutboxTable(table)
    for hours in range(5):
        at = AT + timedelta(hours=hours)
        table.write(announcement("invoice.issued", {"run": f"run_{hours}"}, at=at))
    waiting = outbox.waiting(AT + timedelta(hours=1), AT + timedelta(hours=3))
    assert sorted(one.detail["run"] for one in waiting) == ["run_1", "run_2", "run_3"]
    for one in waiting:
        outbox.forget(one)
        outbox.forget(one)
    assert outbox.waiting(AT + timedelta(hours=1), AT + timedelta(hours=3)) == []
    assert len(table.items) == 2
