"""`tools/verify_invoice.py`, which shares nothing with Solde: tests hold documents to it."""

import importlib
import sys
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import orjson

from local.replay import REPLAYS
from solde.runtime.replay import Recording, opening, recording
from solde.storage.runs import RunTable
from solde.workflows.bill_run.trees import Written
from solde.workflows.replay import plans_again
from tests.support.commands import ROOT

Told = Mapping[str, Any]
"""A document and the tree that its amounts follow from."""


def _tool() -> Callable[[Told], list[str]]:
    sys.path.insert(0, str(ROOT / "tools"))
    try:
        found: Callable[[Told], list[str]] = importlib.import_module("verify_invoice").check
    finally:
        sys.path.pop(0)
    return found


violations = _tool()
"""Tells, of a document and its tree, what does not follow."""


def broken(document: Mapping[str, Any], tree: Mapping[str, Any]) -> list[str]:
    return violations({"document": document, "tree": tree})


def recorded() -> Iterator[tuple[str, Told]]:
    """Yield each document of the runs that the project keeps, planned again, with its tree."""
    for file in sorted(REPLAYS.glob("*.json.gz")):
        for number, told in enumerate(_planned(recording(file.read_bytes()))):
            yield f"{file.name.removesuffix('.json.gz')}-{number}", told


def _planned(one: Recording) -> Iterator[Told]:
    runs = RunTable(one.table)
    run = runs.run(one.run_id)
    for batch in runs.batches(run.id):
        for again in plans_again(run, batch, one.archive, opening(one.archive, one.usage)):
            assert isinstance(again.found, Written)
            drafts, trees = again.found.drafts.splitlines(), again.found.trees.splitlines()
            for draft, tree in zip(drafts, trees, strict=True):
                yield {"document": orjson.loads(draft), "tree": orjson.loads(tree)}
