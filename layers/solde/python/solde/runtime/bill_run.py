"""The bill run's context in a function."""

from functools import cache

from solde.runtime import wiring
from solde.workflows.bill_run.context import BillRunContext


@cache
def context() -> BillRunContext:
    return BillRunContext(
        billing=wiring.billing(),
        runs=wiring.runs(),
        objects=wiring.archive(),
        entities=wiring.entities(),
        catalogs=wiring.catalogs(),
        usage=wiring.measured(),
        engine=wiring.engine(),
    )
