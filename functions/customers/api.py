"""Customers: create, read, list."""

from typing import Annotated, Any

from aws_lambda_powertools.event_handler.openapi.params import Query

from functions.customers.models import NewCustomer, shown
from solde.runtime import wiring
from solde.runtime.chance import fresh_id
from solde.runtime.clock import business_now
from solde.runtime.fields import listed
from solde.runtime.http import api
from solde.runtime.paging import page
from solde.runtime.settings import settings

app = api("customers")


@app.post("/v1/customers", status_code=201, summary="Create a customer")
def create(body: NewCustomer) -> dict[str, Any]:
    entity = wiring.entities().entity(body.entity)
    customer = body.customer(fresh_id("cus"))
    wiring.customers().create(customer, time_zone=entity.time_zone, at=business_now())
    return shown(customer, livemode=settings.live)


@app.get("/v1/customers", summary="List customers, newest first")
def every(
    cursor: Annotated[str | None, Query()] = None, limit: Annotated[int, Query()] = 20
) -> dict[str, Any]:
    rows, following = page("cus", cursor=cursor, limit=limit)
    customers = [wiring.customers().customer(row["pk"].removeprefix("A#")) for row in rows]
    data = [shown(one, livemode=settings.live) for one in customers]
    return listed(data, next_cursor=following)


@app.get("/v1/customers/<customer>", summary="Read a customer by id or ext:…")
def read(customer: str) -> dict[str, Any]:
    identity = wiring.customers().locate(customer)
    return shown(wiring.customers().customer(identity), livemode=settings.live)


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:  # noqa: ANN401
    return app.resolve(event, context)
