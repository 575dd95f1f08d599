"""Catalog things as the API says them: the fields that they are made with, and the record."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from functions.catalog.units import unit_fields
from solde.domain.catalog import Meter, Plan, Price, Product
from solde.domain.invoicing.parties import ENTITY_FIELDS, Entity, address_document
from solde.domain.invoicing.texts import plain
from solde.runtime.custom_fields import declared_shown
from solde.runtime.deliveries import ways_shown
from solde.runtime.fields import described, recorded
from solde.runtime.offers import coupon_shown
from solde.storage.catalog_items import (
    meter_from_item,
    plan_from_item,
    price_from_item,
    product_from_item,
    unit_from_item,
)
from solde.storage.discounts import coupon_from_item
from solde.storage.parties import entity_from_item
from solde.storage.pricing import currencies_to_item, model_to_item, ramp_to_item
from solde.storage.records import record_from_item
from solde.storage.table import Item

Fields = dict[str, Any]


def shown(kind: str, item: Item, *, livemode: bool) -> Fields:
    """Return a stored thing of a kind; what identifies it is its code."""
    fields = SHAPES[kind](item)
    record = recorded(record_from_item(item), livemode=livemode)
    return described(kind, id=fields["code"], **fields, **record)


def _entity(item: Item) -> Fields:
    entity: Entity = entity_from_item(item)
    fields = {name: getattr(entity, name) for name in ENTITY_FIELDS}
    del fields["version"]
    return fields | {
        "address": address_document(entity.address),
        "late_percent": entity.late_percent or None,
        "registration": dict(entity.registration or {}),
        "assignments": [asdict(one) for one in entity.assignments],
        "delivery": ways_shown(entity.delivery),
        "custom_fields": declared_shown(entity.custom_fields),
    }


def _product(item: Item) -> Fields:
    product: Product = product_from_item(item)
    return {
        "code": product.id,
        "name": product.name,
        "tax_class": product.tax_class,
        "revenue_account": product.revenue_account,
        "unit": product.unit,
        "nature": product.nature,
    }


def _meter(item: Item) -> Fields:
    meter: Meter = meter_from_item(item)
    return {
        "code": meter.code,
        "event_type": meter.event_type,
        "aggregation": meter.aggregation.value,
        "value": meter.value,
        "filters": dict(meter.filters),
        "dimensions": list(meter.dimensions),
        "decimals": meter.decimals,
        "signed": meter.signed,
        "excludes": dict(meter.excludes),
        "rounding": meter.rounding.value,
        "prorated": meter.prorated,
        "fields": list(meter.fields),
    }


def _price(item: Item) -> Fields:
    price: Price = price_from_item(item)
    return {
        "code": price.id,
        "product": price.product_id,
        "currency": price.currency,
        "kind": price.kind.value,
        "model": model_to_item(price.model),
        "meter": price.meter,
        "proration": price.proration.value,
        "free_units": plain(price.free_units),
        "prorate_allowance": price.prorate_allowance,
        "tax_included": price.tax_included,
        "from_on": None if price.from_on == date.min else price.from_on.isoformat(),
        "applies": price.applies.value,
        "mid_period": price.mid_period,
        "eligible": list(price.eligible),
        "tiers": "lines" if price.by_tier else "together",
        "priced_in": price.priced_in or None,
        "across": price.across,
        "ramp": ramp_to_item(price.ramp),
        "currencies": currencies_to_item(price.others),
    }


def _plan(item: Item) -> Fields:
    plan: Plan = plan_from_item(item)
    return {
        "code": plan.id,
        "name": plan.name,
        "unit": plan.unit.value,
        "count": plan.count,
        "components": [
            {
                "code": one.code,
                "price": one.price_id,
                "description": one.description,
                "default_quantity": plain(one.default_quantity),
            }
            for one in plan.components
        ],
        "above": list(plan.above),
        "below": list(plan.below),
        "credit": plan.credit.value,
    }


def _unit(item: Item) -> Fields:
    return unit_fields(unit_from_item(item))


def _coupon(item: Item) -> Fields:
    return coupon_shown(coupon_from_item(item))


SHAPES: Mapping[str, Callable[[Item], Fields]] = {
    "entity": _entity,
    "product": _product,
    "meter": _meter,
    "price": _price,
    "plan": _plan,
    "coupon": _coupon,
    "pricing_unit": _unit,
}
