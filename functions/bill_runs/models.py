"""Bill runs as the API speaks of them."""

from typing import Any

from pydantic import Field

from solde.ports.runs import BatchRecord, Run
from solde.runtime.fields import Code, Day, Strict, Text, created_by_id, described, instant_text


class NewRun(Strict):
    """`further` asks for one more attempt after one that is over."""

    entity: Code
    target_on: Day | None = None
    dry_run: bool = False
    further: bool = False


class Approval(Strict):
    """The digest of the plan that was shown: approving signs exactly that plan."""

    plan_digest: Text
    comment: str = Field(default="", max_length=500)


def shown(run: Run, *, livemode: bool, batches: list[BatchRecord] | None = None) -> dict[str, Any]:
    parked = [
        {"customer": one.customer_id, "code": one.code, "reason": one.reason}
        for batch in batches or []
        for one in batch.parked
    ]
    return described(
        "bill_run",
        id=run.id,
        entity=run.entity,
        target_on=run.target_on.isoformat(),
        attempt=run.attempt,
        status=run.status.value,
        dry_run=run.dry,
        opened_at=instant_text(run.opened_at),
        sealed_at=instant_text(run.sealed_at),
        due=run.due,
        counts=dict(run.counts),
        plan_digest=run.plan_digest or None,
        approved_by=run.approved_by or None,
        refused=run.refused or None,
        pins=dict(run.pins),
        ranges=[
            {
                "series": one.series,
                "first": one.first,
                "last": one.last,
                "issued_on": one.issued_on.isoformat(),
            }
            for one in run.ranges
        ],
        parked=parked,
        created_at=created_by_id(run.id),
        livemode=livemode,
    )
