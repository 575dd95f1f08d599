"""Credit notes: issue one by hand, preview, list, read."""

from typing import Annotated, Any

from aws_lambda_powertools.event_handler.openapi.params import Header as HeaderParam
from aws_lambda_powertools.event_handler.openapi.params import Query

from functions.credit_notes.models import NewCreditNote
from functions.invoices.shown import header_shown, row_shown
from solde.domain.errors import NotFoundError
from solde.domain.identity import no_id
from solde.domain.invoicing.draft import CREDIT_NOTE
from solde.domain.invoicing.plan import CustomerPlan
from solde.domain.periods import day_of
from solde.ports.billing import Header
from solde.runtime import wiring
from solde.runtime.bill_run import context
from solde.runtime.by_hand import id_by_hand
from solde.runtime.clock import business_now
from solde.runtime.fields import listed
from solde.runtime.filters import issued_before, made_since
from solde.runtime.http import api, caller
from solde.runtime.paging import Asked, Row, indexed, owned, page
from solde.runtime.preview import preview_shown
from solde.runtime.settings import settings
from solde.storage.find import find_invoice
from solde.workflows.bill_now import NowContext
from solde.workflows.bill_run.customer import closed_document
from solde.workflows.credit_note import issue_note, plan_note
from solde.workflows.one_off import OneOffContext
from solde.workflows.preview import Preview

app = api("credit-notes", keyed=("/v1/credit-notes",), previews=("/credit-notes/preview",))


@app.post("/v1/credit-notes", status_code=201, summary="Give back of an issued invoice at once")
def create(
    body: NewCreditNote, key: Annotated[str, HeaderParam(alias="Idempotency-Key")] = ""
) -> dict[str, Any]:
    """Never more than is left of a line, of its category and rate, or of the invoice."""
    wanted = body.wanted(id_by_hand(caller(app), key, "note"))
    note = issue_note(_header("inv", body.invoice), wanted, business_now(), _context())
    return header_shown(note, closed_document(note, context()), livemode=settings.live)


@app.post("/v1/credit-notes/preview", summary="What a credit note by hand would give back")
def preview(body: NewCreditNote) -> dict[str, Any]:
    header, at = _header("inv", body.invoice), business_now()
    wanted = body.wanted(id_by_hand(caller(app), "preview", "note"))
    note = plan_note(header, wanted, at, _context())
    entity = wiring.entities().entity(header.entity)
    found = Preview(
        customer=wiring.customers().customer(header.customer_id),
        entity=entity,
        billed_on=day_of(at, entity.time_zone),
        plan=CustomerPlan((note.document,), None, None),
    )
    return preview_shown(found, livemode=settings.live)


@app.get("/v1/credit-notes", summary="List credit notes, newest first")
def every(
    cursor: Annotated[str | None, Query()] = None,
    limit: Annotated[int, Query()] = 20,
    customer: Annotated[str | None, Query()] = None,
    invoice: Annotated[str | None, Query()] = None,
    since: Annotated[str | None, Query(alias="created_at[gte]")] = None,
) -> dict[str, Any]:
    """Those of runs and those by hand; `invoice` asks for those that give back of one."""
    made = made_since(since)
    rows = indexed("inv")
    if customer is not None:
        rows = owned(wiring.customers().locate(customer), "I#crn_")
    if invoice is not None:
        rows = owned(_header("inv", invoice).customer_id, "I#crn_")

    def keep(row: Row) -> bool:
        mine = invoice is None or invoice in row.get("back", ())
        return row["kind"] == CREDIT_NOTE and mine and made(row)

    found, following = page(rows, Asked(cursor, limit, keep, issued_before(since)))
    return listed([row_shown(row, livemode=settings.live) for row in found], next_cursor=following)


@app.get("/v1/credit-notes/<credit_note>", summary="Read a credit note with all its lines")
def read(credit_note: str) -> dict[str, Any]:
    """Its stored forms are under `/v1/invoices/<id>/documents`, like those of all documents."""
    header = _header("crn", credit_note)
    return header_shown(header, closed_document(header, context()), livemode=settings.live)


def _header(kind: str, identity: str) -> Header:
    found = find_invoice(wiring.table(), identity) if identity.startswith(f"{kind}_") else None
    if found is None:
        noun = "invoice" if kind == "inv" else "credit_note"
        raise NotFoundError(f"{noun}: {no_id(kind, identity)}")
    return found


def _context() -> OneOffContext:
    return OneOffContext(NowContext(context(), wiring.singles()), wiring.adjustments())


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:  # noqa: ANN401
    return app.resolve(event, context)
