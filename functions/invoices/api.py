"""Invoices and credit notes: list, read, preview, download, explain."""

from collections.abc import Sequence
from typing import Annotated, Any

from aws_lambda_powertools.event_handler.openapi.params import Header as HeaderParam
from aws_lambda_powertools.event_handler.openapi.params import Query

from functions.invoices import notices, payments
from functions.invoices.deliveries import router as deliveries
from functions.invoices.forms import router as forms
from functions.invoices.late import header_of, router
from functions.invoices.models import InvoicePreview, NewInvoice, NewSettlement, NewWriteOff
from functions.invoices.print_files import router as print_files
from functions.invoices.shown import (
    STATUSES,
    derivation_shown,
    explanation_shown,
    header_shown,
    line_of,
    row_shown,
)
from solde.domain.errors import within
from solde.domain.periods import day_of
from solde.ports.billing import Header
from solde.runtime import wiring
from solde.runtime.bill_run import context
from solde.runtime.by_hand import applied_id, id_by_hand, write_off_id
from solde.runtime.clock import business_now
from solde.runtime.custom_fields import given
from solde.runtime.deposits import deposit_context, deposit_id
from solde.runtime.downloads import BYTES_MAX
from solde.runtime.fields import listed
from solde.runtime.filters import issued_before, made_since, one_of
from solde.runtime.http import TooLargeError, api, caller
from solde.runtime.paging import Asked, indexed, owned, page
from solde.runtime.preview import preview_shown
from solde.runtime.settings import settings
from solde.workflows.adjust import must_be_in_time
from solde.workflows.apply_credit import Wanted, settle_by_credit
from solde.workflows.bill_now import NowContext
from solde.workflows.bill_run.customer import closed_document
from solde.workflows.deposit import issue_deposit
from solde.workflows.explain_invoice import derivation, tree_told
from solde.workflows.explain_line import explain_line
from solde.workflows.one_off import OneOffContext, issue_one_off
from solde.workflows.preview import preview_invoice
from solde.workflows.write_off import WriteOffContext, write_off

app = api(
    "invoices",
    keyed=(
        "/v1/invoices",
        "/write-off",
        "/apply-credit",
        "/late-charges",
        "/waive",
        "/payments",
        "/deliveries",
    ),
    previews=("/invoices/preview", "/late-charges/preview"),
)
app.include_router(router)
app.include_router(deliveries)
app.include_router(forms)
app.include_router(notices.router)
app.include_router(payments.router)
app.include_router(print_files)


@app.get("/v1/invoices", summary="List documents, newest first")
def every(
    cursor: Annotated[str | None, Query()] = None,
    limit: Annotated[int, Query()] = 20,
    customer: Annotated[str | None, Query()] = None,
    status: Annotated[list[str] | None, Query()] = None,
    since: Annotated[str | None, Query(alias="created_at[gte]")] = None,
) -> dict[str, Any]:
    """With a filter a page may be short, or empty, and have more."""
    wanted, made = one_of("status", status, STATUSES), made_since(since)
    rows = indexed("inv")
    if customer is not None:
        rows = owned(wiring.customers().locate(customer), "I#inv_", "I#crn_", "I#lch_", "I#lcn_")
    asked = Asked(
        cursor, limit, lambda row: row["status"] in wanted and made(row), issued_before(since)
    )
    found, following = page(rows, asked)
    data = [row_shown(row, livemode=settings.live) for row in found]
    return listed(data, next_cursor=following)


@app.post("/v1/invoices", status_code=201, summary="Issue lines by hand on a document at once")
def create(
    body: NewInvoice, key: Annotated[str, HeaderParam(alias="Idempotency-Key")] = ""
) -> dict[str, Any]:
    """
    Beside all runs: nothing else of the customer is billed, and no run bills it again.

    With `deposit`, a part of the lines is asked for in advance, and they are billed later.
    """
    customer = wiring.customers().customer(wiring.customers().locate(body.customer))
    at = business_now()
    today = day_of(at, wiring.entities().entity(customer.entity).time_zone)
    lines = []
    for place, one in enumerate(body.lines):
        with within(f"/lines/{place}"):
            name = id_by_hand(caller(app), key, str(place))
            lines.append(one.fact(name, customer, today, body.purchase_order))
            must_be_in_time(lines[-1], today)
    if body.deposit and body.purchase_order:
        named = deposit_id(caller(app), key), body.purchase_order
        wanted = body.deposit.wanted(*named, lines)
        headers: Sequence[Header] = [issue_deposit(customer, wanted, at, deposit_context())]
    else:
        now = OneOffContext(NowContext(context(), wiring.singles()), wiring.adjustments())
        fields = given(customer.entity, "document", body.custom_fields)
        headers = issue_one_off(customer, lines, at, now, fields)
    data = [
        header_shown(one, closed_document(one, context()), livemode=settings.live)
        for one in headers
    ]
    return listed(data, next_cursor=None)


@app.post("/v1/invoices/preview", summary="What a customer would be billed on a day")
def preview(body: InvoicePreview) -> dict[str, Any]:
    customer = wiring.customers().customer(wiring.customers().locate(body.customer))
    found = preview_invoice(customer.id, customer.entity, body.on, business_now(), context())
    return preview_shown(found, livemode=settings.live)


@app.get("/v1/invoices/<invoice_id>", summary="Read a document with all its lines")
def read(invoice_id: str) -> dict[str, Any]:
    header = header_of(invoice_id)
    return header_shown(header, closed_document(header, context()), livemode=settings.live)


@app.post("/v1/invoices/<invoice_id>/write-off", summary="Say that an invoice will not be paid")
def give_up(
    invoice_id: str,
    body: NewWriteOff,
    key: Annotated[str, HeaderParam(alias="Idempotency-Key")] = "",
) -> dict[str, Any]:
    """No document changes by it, and what is paid later is booked as found again."""
    wanted = body.wanted(write_off_id(caller(app), key))
    losses = WriteOffContext(context(), wiring.losses())
    header = write_off(header_of(invoice_id), wanted, business_now(), losses)
    return header_shown(header, closed_document(header, context()), livemode=settings.live)


@app.post(
    "/v1/invoices/<invoice_id>/apply-credit", summary="Settle an open invoice by credit there is"
)
def settle(
    invoice_id: str,
    body: NewSettlement,
    key: Annotated[str, HeaderParam(alias="Idempotency-Key")] = "",
) -> dict[str, Any]:
    """Take the customer's oldest credit first; the document does not change by it."""
    wanted = Wanted(applied_id(caller(app), key), body.amount)
    header = settle_by_credit(header_of(invoice_id), wanted, business_now(), wiring.credits_of())
    return header_shown(header, closed_document(header, context()), livemode=settings.live)


@app.get(
    "/v1/invoices/<invoice_id>/explanation",
    summary="The tree that all amounts of a document follow from",
)
def derived(invoice_id: str) -> dict[str, Any]:
    """With the document it is all that one needs to compute each amount again."""
    header = header_of(invoice_id)
    size = header.place.length + (header.tree.length if header.tree else 0)
    if size > BYTES_MAX:
        raise TooLargeError(
            f"explanation: expected at most {BYTES_MAX} bytes, found {size}: ask for its lines"
        )
    found = derivation(header, wiring.archive())
    return derivation_shown(found, header, livemode=settings.live)


@app.get(
    "/v1/invoices/<invoice_id>/lines/<line>/explanation",
    summary="Where the amount of a line comes from",
)
def explanation(invoice_id: str, line: int) -> dict[str, Any]:
    header = header_of(invoice_id)
    found = explain_line(header, line, context())
    tree = tree_told(header, wiring.archive())
    node = line_of(tree, line) if tree else None
    return explanation_shown(found, node, livemode=settings.live)


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:  # noqa: ANN401
    return app.resolve(event, context)
