"""Usage: what was used, what was rejected and why, and what became of one event."""

from datetime import date, timedelta
from typing import Annotated, Any
from urllib.parse import unquote

from aws_lambda_powertools.event_handler.openapi.params import Query

from functions.usage.shown import event_shown, reject_shown, row_shown
from solde.domain.errors import InvalidError, NotFoundError
from solde.domain.periods import Period, day_of
from solde.ports.usage import Payer
from solde.runtime import wiring
from solde.runtime.clock import business_now
from solde.runtime.fields import Day, listed
from solde.runtime.http import api
from solde.runtime.usage import reading_context
from solde.workflows.read_usage.find_event import find_event
from solde.workflows.read_usage.list_rejects import list_rejects
from solde.workflows.read_usage.usage_of import usage_of

app = api("usage")
LIMIT_MAX = 100
EVENTS = "/v1/events/"


@app.get("/v1/usage", summary="Usage of a customer or subscription, live, by meter")
def usage(
    customer: Annotated[str | None, Query()] = None,
    subscription: Annotated[str | None, Query()] = None,
    from_on: Annotated[Day | None, Query(alias="from")] = None,
    to_on: Annotated[Day | None, Query(alias="to")] = None,
) -> dict[str, Any]:
    """`from` is included, `to` is not; without them it is the business month so far."""
    customer_id, payers = _asked(customer, subscription)
    zone = next((payer.zone for payer in payers.values()), "UTC")
    period = _period(from_on, to_on, zone)
    told = usage_of(customer_id, payers, period, reading_context())
    rated = {
        entity: wiring.measured().rated_to_on(entity)
        for entity in {payer.entity for payer in payers.values()}
    }
    entities = {payer.subscription_id: payer.entity for payer in payers.values()}
    rows = [
        row_shown(row, period, rated_to_on=rated[entities[row.subscription_id]])
        for row in told.rows
    ]
    return listed(rows, next_cursor=None) | {"complete": told.complete}


@app.get("/v1/rejected-events", summary="Rejected events, with the reason of each")
def rejected(
    code: Annotated[str, Query()] = "",
    cursor: Annotated[str | None, Query()] = None,
    limit: Annotated[int, Query()] = 20,
) -> dict[str, Any]:
    """Open ones first: they are tried again by every rating until what they lack is there."""
    if not 1 <= limit <= LIMIT_MAX:
        raise InvalidError(f"limit: expected 1 to {LIMIT_MAX}, found {limit}", pointer="/limit")
    page = list_rejects(reading_context(), limit=limit, cursor=cursor, code=code)
    return listed([reject_shown(row) for row in page.rows], next_cursor=page.next_cursor)


@app.get("/v1/events/<source>/<event_id>", summary="What became of an event")
def event(source: str, event_id: str) -> dict[str, Any]:
    return _event(f"{unquote(source)}/{unquote(event_id)}")


@app.get("/v1/events/.+", include_in_schema=False)
def event_with_slashes() -> dict[str, Any]:
    """Source and id are URIs and paths as often as not."""
    return _event(unquote(app.current_event.path.partition(EVENTS)[2]))


def _event(path: str) -> dict[str, Any]:
    found = find_event(path, reading_context())
    if found is None:
        raise NotFoundError(f"event: expected source/id of one that was accepted, found {path!r}")
    return event_shown(found)


def _asked(customer: str | None, subscription: str | None) -> tuple[str, dict[str, Payer]]:
    """Return the customer, and who pays for each name of the subscriptions asked for."""
    if (customer is None) == (subscription is None):
        raise InvalidError("customer, subscription: expected one of them", pointer="/customer")
    if subscription is not None:
        where = wiring.subscriptions().locate(subscription)
        customer_id, only = where.customer_id, where.subscription_id
    else:
        customer_id, only = wiring.customers().locate(customer or ""), ""
    profile = wiring.customers().customer(customer_id)
    held = wiring.billing().load(customer_id, profile.entity).subscriptions
    payers: dict[str, Payer] = {}
    for one in held:
        if only in ("", one.id):
            payer = Payer(customer_id, one.id, one.entity, wiring.subscriptions().zone(one.id))
            payers |= {name: payer for name in (one.id, one.external_id) if name}
    if len(held) == 1 and payers:
        payer = next(iter(payers.values()))
        payers |= {name: payer for name in (customer_id, profile.external_id) if name}
    return customer_id, payers


def _period(from_on: date | None, to_on: date | None, zone: str) -> Period:
    today = day_of(business_now(), zone)
    return Period(from_on or today.replace(day=1), to_on or today + timedelta(days=1))


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:  # noqa: ANN401
    return app.resolve(event, context)
