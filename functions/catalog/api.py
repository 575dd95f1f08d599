"""Catalog: legal entities, products, meters, prices and plans; made once, never changed."""

from dataclasses import replace
from datetime import date
from typing import Annotated, Any

from aws_lambda_powertools.event_handler.openapi.params import Query

from functions.catalog.exchange import NewExchangeRate, exchange_shown
from functions.catalog.models import NewEntity, NewMeter, NewPlan, NewPrice, NewProduct
from functions.catalog.reference_rates import NewReferenceRate, reference_rate_shown
from functions.catalog.regimes import NewTaxRegime, regime_shown
from functions.catalog.shown import shown
from functions.catalog.units import NewPricingUnit
from functions.catalog.versions import NewVersion
from solde.domain.custom_fields import must_keep_types
from solde.domain.errors import InvalidError, NotFoundError
from solde.domain.money import currency
from solde.domain.tax import SHIPPED
from solde.ports.records import first
from solde.runtime import wiring
from solde.runtime.clock import business_now
from solde.runtime.fields import Day, listed
from solde.runtime.http import api
from solde.runtime.offers import NewCoupon
from solde.runtime.paging import checked, slice_of
from solde.runtime.settings import settings
from solde.storage.exchange import put_rate, rate_from_item, rates_until
from solde.storage.named import codes_of, latest_of, versions_of
from solde.storage.parties import entity_from_item
from solde.storage.records import record_from_item
from solde.storage.reference_rates import known_rates, put_reference_rate
from solde.storage.regimes import KIND as REGIME
from solde.storage.table import Item
from solde.workflows.define import define_plan, define_price
from solde.workflows.define_coupon import define_coupon
from solde.workflows.define_regime import define_regime
from solde.workflows.define_unit import define_unit
from solde.workflows.publish_price import publish_price

CODE_MAX = 40
LAST = date.max
Cursor = Annotated[str | None, Query()]
Limit = Annotated[int, Query()]

app = api("catalog")


@app.post("/v1/entities", status_code=201, summary="Create a legal entity, or its next version")
def create_entity(body: NewEntity) -> dict[str, Any]:
    if body.delivery.url:
        raise InvalidError("delivery.url: expected of a customer only", pointer="/delivery/url")
    try:
        wiring.regimes().regime(body.tax_regime)
    except NotFoundError as unknown:
        raise InvalidError(str(unknown), pointer="/tax_regime") from unknown
    entity = body.entity()
    if known := latest_of(wiring.table(), "entity", [body.code]):
        must_keep_types(entity_from_item(known[0]).custom_fields, entity.custom_fields)
    wiring.entities().put(entity, first(business_now(), body.metadata))
    return _one("entity", body.code)


@app.post("/v1/tax-regimes", status_code=201, summary="Create the next version of a tax regime")
def create_regime(body: NewTaxRegime) -> dict[str, Any]:
    """Rates that have begun stay as they were, and so does every document that is issued."""
    now = business_now()
    record = replace(first(now, body.metadata), version=body.version)
    define_regime(body.regime(), wiring.regimes(), record, today=now.date())
    return _regime(body.code)


@app.post("/v1/reference-rates", status_code=201, summary="Add the ECB's rate of a half-year")
def create_reference_rate(body: NewReferenceRate) -> dict[str, Any]:
    """Add it once: late interest of the half-year follows it."""
    rate = body.rate()
    put_reference_rate(wiring.table(), rate, first(business_now(), body.metadata))
    return _reference_rates()[rate.from_on.isoformat()]


@app.get("/v1/reference-rates", summary="List the rates of half-years, those shipped included")
def reference_rates(cursor: Cursor = None, limit: Limit = 100) -> dict[str, Any]:
    found = _reference_rates()
    mine, following = slice_of(sorted(found), cursor=cursor, limit=limit)
    return listed([found[one] for one in mine], next_cursor=following)


def _reference_rates() -> dict[str, dict[str, Any]]:
    return {
        rate.from_on.isoformat(): reference_rate_shown(rate, record, livemode=settings.live)
        for rate, record in known_rates(wiring.table())
    }


@app.post("/v1/exchange-rates", status_code=201, summary="Add the rate of exchange of a day")
def create_rate(body: NewExchangeRate) -> dict[str, Any]:
    """Add it once: documents convert their tax at the last rate known on the day of billing."""
    rate, record = body.exchange(), first(business_now(), body.metadata)
    put_rate(wiring.table(), rate, record)
    (item,) = rates_until(wiring.table(), rate.base, rate.quoted, rate.on, limit=1)
    return exchange_shown(rate, record_from_item(item), livemode=settings.live)


@app.get("/v1/exchange-rates", summary="List the rates of two currencies, the latest first")
def rates(
    base: Annotated[str, Query()],
    quoted: Annotated[str, Query(alias="currency")],
    until: Annotated[Day | None, Query()] = None,
    limit: Limit = 100,
) -> dict[str, Any]:
    last, code = until or LAST, currency(quoted)
    items = rates_until(wiring.table(), currency(base), code, last, limit=checked(limit))
    data = [
        exchange_shown(rate_from_item(one), record_from_item(one), livemode=settings.live)
        for one in items
    ]
    return listed(data, next_cursor=None)


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


@app.post("/v1/prices/<code>/versions", status_code=201, summary="Publish a version of a price")
def publish(code: str, body: NewVersion) -> dict[str, Any]:
    """Publish the version after the latest, by its number: the same again changes nothing."""
    wiring.catalogs().forget()
    now = business_now()
    publish_price(body.wish(code), now.date(), wiring.catalogs(), first(now, body.metadata))
    return _one("price", code)


@app.get("/v1/prices/<code>/versions", summary="List the versions of a price, newest first")
def versions(code: str) -> dict[str, Any]:
    latest = _item("price", code)
    numbers = range(int(latest["version"]) - 1, 0, -1)
    earlier = versions_of(wiring.table(), "price", code, list(numbers))
    return listed(
        [shown("price", one, livemode=settings.live) for one in (latest, *earlier)],
        next_cursor=None,
    )


@app.post(
    "/v1/pricing-units", status_code=201, summary="Create a pricing unit, or its next version"
)
def create_unit(body: NewPricingUnit) -> dict[str, Any]:
    """Values that a unit had stay; what is billed goes by the value of its day."""
    wiring.catalogs().forget()
    now = business_now()
    record = first(now, body.metadata)
    define_unit(body.unit(), wiring.catalogs(), record, today=now.date())
    return _one("pricing_unit", body.code)


@app.get("/v1/pricing-units", summary="List pricing units by code")
def units(cursor: Cursor = None, limit: Limit = 100) -> dict[str, Any]:
    return _page("pricing_unit", cursor, limit)


@app.get("/v1/pricing-units/<code>", summary="Read a pricing unit with all its values")
def unit(code: str) -> dict[str, Any]:
    return _one("pricing_unit", code)


@app.post("/v1/plans", status_code=201, summary="Create a plan of components")
def create_plan(body: NewPlan) -> dict[str, Any]:
    define_plan(body.plan(), wiring.catalogs(), first(business_now(), body.metadata))
    return _one("plan", body.code)


@app.post("/v1/coupons", status_code=201, summary="Create a coupon")
def create_coupon(body: NewCoupon) -> dict[str, Any]:
    define_coupon(
        body.coupon(), wiring.discounts(), wiring.catalogs(), first(business_now(), body.metadata)
    )
    return _one("coupon", body.code)


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


@app.get("/v1/tax-regimes", summary="List tax regimes by code, those that are shipped included")
def regimes(cursor: Cursor = None, limit: Limit = 100) -> dict[str, Any]:
    codes = sorted({*codes_of(wiring.table(), REGIME), *SHIPPED})
    mine, following = slice_of(codes, cursor=cursor, limit=limit)
    return listed([_regime(code) for code in mine], next_cursor=following)


@app.get("/v1/tax-regimes/<code>", summary="Read a tax regime in its latest version")
def regime(code: str) -> dict[str, Any]:
    return _regime(code)


@app.get("/v1/coupons", summary="List coupons by code")
def coupons(cursor: Cursor = None, limit: Limit = 100) -> dict[str, Any]:
    return _page("coupon", cursor, limit)


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


def _regime(code: str) -> dict[str, Any]:
    if len(code) > CODE_MAX:
        raise NotFoundError(f"tax regime: expected a code, found {code[:100]!r}")
    return regime_shown(*wiring.regimes().kept(code), livemode=settings.live)


@app.get("/v1/coupons/<code>", summary="Read a coupon")
def coupon(code: str) -> dict[str, Any]:
    return _one("coupon", code)


def _page(kind: str, cursor: str | None, limit: int) -> dict[str, Any]:
    codes, following = slice_of(codes_of(wiring.table(), kind), cursor=cursor, limit=limit)
    items = latest_of(wiring.table(), kind, codes)
    data = [shown(kind, item, livemode=settings.live) for item in items]
    return listed(data, next_cursor=following)


def _one(kind: str, code: str) -> dict[str, Any]:
    return shown(kind, _item(kind, code), livemode=settings.live)


def _item(kind: str, code: str) -> Item:
    items = latest_of(wiring.table(), kind, [code]) if len(code) <= CODE_MAX else []
    if not items:
        raise NotFoundError(f"{kind}: expected one of the catalog, found {code[:100]!r}")
    return items[0]


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:  # noqa: ANN401
    return app.resolve(event, context)
