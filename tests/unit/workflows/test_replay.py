"""A run is planned again from what was kept of it; what differs is named, causes first."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from solde.domain.errors import StoreUnavailableError
from solde.domain.pricing import model as models
from solde.domain.pricing.per_unit import PerUnit, price_per_unit
from solde.domain.rating.propose import alike_of
from solde.runtime.replay import opening
from solde.storage.runs import RunTable
from solde.workflows.bill_run import files
from solde.workflows.bill_run.plan import plan_chunk
from solde.workflows.bill_run.select import select_due
from solde.workflows.bill_run.start import start_due_runs
from solde.workflows.bill_run.trees import Written
from solde.workflows.replay import NotRecordedError, Replayed, first_difference, replay_batch
from tests.support.recorder import billed, recorder
from tests.support.seller import Seller


@pytest.fixture(scope="module")
def story() -> tuple[Seller, list[str]]:
    return billed()


def replays(seller: Seller, run_id: str) -> Iterator[Replayed]:
    runs = seller.context.runs
    opened = opening(seller.objects, seller.objects)
    for record in runs.batches(run_id):
        yield from replay_batch(runs.run(run_id), record, seller.objects, opened)


def inputs(seller: Seller, run_id: str, batch: int = 0) -> str:
    name = seller.context.runs.batch(run_id, batch).entries_digest
    return files.inputs_key(run_id, files.batch_of(seller.objects, run_id, name).inputs)


def test_every_run_comes_out_as_it_was_billed(story) -> None:
    seller, (june, july) = story
    assert list(replays(seller, june)) == [
        Replayed("acme", 1, same=True),
        Replayed("beta", 1, same=True),
        Replayed("core", 1, same=True),
    ]
    assert [one for one in replays(seller, july) if not one.same or one.difference] == []


def test_what_was_changed_later_is_not_asked(story) -> None:
    seller, (june, _) = story
    # Beta has had five seats since 16 June for all who read the table today.
    (beta,) = [one for one in replays(seller, june) if one.customer_id == "beta"]
    assert beta.same


def test_a_changed_engine_is_found_with_the_first_node_that_differs(story, monkeypatch) -> None:
    seller, (june, _) = story

    def dearer(model, quantity):
        return price_per_unit(PerUnit(model.amount + 1), quantity)

    alike_of.cache_clear()  # another engine is another process, which remembers nothing
    monkeypatch.setattr(models, "price_per_unit", dearer)
    try:
        found = list(replays(seller, june))
    finally:
        alike_of.cache_clear()
    assert [one.same for one in found] == [False] * 3
    assert found[0].difference == ("document 1 line 1.steps[0][1]", "9.99", "10.99")


def test_inputs_that_were_touched_or_not_kept_are_refused() -> None:
    seller, (june, _) = billed()
    key = inputs(seller, june)
    seller.objects.bodies[key] = seller.objects.bodies[key].replace(b'"3"', b'"4"')
    with pytest.raises(NotRecordedError, match="expected inputs"):
        list(replays(seller, june))
    del seller.objects.bodies[key]
    with pytest.raises(NotRecordedError, match="expected inputs"):
        list(replays(seller, june))


def test_a_run_that_kept_nothing_cannot_be_replayed() -> None:
    seller = Seller()
    seller.sells("seat", "9.99")
    seller.customer("acme")
    seller.subscribes("acme", "2013-06-01", ("seat", "3"))
    (run,) = seller.runs_billing("2013-06-01")
    with pytest.raises(NotRecordedError, match="found none kept"):
        list(replays(seller, run.id))


def test_the_cut_into_batches_is_nothing_that_a_plan_follows_from() -> None:
    digests = []
    for per_batch in (1, 2, 500):
        seller, (june, july) = billed(per_batch=per_batch)
        assert all(one.same for run in (june, july) for one in replays(seller, run))
        digests.append(
            {
                entry.customer_id: entry.reservation.digest
                for record in seller.context.runs.batches(july)
                for entry in files.entries(seller.objects, july, record.entries_digest)
            }
        )
    assert digests[0] == digests[1] == digests[2]


def test_a_chunk_that_is_delivered_twice_keeps_what_its_first_plan_was_made_from() -> None:
    seller = recorder()
    seller.sells("seat", "9.99")
    for name in ("acme", "beta"):
        seller.customer(name)
        seller.subscribes(name, "2013-06-01", ("seat", "3"))
    (run,) = start_due_runs(datetime(2013, 6, 1, 6, tzinfo=UTC), seller.context)
    lost = replace(seller.context, runs=Lost(seller.table))
    select_due(run.id, seller.context)
    with pytest.raises(StoreUnavailableError, match="lost"):
        plan_chunk(run.id, 0, ["acme", "beta"], lost)
    plan_chunk(run.id, 0, ["acme", "beta"], seller.context)
    assert list(replays(seller, run.id)) == [
        Replayed("acme", 1, same=True),
        Replayed("beta", 1, same=True),
    ]


class Lost(RunTable):
    """Goes away before the batch is recorded, when its customers are reserved."""

    def put_batch(self, record):
        raise StoreUnavailableError(f"lost: batch {record.number}")


def plans(document: dict, tree: dict) -> Written:
    said = {"draft": "d", **tree}
    return Written(json.dumps(document).encode() + b"\n", json.dumps(said).encode() + b"\n")


DOCUMENT = {
    "lines": [{"exact": "1.5", "net": 150, "line": 1}, {"exact": "2", "net": 200, "line": 2}],
    "totals": {"net": 350},
}
TREE = {"lines": [{"how": "walk"}, {"how": "walk", "share": "1/2"}], "engine": "1"}


@pytest.mark.parametrize(
    ("document", "tree", "expected"),
    [
        (DOCUMENT, TREE, None),
        (DOCUMENT | {"totals": {"net": 351}}, TREE, ("document 1.totals.net", 350, 351)),
        (
            {"lines": [DOCUMENT["lines"][0], {"exact": "3", "net": 300, "line": 2}]}
            | {"totals": {"net": 450}},
            TREE,
            ("document 1 line 2.exact", "2", "3"),
        ),
        (
            DOCUMENT | {"totals": {"net": 1}},
            TREE | {"lines": [{"how": "walk"}, {"how": "walk", "share": "1/3"}]},
            ("document 1 line 2 tree.share", "1/2", "1/3"),
        ),
        (
            {"lines": DOCUMENT["lines"][:1], "totals": {"net": 150}},
            TREE | {"lines": TREE["lines"][:1]},
            ("document 1 line 2 tree.how", "walk", None),
        ),
        (DOCUMENT | {"more": True}, TREE, ("document 1.more", None, True)),
    ],
)
def test_the_first_difference_is_the_cause(document, tree, expected) -> None:
    assert first_difference(plans(DOCUMENT, TREE), plans(document, tree)) == expected
