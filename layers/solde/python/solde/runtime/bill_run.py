"""The bill run's context in a function."""

from dataclasses import replace
from functools import cache

from solde.ports.engine import Engine
from solde.ports.objects import ObjectStore
from solde.runtime import wiring
from solde.storage.billing import BillingTable
from solde.storage.catalog import CatalogStore
from solde.storage.entities import EntityTable
from solde.storage.recorded import RecordingTable
from solde.storage.runs import RunTable
from solde.storage.table import Table
from solde.storage.usage import UsageTable
from solde.workflows.bill_run.context import BillRunContext


def context() -> BillRunContext:
    """Return the context of an invocation: versions that came since the last one count."""
    found = _context()
    found.catalogs.forget()
    return found


@cache
def planning() -> BillRunContext:
    """Return the context of a plan, which keeps what each chunk is made from."""
    table = RecordingTable(wiring.table())
    return replace(context_over(table), inputs=table)


@cache
def _context() -> BillRunContext:
    return context_over(wiring.table())


def context_over(table: Table) -> BillRunContext:
    """Return a context whose stores lie over one table: the table itself, or a snapshot of it."""
    return context_of(table, wiring.archive(), wiring.usage_objects(), wiring.engine())


def context_of(
    table: Table, archive: ObjectStore, usage: ObjectStore, engine: Engine
) -> BillRunContext:
    """Return a context over stores that are given, wherever they are."""
    return BillRunContext(
        billing=BillingTable(table),
        runs=RunTable(table),
        objects=archive,
        entities=EntityTable(table),
        catalogs=CatalogStore(table),
        usage=UsageTable(table, usage),
        engine=engine,
    )
