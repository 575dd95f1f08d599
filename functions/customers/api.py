"""Customers: create, read, list, update; their discounts."""

from dataclasses import replace
from functools import partial
from typing import Annotated, Any

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Header, Query

from functions.customers.answers import (
    answered,
    customer_shown,
    customers_shown,
    tagged,
    version_of,
)
from functions.customers.credit import credit_shown
from functions.customers.links import router as links
from functions.customers.mail import router as mail
from functions.customers.mandates import router as mandates
from functions.customers.methods import router as methods
from functions.customers.models import CustomerUpdate, NewCustomer
from functions.customers.separations import router as separations
from functions.customers.standing import NewTaxFact, with_fact
from functions.customers.statement import router as statements
from functions.customers.wallets import KEYED
from functions.customers.wallets import router as wallets
from solde.domain.errors import InvalidError, within
from solde.domain.invoicing.parties import Customer
from solde.ports.records import Record, first
from solde.runtime import wiring
from solde.runtime.bill_run import context as run_context
from solde.runtime.chance import fresh_id
from solde.runtime.clock import business_now
from solde.runtime.fields import listed
from solde.runtime.filters import older_than
from solde.runtime.grants import given, grant_context, slots_of
from solde.runtime.http import api
from solde.runtime.offers import GrantEnd, GrantEndPreview, GrantModel, GrantPreview, grant_shown
from solde.runtime.paging import Asked, indexed, page, short_list, slice_of
from solde.runtime.preview import preview_shown
from solde.runtime.settings import settings
from solde.storage.lots import lots_of
from solde.workflows.grant_to_customer import end_for_customer, grant_to_customer
from solde.workflows.preview import preview_grant, preview_grant_ended
from solde.workflows.update_customer import update_customer

app = api("customers", keyed=KEYED, previews=("/preview",))
app.include_router(wallets)
app.include_router(methods)
app.include_router(mandates)
app.include_router(separations)
app.include_router(statements)
app.include_router(mail)
app.include_router(links)


@app.post("/v1/customers", status_code=201, summary="Create a customer")
def create(body: NewCustomer) -> dict[str, Any]:
    with within("/entity"):
        entity = wiring.entities().entity(body.entity)
    now = business_now()
    customer, record = body.customer(fresh_id("cus"), now.date()), first(now, body.metadata)
    if body.parent:
        customer = replace(customer, parent_id=_parent(body.parent, body.entity))
    wiring.customers().create(customer, record, time_zone=entity.time_zone)
    return customer_shown(customer, record)


@app.get("/v1/customers", summary="List customers, newest first")
def every(
    cursor: Annotated[str | None, Query()] = None,
    limit: Annotated[int, Query()] = 20,
    since: Annotated[str | None, Query(alias="created_at[gte]")] = None,
) -> dict[str, Any]:
    asked = Asked(cursor, limit, past=older_than(since))
    rows, following = page(indexed("cus"), asked)
    kept = [wiring.customers().kept(row["pk"].removeprefix("A#")) for row in rows]
    return listed(customers_shown(kept), next_cursor=following)


@app.get("/v1/customers/<customer>", summary="Read a customer by id or ext:…")
def read(customer: str) -> Response[dict[str, Any]]:
    return tagged(*wiring.customers().kept(wiring.customers().locate(customer)))


@app.patch("/v1/customers/<customer>", summary="Change a customer; what is left out stays")
def update(
    customer: str,
    body: CustomerUpdate,
    if_match: Annotated[str | None, Header(alias="If-Match")] = None,
) -> Response[dict[str, Any]]:
    """Documents that are planned or issued keep what they were made with."""
    version = version_of(if_match) if if_match else body.version
    store, now = wiring.customers(), business_now()
    identity = store.locate(customer)
    parent_id = _parent_of(identity, body.parent) if body.parent else ""
    make = partial(body.applied, today=now.date(), parent_id=parent_id)
    found = update_customer(identity, make, now, version=version, store=store)
    return answered(found, version)


@app.get("/v1/customers/<customer>/discounts", summary="List the discounts of a customer")
def discounts(customer: str) -> dict[str, Any]:
    identity, entity = _owner(customer)
    return _discounts(identity, entity)


@app.post("/v1/customers/<customer>/discounts", summary="Grant an offer or a coupon to a customer")
def discount(customer: str, body: GrantModel) -> dict[str, Any]:
    """Grant it for each of his subscriptions, those to come included."""
    identity, entity = _owner(customer)
    grant = given(body, entity).grant(fresh_id)
    slots = partial(slots_of, body, identity)
    grant_to_customer(identity, entity, grant, business_now(), grant_context(), slots=slots)
    return _discounts(identity, entity)


@app.post(
    "/v1/customers/<customer>/discounts/preview",
    summary="What a discount of a customer would lead to",
)
def discount_preview(customer: str, body: GrantPreview) -> dict[str, Any]:
    identity, entity = _owner(customer)
    slots_of(body, identity)  # a preview refuses what has been redeemed too often, too
    grant = given(body, entity).grant(fresh_id)
    found = preview_grant((identity, entity), grant, body.on, business_now(), run_context())
    return preview_shown(found, livemode=settings.live)


@app.post("/v1/customers/<customer>/discounts/end", summary="End a discount of a customer")
def discount_end(customer: str, body: GrantEnd) -> dict[str, Any]:
    identity, entity = _owner(customer)
    ended = body.discount, body.effective_on
    end_for_customer(identity, entity, ended, business_now(), grant_context())
    return _discounts(identity, entity)


@app.post(
    "/v1/customers/<customer>/discounts/end/preview",
    summary="What the end of a discount of a customer would lead to",
)
def discount_end_preview(customer: str, body: GrantEndPreview) -> dict[str, Any]:
    ended = body.discount, body.effective_on
    found = preview_grant_ended(_owner(customer), ended, body.on, business_now(), run_context())
    return preview_shown(found, livemode=settings.live)


@app.get("/v1/customers/<customer>/children", summary="List the children of a customer, by id")
def children(
    customer: str,
    cursor: Annotated[str | None, Query()] = None,
    limit: Annotated[int, Query()] = 20,
) -> dict[str, Any]:
    found = wiring.customers().children(wiring.customers().locate(customer))
    names, following = slice_of(found, cursor=cursor, limit=limit)
    rows = [wiring.customers().kept(name) for name in names]
    return listed(customers_shown(rows), next_cursor=following)


@app.get("/v1/customers/<customer>/credit", summary="List the credit of a customer, by its source")
def credit(
    customer: str,
    cursor: Annotated[str | None, Query()] = None,
    limit: Annotated[int, Query()] = 20,
) -> dict[str, Any]:
    """Show what is left of payments and credit notes, and what invoices the rest has settled."""
    owner = wiring.customers().locate(customer)
    found = {one.id: one for one in lots_of(wiring.table(), owner)}
    show = partial(credit_shown, livemode=settings.live)
    return short_list(found, show, cursor=cursor, limit=limit)


def _parent_of(child_id: str, reference: str) -> str:
    """Return the id of who shall pay for a customer from now on, who pays for nobody himself."""
    store = wiring.customers()
    parent_id = _parent(reference, store.customer(child_id).entity)
    if parent_id == child_id or store.children(child_id):
        found = "himself" if parent_id == child_id else "one for a customer who has children"
        raise InvalidError(f"parent: expected another's, found {found}", pointer="/parent")
    return parent_id


def _parent(reference: str, entity: str) -> str:
    """Return the id of who shall pay for a child: of the same seller, and no child himself."""
    with within("/parent"):
        parent = wiring.customers().customer(wiring.customers().locate(reference))
    if parent.parent_id:
        raise InvalidError(
            f"parent: expected a customer without parent, found a child of {parent.parent_id}",
            pointer="/parent",
        )
    if parent.entity != entity:
        raise InvalidError(
            f"parent: expected a customer of {entity}, found one of {parent.entity}",
            pointer="/parent",
        )
    return parent.id


def _owner(reference: str) -> tuple[str, str]:
    customer = wiring.customers().customer(wiring.customers().locate(reference))
    return customer.id, customer.entity


def _discounts(customer_id: str, entity: str) -> dict[str, Any]:
    grants = wiring.billing().load(customer_id, entity).grants
    return listed([grant_shown(one) for one in grants], next_cursor=None)


@app.post(
    "/v1/customers/<customer>/tax-facts",
    status_code=201,
    summary="Add what is known of a customer for tax, with its evidence",
)
def add_tax_fact(customer: str, body: NewTaxFact) -> Response[dict[str, Any]]:
    """Add a fact for what is not issued yet; a correction of what is follows its original."""
    now, store = business_now(), wiring.customers()
    fact = body.standing(now)

    def known(before: Customer, record: Record) -> tuple[Customer, Record]:
        return replace(before, standings=with_fact(before.standings, fact)), record

    found = update_customer(store.locate(customer), known, now, version=body.version, store=store)
    return answered(found, body.version, status=201)


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:  # noqa: ANN401
    return app.resolve(event, context)
