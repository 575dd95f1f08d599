"""Who is due, in chunks of a size, pinned by the first who looks."""

import pytest

from solde.ports.runs import RunStatus
from solde.workflows.bill_run import files
from solde.workflows.bill_run.select import select_due
from solde.workflows.bill_run.start import start_due_runs
from tests.support.seller import Seller, at

JUNE = at("2013-06-01T06:00:00")


def seller_of(count: int) -> Seller:
    made = Seller(per_batch=2)
    made.sells("basic", "100.00")
    for number in range(count):
        made.customer(f"c{number}")
        made.subscribes(f"c{number}", "2013-06-01", ("basic", "1"))
    return made


@pytest.mark.parametrize(("count", "sizes"), [(1, [1]), (4, [2, 2]), (5, [2, 2, 1])])
def test_everybody_is_in_one_chunk(count, sizes) -> None:
    seller = seller_of(count)
    (run,) = start_due_runs(JUNE, seller.context)
    selected = select_due(run.id, seller.context)
    chunks = files.read(seller.objects, files.chunks_key(run.id))
    assert [len(one["customers"]) for one in chunks] == sizes
    everybody = [name for one in chunks for name in one["customers"]]
    assert everybody == [f"c{number}" for number in range(count)]
    assert (selected.due, selected.batches) == (count, len(sizes))


def test_who_becomes_due_after_the_selection_is_the_next_runs() -> None:
    seller = seller_of(2)
    (run,) = start_due_runs(JUNE, seller.context)
    first = select_due(run.id, seller.context)
    seller.customer("late")
    seller.subscribes("late", "2013-06-01", ("basic", "1"))
    assert select_due(run.id, seller.context) == first
    assert first.due == 2


def test_a_run_that_is_over_selects_nobody() -> None:
    seller = seller_of(2)
    (run,) = start_due_runs(JUNE, seller.context)
    seller.context.runs.cancel(run.id, at=JUNE)
    assert select_due(run.id, seller.context).status is RunStatus.CANCELLED
    assert files.read_or_none(seller.objects, files.chunks_key(run.id)) is None
