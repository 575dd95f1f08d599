"""Catalog: legal entities, products, meters, prices and plans; made once, never changed."""

from typing import Annotated, Any

from aws_lambda_powertools.event_handler.openapi.params import Query

from functions.catalog.models import NewEntity, NewMeter, NewPlan, NewPrice, NewProduct
from functions.catalog.shown import shown
from solde.domain.errors import NotFoundError
from solde.ports.records import first
from solde.runtime import wiring
from solde.runtime.clock import business_now
from solde.runtime.fields import listed
from solde.runtime.http import api
from solde.runtime.paging import slice_of
from solde.runtime.settings import settings
from solde.storage.named import codes_of, latest_of
from solde.workflows.define import define_plan, define_price

CODE_MAX = 40
Cursor = Annotated[str | None, Query()]
Limit = Annotated[int, Query()]

app = api("catalog")


@app.post("/v1/entities", status_code=201, summary="Create a legal entity, or its next version")
def create_entity(body: NewEntity) -> dict[str, Any]:
    wiring.entities().put(body.entity(), first(business_now(), body.metadata))
    return _one("entity", body.code)


@app.post("/v1/products", status_code=201, summary="Create a product")
def create_product(body: NewProduct) -> dict[str, Any]:
    wiring.catalogs().put(body.product(), first(business_now(), body.metadata))
    return _one("product", body.code)


@app.post("/v1/meters", status_code=201, summary="Create a meter")
def create_meter(body: NewMeter) -> dict[str, Any]:
    wiring.catalogs().put(body.meter(), first(business_now(), body.metadata))
    return _one("meter", body.code)


@app.post("/v1/prices", status_code=201, summary="Create a price of a product")
def create_price(body: NewPrice) -> dict[str, Any]:
    define_price(body.price(), wiring.catalogs(), first(business_now(), body.metadata))
    return _one("price", body.code)


@app.post("/v1/plans", status_code=201, summary="Create a plan of components")
def create_plan(body: NewPlan) -> dict[str, Any]:
    define_plan(body.plan(), wiring.catalogs(), first(business_now(), body.metadata))
    return _one("plan", body.code)


@app.get("/v1/entities", summary="List legal entities by code")
def entities(cursor: Cursor = None, limit: Limit = 100) -> dict[str, Any]:
    return _page("entity", cursor, limit)


@app.get("/v1/products", summary="List products by code")
def products(cursor: Cursor = None, limit: Limit = 100) -> dict[str, Any]:
    return _page("product", cursor, limit)


@app.get("/v1/meters", summary="List meters by code")
def meters(cursor: Cursor = None, limit: Limit = 100) -> dict[str, Any]:
    return _page("meter", cursor, limit)


@app.get("/v1/prices", summary="List prices by code")
def prices(cursor: Cursor = None, limit: Limit = 100) -> dict[str, Any]:
    return _page("price", cursor, limit)


@app.get("/v1/plans", summary="List plans by code")
def plans(cursor: Cursor = None, limit: Limit = 100) -> dict[str, Any]:
    return _page("plan", cursor, limit)


@app.get("/v1/entities/<code>", summary="Read a legal entity in its latest version")
def entity(code: str) -> dict[str, Any]:
    return _one("entity", code)


@app.get("/v1/products/<code>", summary="Read a product")
def product(code: str) -> dict[str, Any]:
    return _one("product", code)


@app.get("/v1/meters/<code>", summary="Read a meter")
def meter(code: str) -> dict[str, Any]:
    return _one("meter", code)


@app.get("/v1/prices/<code>", summary="Read a price")
def price(code: str) -> dict[str, Any]:
    return _one("price", code)


@app.get("/v1/plans/<code>", summary="Read a plan")
def plan(code: str) -> dict[str, Any]:
    return _one("plan", code)


def _page(kind: str, cursor: str | None, limit: int) -> dict[str, Any]:
    codes, following = slice_of(codes_of(wiring.table(), kind), cursor=cursor, limit=limit)
    items = latest_of(wiring.table(), kind, codes)
    data = [shown(kind, item, livemode=settings.live) for item in items]
    return listed(data, next_cursor=following)


def _one(kind: str, code: str) -> dict[str, Any]:
    items = latest_of(wiring.table(), kind, [code]) if len(code) <= CODE_MAX else []
    if not items:
        raise NotFoundError(f"{kind}: expected one of the catalog, found {code[:100]!r}")
    return shown(kind, items[0], livemode=settings.live)


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:  # noqa: ANN401
    return app.resolve(event, context)
