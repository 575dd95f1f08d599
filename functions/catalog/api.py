"""Catalog: legal entities, products, meters, prices and plans; made once, never changed."""

from typing import Any

from functions.catalog.models import NewEntity, NewMeter, NewPlan, NewPrice, NewProduct
from solde.runtime import wiring
from solde.runtime.fields import described, listed
from solde.runtime.http import api
from solde.storage.named import of_kind
from solde.workflows.define import define_plan, define_price

app = api("catalog")
HIDDEN = ("pk", "sk", "schema", "list_pk", "list_sk")


@app.post("/v1/entities", status_code=201, summary="Create a legal entity, or its next version")
def create_entity(body: NewEntity) -> dict[str, Any]:
    wiring.entities().put(body.entity())
    return described("entity", **body.model_dump(mode="json"))


@app.post("/v1/products", status_code=201, summary="Create a product")
def create_product(body: NewProduct) -> dict[str, Any]:
    wiring.catalogs().put(body.product())
    return described("product", **body.model_dump(mode="json"))


@app.post("/v1/meters", status_code=201, summary="Create a meter")
def create_meter(body: NewMeter) -> dict[str, Any]:
    wiring.catalogs().put(body.meter())
    return described("meter", **body.model_dump(mode="json"))


@app.post("/v1/prices", status_code=201, summary="Create a price of a product")
def create_price(body: NewPrice) -> dict[str, Any]:
    define_price(body.price(), wiring.catalogs())
    return described("price", **body.model_dump(mode="json"))


@app.post("/v1/plans", status_code=201, summary="Create a plan of components")
def create_plan(body: NewPlan) -> dict[str, Any]:
    define_plan(body.plan(), wiring.catalogs())
    return described("plan", **body.model_dump(mode="json"))


@app.get("/v1/entities", summary="List legal entities")
def entities() -> dict[str, Any]:
    return _all("entity")


@app.get("/v1/products", summary="List products")
def products() -> dict[str, Any]:
    return _all("product")


@app.get("/v1/meters", summary="List meters")
def meters() -> dict[str, Any]:
    return _all("meter")


@app.get("/v1/prices", summary="List prices")
def prices() -> dict[str, Any]:
    return _all("price")


@app.get("/v1/plans", summary="List plans")
def plans() -> dict[str, Any]:
    return _all("plan")


def _all(kind: str) -> dict[str, Any]:
    """One page holds them all: a catalog is small."""
    rows = [
        described(kind, **{name: value for name, value in item.items() if name not in HIDDEN})
        for item in of_kind(wiring.table(), kind)
    ]
    return listed(rows, next_cursor=None)


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:  # noqa: ANN401
    return app.resolve(event, context)
