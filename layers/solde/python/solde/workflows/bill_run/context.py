"""What the steps of a bill run work with."""

from dataclasses import dataclass

from solde.ports.billing import BillingStore, Entities
from solde.ports.catalogs import Catalogs
from solde.ports.engine import Engine
from solde.ports.inputs import Inputs
from solde.ports.objects import ObjectStore
from solde.ports.runs import RunStore
from solde.ports.usage_reading import Measured


@dataclass(frozen=True, slots=True)
class BillRunContext:
    billing: BillingStore
    runs: RunStore
    objects: ObjectStore
    entities: Entities
    catalogs: Catalogs
    usage: Measured
    engine: Engine
    customers_per_batch: int = 500
    inputs: Inputs | None = None
    """Remembers what a plan is made from, where that is to be kept."""
