"""Adjustments: credits and charges by hand: enter, preview, list, withdraw."""

from functools import partial
from typing import Annotated, Any

from aws_lambda_powertools.event_handler.openapi.params import Header as HeaderParam
from aws_lambda_powertools.event_handler.openapi.params import Query

from functions.adjustments.models import (
    AdjustmentPreview,
    NewAdjustment,
    NewCredit,
    NewExtra,
    Withdrawal,
    shown,
)
from solde.domain.errors import NotFoundError, StateConflictError
from solde.domain.identity import no_id
from solde.domain.invoicing.parties import Customer
from solde.domain.periods import day_of
from solde.domain.rating import Adjustment
from solde.runtime import wiring
from solde.runtime.bill_run import context
from solde.runtime.by_hand import id_by_hand
from solde.runtime.clock import business_now
from solde.runtime.http import api, caller
from solde.runtime.paging import short_list
from solde.runtime.preview import preview_shown
from solde.runtime.settings import settings
from solde.storage.find import find_invoice
from solde.workflows.adjust import AdjustContext, Wanted, enter, is_same, line_credit, withdraw
from solde.workflows.preview import preview_adjustment

app = api("adjustments", keyed=("/adjustments",), previews=("/preview",))


@app.post("/v1/adjustments", status_code=201, summary="Credit a line, or charge one by hand")
def create(
    body: NewAdjustment, key: Annotated[str, HeaderParam(alias="Idempotency-Key")] = ""
) -> dict[str, Any]:
    """Billed with what is due next; what was given back is never billed again."""
    customer, one = _fact(body, id_by_hand(caller(app), key))
    entered = enter(customer.id, customer.entity, one, business_now(), _context())
    if not is_same(entered.fact, one):
        raise StateConflictError("Idempotency-Key: expected one not in use for another adjustment")
    return shown(entered, customer.id, livemode=settings.live)


@app.post("/v1/adjustments/preview", summary="What an adjustment would lead to")
def preview(body: AdjustmentPreview) -> dict[str, Any]:
    customer, one = _fact(body, id_by_hand(caller(app), "preview"))
    owner = customer.id, customer.entity
    found = preview_adjustment(owner, one, body.on, business_now(), context())
    return preview_shown(found, livemode=settings.live)


@app.get("/v1/adjustments", summary="List the adjustments of a customer, by id")
def every(
    customer: Annotated[str, Query()],
    cursor: Annotated[str | None, Query()] = None,
    limit: Annotated[int, Query()] = 20,
) -> dict[str, Any]:
    owner = wiring.customers().locate(customer)
    found = {one.fact.id: one for one in wiring.adjustments().entered(owner)}
    show = partial(shown, customer_id=owner, livemode=settings.live)
    return short_list(found, show, cursor=cursor, limit=limit)


@app.post("/v1/adjustments/<adjustment>/withdraw", summary="Take an adjustment back")
def take_back(adjustment: str, body: Withdrawal) -> dict[str, Any]:
    customer = _customer(body.customer)
    entered = withdraw(customer.id, customer.entity, adjustment, business_now(), _context())
    return shown(entered, customer.id, livemode=settings.live)


def _fact(body: NewCredit | NewExtra, identity: str) -> tuple[Customer, Adjustment]:
    """Return what is asked for, and of whom."""
    if isinstance(body, NewExtra):
        customer = _customer(body.customer)
        zone = wiring.entities().entity(customer.entity).time_zone
        due_on = body.due_on or day_of(business_now(), zone)
        return customer, body.fact(identity, customer, due_on, body.purchase_order)
    header = find_invoice(wiring.table(), body.invoice)
    if header is None:
        raise NotFoundError(f"invoice: {no_id('inv', body.invoice)}")
    wanted = Wanted(body.line, body.amount, body.reason, body.days())
    one = line_credit(header, wanted, identity, _context())
    return wiring.customers().customer(header.customer_id), one


def _customer(reference: str) -> Customer:
    return wiring.customers().customer(wiring.customers().locate(reference))


def _context() -> AdjustContext:
    return AdjustContext(context(), wiring.adjustments())


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:  # noqa: ANN401
    return app.resolve(event, context)
