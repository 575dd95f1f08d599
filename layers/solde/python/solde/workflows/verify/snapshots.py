"""Snapshots: what a document was computed from is one version of its customer, and known."""

from collections.abc import Iterator

from solde.ports.audit import Stored
from solde.ports.billing import Header
from solde.workflows.verify.report import Finding, finding

Owner = tuple[str, str]
"""Customer and entity."""


def whole_snapshots(stored: Stored) -> Finding:
    """
    I20: a change falls before or after a customer's snapshot, never into it.

    Only a live run holds one. All documents of a run are of the same version of their customer,
    later ones of none before, and none of a version that the billing state has not reached.
    """

    def violations() -> Iterator[str]:
        live = {run.id for run in stored.runs if not run.status.terminal}
        for state in stored.states:
            held = state.reservation
            if held and held.run_id not in live:
                yield f"{state.customer_id}: reserved by {held.run_id}, which is over"
        yield from _versions(stored)

    return finding("I20", "snapshots are whole and in order", len(stored.headers), violations())


def _versions(stored: Stored) -> Iterator[str]:
    """Compare versions in the order of numbers, which is that of issue."""
    reached = {(one.customer_id, one.entity): one.rev for one in stored.states}
    of_run: dict[tuple[Owner, str], Header] = {}
    before: dict[tuple[Owner, str], Header] = {}
    for header in sorted(stored.headers, key=lambda one: one.number):
        owner = (header.customer_id, header.entity)
        if header.snapshot:
            same = of_run.setdefault((owner, header.run_id), header)
            last = before.get((owner, header.kind), header)
            before[owner, header.kind] = header
            yield from _compared(header, same, last, reached.get(owner, 0))
        elif header.run_id.startswith("run_"):
            yield f"{header.number}: expected the version that its run has billed, found none"


def _compared(header: Header, same: Header, last: Header, reached: int) -> Iterator[str]:
    said = f"{header.number}: version {header.snapshot}"
    if header.snapshot > reached:
        yield f"{said}, of {reached} that there are"
    if header.snapshot != same.snapshot:
        yield f"{said}, but {same.number} of the same run has {same.snapshot}"
    if header.snapshot < last.snapshot:
        yield f"{said}, after {last.number} of {last.snapshot}"
