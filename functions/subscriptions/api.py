"""Subscriptions: create, read, and every change of them; previews by the code that bills."""

from functools import partial
from typing import Annotated, Any

from aws_lambda_powertools.event_handler.openapi.params import Query

from functions.catalog.versions import VersionPreview
from functions.subscriptions.changes import (
    AnchorChange,
    AnyChange,
    Cancellation,
    ChangePreview,
    CollectionHold,
    NewItem,
    Pause,
    PlanChange,
    PriceChoice,
    QuantityChange,
    Reactivation,
    ReferencesChange,
    Resumption,
    TrialConversion,
    Withdrawal,
    ZoneChange,
    ZonePreview,
)
from functions.subscriptions.changes_shown import change_shown
from functions.subscriptions.making import Discounting, made, ordered, slots_of_new
from functions.subscriptions.models import (
    NewSubscription,
    PayerChange,
    PayerPreview,
    SubscriptionPreview,
)
from functions.subscriptions.shown import STATUSES, shown
from solde.domain.periods import day_of
from solde.domain.subscriptions import Withdrawn
from solde.ports.customers import Located
from solde.runtime import wiring
from solde.runtime.clock import business_now
from solde.runtime.fields import listed
from solde.runtime.filters import identity, older_than, one_of
from solde.runtime.grants import slots_of
from solde.runtime.http import api
from solde.runtime.offers import GrantEnd, GrantModel
from solde.runtime.paging import Asked, Read, Row, indexed, merged, owned, page, slice_of
from solde.runtime.preview import preview_context, preview_shown, subscribe_context
from solde.runtime.settings import settings
from solde.workflows.change_payer import Wish, change_payer
from solde.workflows.change_subscription import change_subscription
from solde.workflows.change_zone import change_zone
from solde.workflows.preview import (
    preview_change,
    preview_subscription,
    preview_version,
    preview_zone,
)
from solde.workflows.preview_payer import preview_payer
from solde.workflows.publish_price import next_version
from solde.workflows.subscribe import subscribe

OWNED = "B#2#sub_"
NEWEST = 999_999
"""Above the number of any change, so that the latest comes first."""

CHANGES: tuple[tuple[str, type[AnyChange | Discounting], str], ...] = (
    ("quantity", QuantityChange, "Change a quantity from a day on"),
    ("plan", PlanChange, "Change to another plan from a day on"),
    ("items", NewItem, "Switch a device or add-on on"),
    ("cancel", Cancellation, "End a subscription"),
    ("pause", Pause, "Stop service and charges for a while"),
    ("resume", Resumption, "Go on after a pause"),
    ("convert", TrialConversion, "Go on after a trial that would end"),
    ("anchor", AnchorChange, "Let periods begin on another day"),
    ("price", PriceChoice, "Choose a version of a price from a day on"),
    ("references", ReferencesChange, "Name other references of the buyer from a day on"),
    ("hold", CollectionHold, "Hold the collection of what is billed from a day on"),
    ("withdraw", Withdrawal, "Take a change back"),
    ("reactivate", Reactivation, "Take a cancellation back"),
    ("discounts/end", GrantEnd, "End a discount from a day on"),
)
"""Last words of a path, what is asked there, and what it does."""

PREVIEWS = ("/change-preview", "/payer-preview", "/preview", "/price-preview", "/zone-preview")

app = api("subscriptions", previews=PREVIEWS)


@app.post("/v1/subscriptions", status_code=201, summary="Subscribe a customer to a plan")
def create(body: NewSubscription) -> dict[str, Any]:
    slots = partial(slots_of_new, body)
    made = subscribe(ordered(body), business_now(), subscribe_context(), slots=slots)
    return _shown(Located(made.customer_id, made.id, made.entity))


@app.get("/v1/subscriptions", summary="List subscriptions, newest first")
def every(
    cursor: Annotated[str | None, Query()] = None,
    limit: Annotated[int, Query()] = 20,
    customer: Annotated[str | None, Query()] = None,
    subscriber: Annotated[str | None, Query()] = None,
    status: Annotated[list[str] | None, Query()] = None,
    since: Annotated[str | None, Query(alias="created_at[gte]")] = None,
) -> dict[str, Any]:
    """
    List those that `customer` pays for, or that serve `subscriber`, whoever pays.

    With a filter a page may be short, or empty, and have more.
    """
    wanted = one_of("status", status, STATUSES)
    rows, served = _rows(customer, subscriber)
    found: dict[str, dict[str, Any]] = {}

    def keep(row: Row) -> bool:
        one = _shown(Located(str(row["pk"])[2:], identity(row), ""))
        found[row["sk"]] = one
        return one["status"] in wanted and served in ("", one["subscriber"])

    kept, following = page(rows, Asked(cursor, limit, keep, older_than(since)))
    return listed([found[row["sk"]] for row in kept], next_cursor=following)


def _rows(customer: str | None, subscriber: str | None) -> tuple[Read, str]:
    """Return where to look, and whom what is found must serve: a child or his parent pays."""
    customers = wiring.customers()
    if customer is not None and subscriber is None:
        return owned(customers.locate(customer), OWNED, without="#"), ""
    if subscriber is None:
        return indexed("sub"), ""
    served = customers.customer(customers.locate(subscriber))
    paying = {one for one in (served.id, served.parent_id) if one}
    if customer is not None:
        paying &= {customers.locate(customer)}
    return merged([owned(one, OWNED, without="#") for one in sorted(paying)]), served.id


@app.post("/v1/subscriptions/preview", summary="What a new subscription would be billed")
def preview_new(body: SubscriptionPreview) -> dict[str, Any]:
    slots_of_new(body)  # a preview refuses what has been redeemed too often, too
    found = preview_subscription(ordered(body), body.on, business_now(), preview_context())
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
    found = preview_change(where, made(body, where), body.on, business_now(), preview_context())
    return preview_shown(found, livemode=settings.live)


@app.post(
    "/v1/subscriptions/<subscription>/price-preview",
    summary="What a version of a price would do to the bills up to a day",
)
def preview_price(subscription: str, body: VersionPreview) -> dict[str, Any]:
    where, now = wiring.subscriptions().locate(subscription), business_now()
    context = preview_context()
    price = next_version(body.wish(body.price), now.date(), wiring.catalogs())
    return preview_shown(
        preview_version(where, price, body.on, now, context), livemode=settings.live
    )


@app.post("/v1/subscriptions/<subscription>/time-zone", summary="Count usage by another zone")
def time_zone(subscription: str, body: ZoneChange) -> dict[str, Any]:
    where = wiring.subscriptions().locate(subscription)
    change_zone(where, body.time_zone, business_now(), subscribe_context())
    return _shown(where)


@app.post(
    "/v1/subscriptions/<subscription>/zone-preview",
    summary="From when another zone would count, and what is billed next",
)
def preview_of_zone(subscription: str, body: ZonePreview) -> dict[str, Any]:
    """Nothing that is measured changes its days: another zone counts from the next period on."""
    where = wiring.subscriptions().locate(subscription)
    zones, found = preview_zone(where, body.time_zone, body.on, business_now(), preview_context())
    return {**preview_shown(found, livemode=settings.live), "time_zone": zones}


@app.post("/v1/subscriptions/<subscription>/payer", summary="Let another pay from a day on")
def payer(subscription: str, body: PayerChange) -> dict[str, Any]:
    """End it with who pays now, and begin it with the child or parent; answer the new one."""
    where = wiring.subscriptions().locate(subscription)
    customers = wiring.customers()
    paying = customers.customer(customers.locate(body.customer))
    wish = Wish(where, paying, body.effective_on)
    made = change_payer(wish, business_now(), subscribe_context(), customers)
    return _shown(Located(made.customer_id, made.id, made.entity))


@app.post(
    "/v1/subscriptions/<subscription>/payer-preview",
    summary="What a change of payer would lead to, for both",
)
def preview_of_payer(subscription: str, body: PayerPreview) -> dict[str, Any]:
    """Answer the preview of who pays now; `following` is that of who pays then."""
    where = wiring.subscriptions().locate(subscription)
    customers = wiring.customers()
    paying = customers.customer(customers.locate(body.customer))
    wish = Wish(where, paying, body.effective_on)
    before, after = preview_payer(wish, body.on, business_now(), preview_context(), customers)
    told = preview_shown(before, livemode=settings.live)
    return {**told, "following": preview_shown(after, livemode=settings.live)}


@app.post("/v1/subscriptions/<subscription>/discounts", summary="Grant an offer or a coupon")
def discount(subscription: str, body: GrantModel) -> dict[str, Any]:
    """Take what a coupon limits with it; a grant that is refused takes nothing."""
    where = wiring.subscriptions().locate(subscription)
    slots = partial(slots_of, body, where.customer_id)
    make = made(body, where)
    change_subscription(where, make, business_now(), subscribe_context(), slots=slots)
    return _shown(where)


def _shown(where: Located) -> dict[str, Any]:
    subscription, record = wiring.subscriptions().kept(where)
    zone = wiring.entities().entity(subscription.entity).time_zone
    today = day_of(business_now(), zone)
    told = shown(subscription, record, today=today, livemode=settings.live)
    return told | {"time_zone": wiring.subscriptions().zone(subscription.id)}


def _route(word: str, asked: type[AnyChange | Discounting], summary: str) -> None:
    """Take a change of one kind: they differ in what is asked, and in nothing else."""

    def change(subscription: str, body: AnyChange | Discounting) -> dict[str, Any]:
        where = wiring.subscriptions().locate(subscription)
        change_subscription(where, made(body, where), business_now(), subscribe_context())
        return _shown(where)

    change.__name__ = word.replace("/", "_")
    change.__annotations__["body"] = asked
    app.post(f"/v1/subscriptions/<subscription>/{word}", summary=summary)(change)


for route in CHANGES:
    _route(*route)


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:  # noqa: ANN401
    return app.resolve(event, context)
