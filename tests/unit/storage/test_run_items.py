"""Runs, batches and the register survive the store."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from solde.domain.invoicing.envelope import Range
from solde.ports.runs import BatchRecord, Head, Parked, RegisterRecord, Run, RunStatus
from solde.storage.reading import CorruptItemError
from solde.storage.run_items import (
    batch_from_item,
    batch_to_item,
    head_from_item,
    head_write,
    range_to_item,
    record_from_item,
    record_to_item,
    run_from_item,
    run_to_item,
)
from solde.storage.table import ConditionFailedError
from tests.support.model_table import ModelTable, _copied

AT = datetime(2027, 1, 31, 5, tzinfo=UTC)
DAY = date(2027, 1, 31)
RUN = Run("run_1", "fr", DAY, 1, RunStatus.PLANNING, AT, {"engine": "1"}, dry=True)
RECORD = RegisterRecord(
    series="F-2027",
    kind="invoice",
    first=8,
    last=12,
    issued_on=DAY,
    sealed_at=AT,
    run_id="run_1",
    plan_digest="p",
    totals={"EUR": 120_00},
    previous_hash="h0",
    hash="h1",
)
HEAD = Head("F-2027", 7, "h0", date(2027, 1, 30))


def test_a_run_comes_back_as_it_was_opened_and_as_it_stands() -> None:
    item = _copied(run_to_item(RUN))
    assert run_from_item(item) == RUN
    taken = Range("F-2027", "invoice", 8, 12, DAY, AT)
    item |= {"sealed_at": AT.isoformat(), "ranges": [range_to_item(taken)], "status": "sealed"}
    sealed = replace(RUN, status=RunStatus.SEALED, sealed_at=AT, ranges=(taken,))
    assert run_from_item(_copied(item)) == sealed


def test_a_batch_comes_back_with_whom_it_parked() -> None:
    parked = (Parked("cus_9", "invalid", "quantity: expected 0 or more"),)
    record = BatchRecord("run_1", 3, "e", {"invoice": 2}, {"EUR": -5}, 1, parked, 4)
    item = _copied(batch_to_item(record))
    assert batch_from_item(item) == record
    assert batch_from_item(item | {"issued": 2}) == replace(record, issued=2)


@pytest.mark.parametrize("record", [RECORD, replace(RECORD, previous_hash="", run_id="run_2")])
def test_a_record_of_the_register_comes_back(record) -> None:
    assert record_from_item(_copied(record_to_item(record))) == record


def test_a_series_that_never_began_has_an_empty_head() -> None:
    assert head_from_item("F-2027", None) == Head("F-2027", 0, "", None)


def test_a_head_moves_only_from_where_the_record_was_computed() -> None:
    table = ModelTable()
    began = replace(RECORD, first=1, last=7, previous_hash="", hash="h0", issued_on=HEAD.last_on)
    table.write(head_write(began, Head("F-2027", 0, "", None)))
    with pytest.raises(ConditionFailedError):  # it has begun
        table.write(head_write(began, Head("F-2027", 0, "", None)))
    with pytest.raises(ConditionFailedError):  # another came between
        table.write(head_write(RECORD, replace(HEAD, last=6)))
    with pytest.raises(ConditionFailedError):  # the chain is another
        table.write(head_write(RECORD, replace(HEAD, hash="hx")))
    with pytest.raises(ConditionFailedError):  # numbers are in the order of days
        table.write(head_write(replace(RECORD, issued_on=date(2027, 1, 29)), HEAD))
    table.write(head_write(RECORD, HEAD))
    (item,) = table.items.values()
    assert head_from_item("F-2027", item) == Head("F-2027", 12, "h1", DAY)


def test_a_status_that_nobody_knows_is_named() -> None:
    with pytest.raises(CorruptItemError, match=r"item RUN#run_1 0.*'magic'"):
        run_from_item(run_to_item(RUN) | {"status": "magic"})
