"""Products, meters, prices and plans as stored: what the store writes, and how it is read."""

from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any

from solde.domain.catalog import (
    Aggregation,
    Applies,
    ChargeKind,
    Component,
    Credit,
    Meter,
    Plan,
    Price,
    Product,
)
from solde.domain.money import Rounding
from solde.domain.periods import Unit
from solde.domain.pricing.unit import PricingUnit, Value
from solde.domain.proration import Proration
from solde.domain.tax.chargeability import SERVICES
from solde.storage.pricing import (
    currencies_from_item,
    currencies_to_item,
    model_from_item,
    model_to_item,
    ramp_from_item,
    ramp_to_item,
)
from solde.storage.reading import reading
from solde.storage.table import Item

Thing = Product | Meter | Price | Plan | PricingUnit
"""Whatever the catalog holds."""


def to_item(thing: Thing) -> tuple[str, str, int, Item]:
    """Return kind, identity, version and body."""
    match thing:
        case Product():
            return "product", thing.id, 1, _product_to_item(thing)
        case Meter():
            body = _plain_fields(thing) | {
                "aggregation": thing.aggregation.value,
                "filters": [list(one) for one in thing.filters],
                "dimensions": list(thing.dimensions),
                "excludes": [list(one) for one in thing.excludes],
                "rounding": thing.rounding.value,
            }
            del body["fields"]  # left out where nothing is kept, as it always was
            body |= {"fields": list(thing.fields)} if thing.fields else {}
            return "meter", thing.code, 1, body
        case Price():
            return "price", thing.id, thing.version, _price_to_item(thing)
        case PricingUnit():
            return "pricing_unit", thing.code, thing.version, _unit_to_item(thing)
        case Plan():
            components = [
                _plain_fields(one) | {"default_quantity": str(one.default_quantity)}
                for one in thing.components
            ]
            body = _plain_fields(thing) | {"unit": thing.unit.value, "components": components}
            for name in ("above", "below"):  # left out where nothing is said, as it always was
                others = body.pop(name)
                body |= {name: list(others)} if others else {}
            if body.pop("credit") is not Credit.PRORATE:
                body["credit"] = thing.credit.value
            return "plan", thing.id, thing.version, body


SAID_ELSEWHERE = ("kind", "from_on", "applies", "mid_period")


def _product_to_item(product: Product) -> Item:
    body = _plain_fields(product)
    if product.nature == SERVICES:
        del body["nature"]  # as products were kept before there was a choice
    return body


def _price_to_item(price: Price) -> Item:
    body = _plain_fields(price) | {
        "charge_kind": price.kind.value,
        "model": model_to_item(price.model),
        "proration": price.proration.value,
    }
    # Kept only where they say something: prices of before have none of them.
    chosen = {
        "tax_included": price.tax_included,
        "others": currencies_to_item(price.others),
        "ramp": ramp_to_item(price.ramp),
        "by_tier": price.by_tier,
        "priced_in": price.priced_in,
        "eligible": list(price.eligible),
        "across": price.across,
        "free_units": str(price.free_units) if price.free_units else "",
        "prorate_allowance": price.prorate_allowance,
    }
    for name in (*SAID_ELSEWHERE, *chosen):
        del body[name]
    said = {name: value for name, value in chosen.items() if value}
    return body | said | _applied_to_item(price)


def from_item(kind: str, item: Item) -> Thing:
    match kind:
        case "product":
            return product_from_item(item)
        case "meter":
            return meter_from_item(item)
        case "price":
            return price_from_item(item)
        case "pricing_unit":
            return unit_from_item(item)
        case _:
            return plan_from_item(item)


def product_to_row(product: Product) -> list[str]:
    """Return a product as facts carry it along: its fields in order, the nature of goods only."""
    row = [product.id, product.name, product.tax_class, product.revenue_account, product.unit]
    return row if product.nature == SERVICES else [*row, product.nature]


def product_from_item(item: Item) -> Product:
    with reading(item):
        return Product(
            item["id"],
            item["name"],
            item["tax_class"],
            item["revenue_account"],
            item["unit"],
            item.get("nature", SERVICES),
        )


def meter_from_item(item: Item) -> Meter:
    with reading(item):
        return Meter(
            code=item["code"],
            event_type=item["event_type"],
            aggregation=Aggregation(item["aggregation"]),
            value=item["value"],
            filters=tuple((name, value) for name, value in item["filters"]),
            dimensions=tuple(item["dimensions"]),
            decimals=item["decimals"],
            signed=item["signed"],
            excludes=tuple((name, value) for name, value in item.get("excludes", ())),
            rounding=Rounding(item.get("rounding", Rounding.HALF_AWAY.value)),
            prorated=item.get("prorated", False),
            fields=tuple(item.get("fields", ())),
        )


def price_from_item(item: Item) -> Price:
    with reading(item):
        return Price(
            id=item["id"],
            version=item["version"],
            product_id=item["product_id"],
            currency=item["currency"],
            kind=ChargeKind(item["charge_kind"]),
            model=model_from_item(item["model"]),
            meter=item["meter"],
            proration=_proration(item),
            tax_included=item.get("tax_included", False),
            eligible=tuple(item.get("eligible", ())),
            across=item.get("across", False),
            free_units=Decimal(item.get("free_units", "0")),
            prorate_allowance=item.get("prorate_allowance", False),
            ramp=ramp_from_item(item.get("ramp", ())),
            priced_in=item.get("priced_in", ""),
            by_tier=item.get("by_tier", False),
            others=currencies_from_item(item.get("others", ())),
            **_applied(item),
        )


def _applied_to_item(price: Price) -> Item:
    """Say from when a version applies, and to whom; the first one applies to all."""
    if price.from_on == date.min:
        return {}
    return {
        "from_on": price.from_on.isoformat(),
        "applies": price.applies.value,
        **({"mid_period": True} if price.mid_period else {}),
    }


def _applied(item: Item) -> dict[str, Any]:
    if "from_on" not in item:
        return {}
    return {
        "from_on": date.fromisoformat(item["from_on"]),
        "applies": Applies(item["applies"]),
        "mid_period": item.get("mid_period", False),
    }


def _proration(item: Item) -> Proration:
    """Read the policy; an older item says whether parts cost parts, or any part the whole."""
    if "proration" in item:
        return Proration(item["proration"])
    return Proration.DAY if item["prorated"] else Proration.FULL_PERIOD


def _unit_to_item(unit: PricingUnit) -> Item:
    values = [[one.currency, one.from_on.isoformat(), str(one.amount)] for one in unit.values]
    return {"id": unit.code, "version": unit.version, "name": unit.name, "values": values}


def unit_from_item(item: Item) -> PricingUnit:
    with reading(item):
        values = [
            Value(currency, date.fromisoformat(on), Decimal(amount))
            for currency, on, amount in item["values"]
        ]
        return PricingUnit(item["id"], item["version"], item["name"], tuple(values))


def plan_from_item(item: Item) -> Plan:
    with reading(item):
        return Plan(
            id=item["id"],
            version=item["version"],
            name=item["name"],
            unit=Unit(item["unit"]),
            count=item["count"],
            components=tuple(
                Component(
                    one["code"],
                    one["price_id"],
                    one["description"],
                    Decimal(one["default_quantity"]),
                )
                for one in item["components"]
            ),
            above=tuple(item.get("above", ())),
            below=tuple(item.get("below", ())),
            credit=Credit(item.get("credit", Credit.PRORATE.value)),
        )


def _plain_fields(thing: Thing | Component) -> dict[str, Any]:
    return {one.name: getattr(thing, one.name) for one in fields(thing)}
