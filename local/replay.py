"""Replay runs: of the deployed system, or of files that keep them; the gate for changed cents."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import track
from rich.table import Table

from local.errors import LocalCloudError
from local.stores import stores_of
from local.up import Cloud
from solde.domain.errors import SoldeError
from solde.runtime.replay import record, recording, replayed
from solde.workflows.replay import Replayed

REPLAYS = Path(__file__).resolve().parent.parent / "replays"
DECLARED = "declared.json"
SHOWN = 20
PROGRESS = Console(stderr=True)


class ReplayError(LocalCloudError):
    """A run cannot be replayed, or a file of the gate is none."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of a run: customers and documents replayed, and those that came out otherwise."""

    name: str
    customers: int
    documents: int
    differing: tuple[Replayed, ...]


def replay(cloud: Cloud, run_id: str) -> Tally:
    """
    Plan a run of the deployed system again, from what it was planned from.

    Raises:
        ReplayError: there is no such run, or its inputs were not kept.

    """
    try:
        return _tally(run_id, replayed(run_id, *stores_of(cloud)))
    except SoldeError as wrong:
        raise ReplayError(str(wrong)) from wrong


def keep(cloud: Cloud, run_id: str, file: Path) -> int:
    """Write a run with all that its replay reads into a file; return its bytes."""
    body = record(run_id, *stores_of(cloud))
    file.write_bytes(body)
    return len(body)


def gate(folder: Path = REPLAYS) -> Iterator[Tally]:
    """
    Replay each file of a folder; what is declared there as a change of policy is not told.

    Raises:
        ReplayError: a file cannot be read, or a declared change did not happen.

    """
    declared = _declared(folder)
    files = sorted(folder.glob("*.json.gz"))
    if not files:
        raise ReplayError(f"expected recorded runs (*.json.gz) in {folder}, found none")
    for file in files:
        found = _tally(file.name, recording(file.read_bytes()).replayed())
        known = {row["customer"] for row in declared if row["record"] == file.name}
        changed = tuple(one for one in found.differing if not one.same)
        if idle := known - {one.customer_id for one in changed}:
            raise ReplayError(f"{DECLARED}: expected a change of {sorted(idle)}, found none")
        left = tuple(one for one in changed if one.customer_id not in known)
        yield Tally(file.name, found.customers, found.documents, left)


def shown(found: Sequence[Tally], console: Console) -> None:
    table = Table(title="Replayed")
    for name in ("run", "customers", "documents", "other than billed"):
        table.add_column(name, justify="left" if name == "run" else "right")
    for one in found:
        wrong = str(len(one.differing) or "none")
        table.add_row(one.name, str(one.customers), str(one.documents), wrong)
    console.print(table)
    for tally in found:
        for other in tally.differing[:SHOWN]:
            console.print(f"{other.customer_id}  {_said(other)}", markup=False, soft_wrap=True)


def _said(one: Replayed) -> str:
    if (why := one.difference) is None:
        return "the bytes are others, no node is"
    return f"{why.node}: expected {why.expected}, found {why.found}"


def _tally(name: str, every: Iterable[Replayed]) -> Tally:
    seen = list(track(every, f"replaying {name}", transient=True, console=PROGRESS))
    documents = sum(one.documents for one in seen)
    differing = tuple(one for one in seen if not one.same or one.difference)
    return Tally(name, len(seen), documents, differing)


def _declared(folder: Path) -> list[dict[str, str]]:
    """Read changes that a policy version explains: record, customer, policy, reason."""
    file = folder / DECLARED
    rows: list[dict[str, str]] = json.loads(file.read_text()) if file.exists() else []
    for row in rows:
        if row.keys() != {"record", "customer", "policy", "reason"}:
            raise ReplayError(
                f"{DECLARED}: expected record, customer, policy and reason, found {sorted(row)}"
            )
    return rows
