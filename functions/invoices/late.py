"""Late charges of one invoice: preview, charge, list."""

from typing import Annotated, Any

from aws_lambda_powertools.event_handler.openapi.params import Header as HeaderParam
from aws_lambda_powertools.event_handler.openapi.params import Query
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from functions.invoices.models import NewLateCharges, NewWaiver
from functions.invoices.shown import header_shown
from solde.domain.errors import NotFoundError
from solde.domain.identity import no_id
from solde.domain.invoicing.plan import CustomerPlan
from solde.domain.periods import day_of
from solde.ports.billing import Header
from solde.runtime import wiring
from solde.runtime.access import Caller
from solde.runtime.bill_run import context
from solde.runtime.by_hand import late_id, waiver_id
from solde.runtime.clock import business_now
from solde.runtime.paging import short_list
from solde.runtime.preview import preview_shown
from solde.runtime.settings import settings
from solde.storage.find import find_invoice
from solde.workflows.bill_now import NowContext
from solde.workflows.bill_run.customer import closed_document
from solde.workflows.late_charges import Asked, LateContext, charge_late, plan_late
from solde.workflows.preview import Preview
from solde.workflows.waive import WaiveContext, waive

router = APIGatewayHttpRouter()  # type: ignore[no-untyped-call]


@router.post(
    "/v1/invoices/<invoice_id>/late-charges",
    status_code=201,
    summary="Charge interest and a fee for an invoice that is paid late",
)
def charge(
    invoice_id: str,
    body: NewLateCharges,
    key: Annotated[str, HeaderParam(alias="Idempotency-Key")] = "",
) -> dict[str, Any]:
    """On a document of its own, outside VAT; no day is charged twice, and the fee is due once."""
    caller: Caller = router.context["caller"]
    asked = Asked(late_id(caller, key), body.through)
    return _shown(charge_late(header_of(invoice_id), asked, business_now(), _context()))


@router.post(
    "/v1/invoices/<invoice_id>/late-charges/preview",
    summary="What late charges of an invoice would come to",
)
def preview(invoice_id: str, body: NewLateCharges) -> dict[str, Any]:
    header, at = header_of(invoice_id), business_now()
    plan = plan_late(header, Asked("", body.through), at, _context())
    found = Preview(
        customer=wiring.customers().customer(header.customer_id),
        entity=plan.entity,
        billed_on=day_of(at, plan.entity.time_zone),
        plan=CustomerPlan((plan.draft,), None, None),
    )
    return preview_shown(found, livemode=settings.live)


@router.post(
    "/v1/invoices/<invoice_id>/waive",
    status_code=201,
    summary="Waive interest or the fee of late charges, on a note of its own",
)
def give_up(
    invoice_id: str,
    body: NewWaiver,
    key: Annotated[str, HeaderParam(alias="Idempotency-Key")] = "",
) -> dict[str, Any]:
    """Never more than is left of either; outside VAT, and no e-invoice, like what it takes back."""
    caller: Caller = router.context["caller"]
    wanted = body.waive(waiver_id(caller, key))
    now = NowContext(context(), wiring.singles())
    note = waive(
        header_of(invoice_id),
        wanted,
        business_now(),
        WaiveContext(now, wiring.late_charges()),
        to_refund=body.rest == "refund",
    )
    return _shown(note)


@router.get("/v1/invoices/<invoice_id>/late-charges", summary="List the late charges of an invoice")
def every(
    invoice_id: str,
    cursor: Annotated[str | None, Query()] = None,
    limit: Annotated[int, Query()] = 20,
) -> dict[str, Any]:
    """Each is a document like others: it is read, listed and downloaded as those are."""
    found = {one.id: one for one in wiring.late_charges().charged(header_of(invoice_id))}
    return short_list(found, _shown, cursor=cursor, limit=limit)


def header_of(invoice_id: str) -> Header:
    """
    Return the header of a document.

    Raises:
        NotFoundError: there is none of that id.

    """
    header = find_invoice(wiring.table(), invoice_id)
    if header is None:
        raise NotFoundError(f"invoice: {no_id('inv', invoice_id)}")
    return header


def _shown(header: Header) -> dict[str, Any]:
    return header_shown(header, closed_document(header, context()), livemode=settings.live)


def _context() -> LateContext:
    now = NowContext(context(), wiring.singles())
    return LateContext(now, wiring.late_charges(), wiring.customers())
