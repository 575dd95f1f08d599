"""Select: the customers due, cut into ready-made chunks for the map to plan."""

from solde.domain.invoicing.canonical import canonical, digest
from solde.ports.runs import Run, RunStatus
from solde.workflows.bill_run import files
from solde.workflows.bill_run.context import BillRunContext


def select_due(run_id: str, context: BillRunContext) -> Run:
    """Write the chunks once and pin their digest; a second selection finds the first."""
    run = context.runs.run(run_id)
    if run.status is not RunStatus.PLANNING or run.select_digest:
        return run
    customers = list(context.billing.due(run.entity, run.target_on))
    size = context.customers_per_batch
    chunks = [
        {"run_id": run_id, "batch": number, "customers": customers[first : first + size]}
        for number, first in enumerate(range(0, len(customers), size))
    ]
    stored = files.put_once(context.objects, files.chunks_key(run_id), chunks)
    return context.runs.select(
        run_id,
        digest=digest(canonical({"chunks": stored})),
        batches=len(stored),
        due=sum(len(chunk["customers"]) for chunk in stored),
    )
