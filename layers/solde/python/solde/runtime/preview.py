"""Previews in a function: the stores that bill, and the answer without a number."""

from collections.abc import Mapping
from typing import Any

from solde.domain.invoicing.envelope import due_by
from solde.runtime import wiring
from solde.runtime.bill_run import context as run_context
from solde.runtime.chance import fresh_id
from solde.runtime.fields import described
from solde.workflows.preview import Preview, PreviewContext
from solde.workflows.subscribe import SubscribeContext


def subscribe_context() -> SubscribeContext:
    wiring.catalogs().forget()
    return SubscribeContext(
        billing=wiring.billing(),
        subscriptions=wiring.subscriptions(),
        entities=wiring.entities(),
        catalogs=wiring.catalogs(),
        new_id=fresh_id,
    )


def preview_context() -> PreviewContext:
    return PreviewContext(run_context(), subscribe_context())


def preview_shown(preview: Preview, *, livemode: bool) -> dict[str, Any]:
    """Return the documents as they would be issued: no id, no number, nothing stored."""
    without = preview.without
    return described(
        "preview",
        customer=preview.customer.id,
        entity=preview.entity.code,
        billed_on=preview.billed_on.isoformat(),
        total=preview.plan.total_minor,
        total_without=without.total_minor if without else None,
        documents=[_document(one, preview, livemode=livemode) for one in preview.plan.documents],
        livemode=livemode,
    )


def _document(document: Mapping[str, Any], preview: Preview, *, livemode: bool) -> dict[str, Any]:
    due_on = due_by(document["terms"], preview.billed_on)
    return described(
        document["kind"],
        id=None,
        number=None,
        status="preview",
        customer=preview.customer.id,
        entity=preview.entity.code,
        currency=document["currency"],
        total=document["totals"]["gross"],
        issued_on=preview.billed_on.isoformat(),
        due_on=due_on.isoformat(),
        apart=document["group"]["apart"] or None,
        document=document,
        livemode=livemode,
    )
