"""Subscriptions: create, read, change quantity and plan, switch items on, cancel."""

from typing import Any

from functions.subscriptions.models import (
    Cancellation,
    NewItem,
    NewSubscription,
    PlanChange,
    QuantityChange,
    shown,
)
from solde.domain.catalog import Plan
from solde.domain.errors import NotFoundError
from solde.domain.subscriptions import Subscription
from solde.runtime import wiring
from solde.runtime.chance import fresh_id
from solde.runtime.clock import business_now
from solde.runtime.http import api
from solde.runtime.settings import settings
from solde.workflows.change_subscription import Make, change_subscription
from solde.workflows.changes import add_item, cancel, change_plan, change_quantity
from solde.workflows.subscribe import Order, SubscribeContext, subscribe

app = api("subscriptions")


@app.post("/v1/subscriptions", status_code=201, summary="Subscribe a customer to a plan")
def create(body: NewSubscription) -> dict[str, Any]:
    customer = wiring.customers().customer(wiring.customers().locate(body.customer))
    order = Order(
        customer_id=customer.id,
        entity=customer.entity,
        plan=_plan(body.plan),
        start_on=body.start_on,
        quantities=body.quantities,
        external_id=body.external_id or "",
        name=body.name,
        anchor_on=body.anchor_on,
        terms_days=body.terms_days,
    )
    return _shown(subscribe(order, business_now(), _context()))


@app.get("/v1/subscriptions/<subscription>", summary="Read a subscription by id or ext:…")
def read(subscription: str) -> dict[str, Any]:
    where = wiring.subscriptions().locate(subscription)
    held = wiring.billing().load(where.customer_id, where.entity).subscriptions
    return _shown(next(one for one in held if one.id == where.subscription_id))


@app.post("/v1/subscriptions/<subscription>/quantity", summary="Change a quantity from a day on")
def quantity(subscription: str, body: QuantityChange) -> dict[str, Any]:
    return _changed(subscription, change_quantity(body.component, body.quantity, body.effective_on))


@app.post("/v1/subscriptions/<subscription>/plan", summary="Change to another plan from a day on")
def plan(subscription: str, body: PlanChange) -> dict[str, Any]:
    make = change_plan(_plan(body.plan), body.quantities, body.effective_on, fresh_id)
    return _changed(subscription, make)


@app.post("/v1/subscriptions/<subscription>/items", summary="Switch a device or add-on on")
def item(subscription: str, body: NewItem) -> dict[str, Any]:
    make = add_item(
        body.component, body.quantity, body.description, body.effective_on, new_id=fresh_id
    )
    return _changed(subscription, make)


@app.post("/v1/subscriptions/<subscription>/cancel", summary="End a subscription")
def end(subscription: str, body: Cancellation) -> dict[str, Any]:
    return _changed(subscription, cancel(body.effective_on))


def _changed(reference: str, make: Make) -> dict[str, Any]:
    where = wiring.subscriptions().locate(reference)
    return _shown(change_subscription(where, make, business_now(), _context()))


def _plan(code: str) -> Plan:
    found = wiring.catalogs().get("plan", code)
    if not isinstance(found, Plan):
        raise NotFoundError(f"plan: expected one of the catalog, found {code!r}")
    return found


def _shown(subscription: Subscription) -> dict[str, Any]:
    return shown(subscription, livemode=settings.live)


def _context() -> SubscribeContext:
    return SubscribeContext(
        billing=wiring.billing(),
        subscriptions=wiring.subscriptions(),
        entities=wiring.entities(),
        catalogs=wiring.catalogs(),
        new_id=fresh_id,
    )


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:  # noqa: ANN401
    return app.resolve(event, context)
