"""Pro formas: make, list, read, download; they are no invoices, and nothing follows from them."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Annotated, Any

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Header, Query

from functions.pro_formas.models import NewProForma, pro_forma_shown, row_shown
from solde.domain.errors import NotFoundError
from solde.domain.identity import derived_id, no_id
from solde.domain.invoicing.parties import Customer
from solde.domain.periods import day_of
from solde.domain.rating import ExtraLine
from solde.ports.pro_formas import ProForma
from solde.runtime import wiring
from solde.runtime.bill_run import context
from solde.runtime.by_hand import ALWAYS
from solde.runtime.clock import business_now
from solde.runtime.documents import rendered
from solde.runtime.downloads import download_of, form_shown, kept_by_law
from solde.runtime.fields import listed
from solde.runtime.http import api, caller, raw
from solde.runtime.paging import Asked, indexed, owned, page
from solde.runtime.settings import settings
from solde.storage.find import find_pro_forma
from solde.workflows.bill_run import customer as planning
from solde.workflows.deliver_document import stored_form, stored_forms
from solde.workflows.make_pro_forma import ProFormaContext, make_pro_formas
from solde.workflows.one_off import one_off_plan
from solde.workflows.preview import preview_invoice

app = api("pro-formas", keyed=("/v1/pro-formas",))


@app.post("/v1/pro-formas", status_code=201, summary="Make a pro forma of what would be invoiced")
def create(
    body: NewProForma, key: Annotated[str, Header(alias="Idempotency-Key")] = ""
) -> dict[str, Any]:
    """Numbered in a series of its own; nothing is owed, booked, reminded of or billed by it."""
    customer = wiring.customers().customer(wiring.customers().locate(body.customer))
    at = business_now()
    claim = derived_id("pfi", caller(app).key_id, key, at=ALWAYS)
    made = make_pro_formas(customer, lambda: _drawn(body, customer, claim, at), claim, at, _made())
    return listed([_shown(one) for one in made], next_cursor=None)


@app.get("/v1/pro-formas", summary="List pro formas, newest first")
def every(
    cursor: Annotated[str | None, Query()] = None,
    limit: Annotated[int, Query()] = 20,
    customer: Annotated[str | None, Query()] = None,
) -> dict[str, Any]:
    rows = indexed("pfi")
    if customer is not None:
        rows = owned(wiring.customers().locate(customer), "F#pfi_")
    found, following = page(rows, Asked(cursor, limit))
    return listed([row_shown(one, livemode=settings.live) for one in found], next_cursor=following)


@app.get("/v1/pro-formas/<pro_forma>", summary="Read a pro forma with all its lines")
def read(pro_forma: str) -> dict[str, Any]:
    return _shown(_found(pro_forma))


@app.get("/v1/pro-formas/<pro_forma>/documents", summary="List the stored forms of a pro forma")
def documents(pro_forma: str) -> dict[str, Any]:
    one = _found(pro_forma)
    path = f"pro-formas/{one.id}"
    until = kept_by_law(one.entity, one.issued_on)
    return listed([form_shown(form, path, until) for form in stored_forms(one)], next_cursor=None)


@app.get(
    "/v1/pro-formas/<pro_forma>/documents/<form>",
    summary="Download a pro forma as pdf, html or json",
    responses={200: {"description": "The bytes, as their type says"}},
)
@raw
def download(pro_forma: str, form: str) -> Response[bytes | str]:
    one = _found(pro_forma)
    return download_of(stored_form(one, form), one.number)


def _drawn(
    body: NewProForma, customer: Customer, claim: str, at: datetime
) -> Sequence[Mapping[str, Any]]:
    """Return what would be invoiced of what is asked for."""
    if body.bill:
        found = preview_invoice(customer.id, customer.entity, body.bill.on, at, context())
        return found.plan.documents
    entity = wiring.entities().entity(customer.entity)
    today = day_of(at, entity.time_zone)
    lines = _lines(body, customer, claim, today)
    asked = planning.Asked(entity, max(one.due_on for one in lines))
    return one_off_plan(customer, asked, lines, context()).documents


def _lines(body: NewProForma, customer: Customer, claim: str, today: date) -> list[ExtraLine]:
    """Return lines by hand, which become no facts; a milestone on its day, or today."""
    if body.milestone is None:
        return [
            one.fact(derived_id("adj", claim, str(place), at=ALWAYS), customer, today)
            for place, one in enumerate(body.lines)
        ]
    named, place = body.milestone.plan, body.milestone.milestone
    plan = wiring.invoice_plans().plan(customer.id, named)
    if plan is None:
        raise NotFoundError(f"invoice plan: {no_id('pln', named)}")
    if place > len(plan.milestones):
        raise NotFoundError(f"milestone: expected 1 to {len(plan.milestones)}, found {place}")
    return [plan.line(place, plan.milestones[place - 1].due_on or today)]


def _found(identity: str) -> ProForma:
    found = find_pro_forma(wiring.table(), identity)
    if found is None:
        raise NotFoundError(f"pro forma: {no_id('pfi', identity)}")
    return found


def _shown(one: ProForma) -> dict[str, Any]:
    place = one.place
    body = wiring.archive().get_range(place.key, offset=place.offset, length=place.length)
    return pro_forma_shown(one, json.loads(body), livemode=settings.live)


def _made() -> ProFormaContext:
    return ProFormaContext(context(), wiring.pro_formas(), rendered)


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:  # noqa: ANN401
    return app.resolve(event, context)
