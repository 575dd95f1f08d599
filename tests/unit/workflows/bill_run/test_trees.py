"""Trees beside packs: same ranks, pinned by the plan, digest in the header; tampering is found."""

import json
from dataclasses import replace

import pytest

from solde.domain.errors import StateConflictError
from solde.domain.invoicing.canonical import digest
from solde.ports.billing import PackSlice, Tree
from solde.workflows.bill_run import files
from solde.workflows.bill_run.trees import (
    PackedTrees,
    beside,
    pins,
    put_beside,
    put_trees,
    tree_of,
)
from tests.support.model_objects import ModelObjects
from tests.support.seller import Seller

PACK, BODY = "runs/r/drafts/p.jsonl", b"a\nbb\nccc\n"
TREES = b"A\nB\nC\n"


@pytest.fixture
def seller() -> Seller:
    """Three customers in two batches, billed."""
    seller = Seller()
    seller.sells("seat", "9.99")
    for name in ("acme", "beta", "core"):
        seller.customer(name)
        seller.subscribes(name, "2013-06-01", ("seat", "3"))
    seller.runs_billing("2013-06-01")
    return seller


def stored() -> tuple[ModelObjects, PackedTrees]:
    objects = ModelObjects()
    return objects, PackedTrees(objects, {PACK: put_beside(objects, PACK, TREES)})


def test_trees_have_the_ranks_of_their_drafts() -> None:
    _, trees = stored()
    assert trees.of(PackSlice(PACK, 2, 7), BODY) == [b"B", b"C"]
    assert trees.of(PackSlice(PACK, 0, 2), BODY) == [b"A"]  # an earlier one asked for later
    assert trees.of(PackSlice(PACK, 5, 4), BODY) == [b"C"]
    assert trees.of(PackSlice(PACK, 9, 0), BODY) == []  # nothing to bill


def test_trees_that_are_not_those_approved_stop_the_issue() -> None:
    objects, trees = stored()
    objects.bodies[beside(PACK)] = b"A\nX\nC\n"
    with pytest.raises(StateConflictError, match="expected digest"):
        trees.of(PackSlice(PACK, 0, 2), BODY)


def test_what_was_planned_before_there_were_trees_has_none() -> None:
    assert PackedTrees(ModelObjects(), {}).of(PackSlice(PACK, 0, 2), BODY) == []
    assert put_trees(ModelObjects(), PACK, [b"", b""]) == [None, None]


def test_the_first_trees_of_a_pack_stay() -> None:
    objects, _ = stored()
    assert put_beside(objects, PACK, b"other\n") == digest(TREES)
    assert pins(objects, [PACK, PACK, "none.jsonl"], {}) == {PACK: digest(TREES)}
    assert pins(objects, [PACK], {PACK: "known"}) == {PACK: "known"}


def test_each_tree_has_its_place_and_digest() -> None:
    objects = ModelObjects()
    assert put_trees(objects, PACK, [b"AA", b"", b"C"]) == [
        Tree(0, 2, digest(b"AA")),
        None,
        Tree(4, 1, digest(b"C")),
    ]
    assert objects.bodies[beside(PACK)] == b"AA\n\nC\n"


def test_a_run_stores_the_tree_of_each_document(seller: Seller) -> None:
    for name in ("acme", "beta", "core"):
        (header,) = seller.documents(name)
        body = tree_of(header, seller.objects)
        assert body is not None
        assert json.loads(body)["draft"] == header.draft_digest


def test_the_trees_are_pinned_by_the_entries_of_their_batch(seller: Seller) -> None:
    (header, *_) = seller.documents("acme")
    record = seller.context.runs.batch(header.run_id, 0)
    entries, pinned, _ = files.batch_of(seller.objects, header.run_id, record.entries_digest)
    (pack,) = {one.reservation.drafts.key for one in entries}
    assert pinned == {pack: digest(seller.objects.bodies[beside(pack)])}


def test_a_tree_that_was_tampered_with_is_found(seller: Seller) -> None:
    (header, *_) = seller.documents("acme")
    key = beside(header.place.key)
    seller.objects.bodies[key] = seller.objects.bodies[key].replace(b'"9.99"', b'"9.98"')
    with pytest.raises(StateConflictError, match=f"tree of {header.id}"):
        tree_of(header, seller.objects)


def test_a_document_without_a_tree_has_none(seller: Seller) -> None:
    (header, *_) = seller.documents("acme")
    assert tree_of(replace(header, tree=None), seller.objects) is None
