"""Subscriptions: create, read, and every change of them; previews by the code that bills."""

from functools import partial
from typing import Annotated, Any, assert_never

from aws_lambda_powertools.event_handler.openapi.params import Query

from functions.subscriptions.changes import (
    AnyChange,
    Cancellation,
    ChangePreview,
    NewItem,
    Pause,
    PlanChange,
    QuantityChange,
    Reactivation,
    Resumption,
    TrialConversion,
    Withdrawal,
)
from functions.subscriptions.models import NewSubscription, SubscriptionPreview
from functions.subscriptions.shown import STATUSES, change_shown, shown
from solde.domain.catalog import Plan
from solde.domain.errors import NotFoundError
from solde.domain.periods import day_of
from solde.domain.subscriptions import Withdrawn
from solde.ports.customers import Located
from solde.runtime import wiring
from solde.runtime.chance import fresh_id
from solde.runtime.clock import business_now
from solde.runtime.fields import listed
from solde.runtime.filters import identity, older_than, one_of
from solde.runtime.grants import given, slots_of
from solde.runtime.http import api
from solde.runtime.offers import GrantEnd, GrantModel
from solde.runtime.paging import Asked, Row, indexed, owned, page, slice_of
from solde.runtime.preview import preview_context, preview_shown, subscribe_context
from solde.runtime.settings import settings
from solde.workflows.change_subscription import Make, change_subscription
from solde.workflows.changes import Which, add_item, change_plan, change_quantity
from solde.workflows.grant_discount import end_discount, grant_discount
from solde.workflows.life_changes import (
    cancel,
    convert_trial,
    pause,
    reactivate,
    resume,
    withdraw,
)
from solde.workflows.preview import preview_change, preview_subscription
from solde.workflows.subscribe import Order, subscribe

NEWEST = 999_999
"""Above the number of any change, so that the latest comes first."""
Discounting = GrantModel | GrantEnd

app = api("subscriptions", previews=("/change-preview", "/preview"))


@app.post("/v1/subscriptions", status_code=201, summary="Subscribe a customer to a plan")
def create(body: NewSubscription) -> dict[str, Any]:
    made = subscribe(_order(body), business_now(), subscribe_context())
    return _shown(Located(made.customer_id, made.id, made.entity))


@app.get("/v1/subscriptions", summary="List subscriptions, newest first")
def every(
    cursor: Annotated[str | None, Query()] = None,
    limit: Annotated[int, Query()] = 20,
    customer: Annotated[str | None, Query()] = None,
    status: Annotated[list[str] | None, Query()] = None,
    since: Annotated[str | None, Query(alias="created_at[gte]")] = None,
) -> dict[str, Any]:
    """With a filter a page may be short, or empty, and have more."""
    wanted = one_of("status", status, STATUSES)
    rows = indexed("sub")
    if customer is not None:
        rows = owned(wiring.customers().locate(customer), "B#2#sub_", without="#")
    found: dict[str, dict[str, Any]] = {}

    def keep(row: Row) -> bool:
        found[row["sk"]] = _shown(Located(str(row["pk"])[2:], identity(row), ""))
        return found[row["sk"]]["status"] in wanted

    kept, following = page(rows, Asked(cursor, limit, keep, older_than(since)))
    return listed([found[row["sk"]] for row in kept], next_cursor=following)


@app.post("/v1/subscriptions/preview", summary="What a new subscription would be billed")
def preview_new(body: SubscriptionPreview) -> dict[str, Any]:
    found = preview_subscription(_order(body), body.on, business_now(), preview_context())
    return preview_shown(found, livemode=settings.live)


@app.get("/v1/subscriptions/<subscription>", summary="Read a subscription by id or ext:…")
def read(subscription: str) -> dict[str, Any]:
    return _shown(wiring.subscriptions().locate(subscription))


@app.get("/v1/subscriptions/<subscription>/changes", summary="List its changes, newest first")
def changes(
    subscription: str,
    cursor: Annotated[str | None, Query()] = None,
    limit: Annotated[int, Query()] = 20,
) -> dict[str, Any]:
    """Every change ever entered: effective, scheduled or withdrawn."""
    where = wiring.subscriptions().locate(subscription)
    every = {
        f"{NEWEST - one.change.sequence:06d}": one for one in wiring.subscriptions().changes(where)
    }
    places, following = slice_of(sorted(every), cursor=cursor, limit=limit)
    gone = {one.change.of for one in every.values() if isinstance(one.change, Withdrawn)}
    zone = wiring.entities().entity(where.entity).time_zone
    today = day_of(business_now(), zone)
    rows = [
        change_shown(every[place], gone=gone, today=today, livemode=settings.live)
        for place in places
    ]
    return listed(rows, next_cursor=following)


@app.post("/v1/subscriptions/<subscription>/change-preview", summary="What a change would lead to")
def preview(subscription: str, body: ChangePreview) -> dict[str, Any]:
    where = wiring.subscriptions().locate(subscription)
    found = preview_change(where, _make(body, where), body.on, business_now(), preview_context())
    return preview_shown(found, livemode=settings.live)


@app.post("/v1/subscriptions/<subscription>/quantity", summary="Change a quantity from a day on")
def quantity(subscription: str, body: QuantityChange) -> dict[str, Any]:
    return _changed(subscription, body)


@app.post("/v1/subscriptions/<subscription>/plan", summary="Change to another plan from a day on")
def plan(subscription: str, body: PlanChange) -> dict[str, Any]:
    return _changed(subscription, body)


@app.post("/v1/subscriptions/<subscription>/items", summary="Switch a device or add-on on")
def item(subscription: str, body: NewItem) -> dict[str, Any]:
    return _changed(subscription, body)


@app.post("/v1/subscriptions/<subscription>/cancel", summary="End a subscription")
def end(subscription: str, body: Cancellation) -> dict[str, Any]:
    return _changed(subscription, body)


@app.post("/v1/subscriptions/<subscription>/pause", summary="Stop service and charges for a while")
def hold(subscription: str, body: Pause) -> dict[str, Any]:
    return _changed(subscription, body)


@app.post("/v1/subscriptions/<subscription>/resume", summary="Go on after a pause")
def go_on(subscription: str, body: Resumption) -> dict[str, Any]:
    return _changed(subscription, body)


@app.post("/v1/subscriptions/<subscription>/convert", summary="Go on after a trial that would end")
def convert(subscription: str, body: TrialConversion) -> dict[str, Any]:
    return _changed(subscription, body)


@app.post("/v1/subscriptions/<subscription>/withdraw", summary="Take a change back")
def take_back(subscription: str, body: Withdrawal) -> dict[str, Any]:
    return _changed(subscription, body)


@app.post("/v1/subscriptions/<subscription>/reactivate", summary="Take a cancellation back")
def stay(subscription: str, body: Reactivation) -> dict[str, Any]:
    return _changed(subscription, body)


@app.post("/v1/subscriptions/<subscription>/discounts", summary="Grant an offer or a coupon")
def discount(subscription: str, body: GrantModel) -> dict[str, Any]:
    """Take what a coupon limits with it; a grant that is refused takes nothing."""
    where = wiring.subscriptions().locate(subscription)
    slots = partial(slots_of, body, where.customer_id)
    make = _make(body, where)
    change_subscription(where, make, business_now(), subscribe_context(), slots=slots)
    return _shown(where)


@app.post("/v1/subscriptions/<subscription>/discounts/end", summary="End a discount from a day on")
def discount_end(subscription: str, body: GrantEnd) -> dict[str, Any]:
    return _changed(subscription, body)


def _changed(reference: str, body: AnyChange | Discounting) -> dict[str, Any]:
    where = wiring.subscriptions().locate(reference)
    change_subscription(where, _make(body, where), business_now(), subscribe_context())
    return _shown(where)


def _make(body: AnyChange | Discounting, where: Located) -> Make:
    """Return how the change is made: the same for a preview and for the real thing."""
    if isinstance(body, Discounting):
        return _discounted(body, where)
    return _made(body)


def _made(body: AnyChange) -> Make:
    match body:
        case QuantityChange():
            which = Which(body.component or "", body.item or "")
            return change_quantity(which, body.quantity, body.effective_on)
        case PlanChange():
            return change_plan(_plan(body.plan), body.quantities, body.effective_on, fresh_id)
        case NewItem():
            quantity, text = body.quantity, body.description
            return add_item(body.component, quantity, text, body.effective_on, new_id=fresh_id)
        case _:
            return _of_the_whole(body)


def _of_the_whole(
    body: Cancellation | Pause | Resumption | TrialConversion | Withdrawal | Reactivation,
) -> Make:
    match body:
        case Cancellation():
            return cancel(body.effective_on, body.credit)
        case Pause():
            return pause(body.effective_on)
        case Resumption():
            return resume(body.effective_on)
        case TrialConversion():
            return convert_trial(body.effective_on)
        case Withdrawal():
            return withdraw(body.number)
        case Reactivation():
            return reactivate()
        case _:
            assert_never(body)


def _discounted(body: Discounting, where: Located) -> Make:
    if isinstance(body, GrantEnd):
        return end_discount(body.discount, body.effective_on)
    slots_of(body, where.customer_id)  # a preview refuses what has been redeemed too often, too
    return grant_discount(given(body, where.entity), fresh_id)


def _order(body: NewSubscription) -> Order:
    customer = wiring.customers().customer(wiring.customers().locate(body.customer))
    return Order(
        customer_id=customer.id,
        entity=customer.entity,
        plan=_plan(body.plan),
        start_on=body.start_on,
        quantities=body.quantities,
        external_id=body.external_id or "",
        name=body.name,
        anchor_on=body.anchor_on,
        billing=body.billing,
        terms_days=body.terms_days,
        trial=body.trial.trial(body.start_on) if body.trial else None,
        trial_of_months=body.trial is not None and body.trial.unit == "month",
        group=body.group,
        metadata=body.metadata,
    )


def _plan(code: str) -> Plan:
    found = wiring.catalogs().get("plan", code)
    if not isinstance(found, Plan):
        raise NotFoundError(f"plan: expected one of the catalog, found {code!r}")
    return found


def _shown(where: Located) -> dict[str, Any]:
    subscription, record = wiring.subscriptions().kept(where)
    zone = wiring.entities().entity(subscription.entity).time_zone
    today = day_of(business_now(), zone)
    return shown(subscription, record, today=today, livemode=settings.live)


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:  # noqa: ANN401
    return app.resolve(event, context)
