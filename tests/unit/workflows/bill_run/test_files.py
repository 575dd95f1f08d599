"""Files of a run: written once, read as they were written, named by what they hold."""

from datetime import date

import pytest

from solde.domain.errors import NotFoundError
from solde.ports.billing import PackSlice, Reservation
from solde.workflows.bill_run import files
from tests.support.model_objects import ModelObjects

DAY = date(2027, 1, 31)
PLANNED = Reservation("run_1", "d", 4, PackSlice("p", 3, 9), ("invoice",), -5, DAY, DAY, DAY)
NOTHING = Reservation("run_1", "", 0, PackSlice("", 0, 0), (), 0, DAY, None, None)


def test_the_first_list_stays_and_is_what_the_second_gets() -> None:
    objects = ModelObjects()
    first = [{"batch": 0, "customers": ["a"]}]
    assert files.put_once(objects, files.chunks_key("run_1"), first) == first
    assert files.put_once(objects, files.chunks_key("run_1"), []) == first
    assert files.read(objects, "runs/run_1/chunks.json") == first


def test_a_file_that_is_not_there_is_named() -> None:
    assert files.read_or_none(ModelObjects(), "runs/run_1/chunks.json") is None
    with pytest.raises(NotFoundError, match=r"expected runs/run_1/batches\.json, found nothing"):
        files.read(ModelObjects(), files.batches_key("run_1"))
    with pytest.raises(NotFoundError, match="expected entries x of run_1"):
        files.entries(ModelObjects(), "run_1", "x")


def test_entries_come_back_under_the_digest_of_what_they_are() -> None:
    objects = ModelObjects()
    entries = [files.Entry("cus_1", PLANNED), files.Entry("cus_2", NOTHING)]
    name = files.put_batch(objects, "run_1", files.Batch(entries, {}))
    assert files.put_batch(objects, "run_1", files.Batch(entries, {})) == name
    assert files.put_batch(objects, "run_1", files.Batch(entries[:1], {})) != name
    assert files.entries(objects, "run_1", name) == entries


def test_a_pack_lies_under_its_digest() -> None:
    objects = ModelObjects()
    # printf 'x\n' | sha256sum | cut -c1-32
    key = files.put_pack(objects, "packs", b"x\n")
    assert key == "packs/73cb3858a687a8494ca3323053016282.jsonl"
    assert objects.get(key) == b"x\n"
