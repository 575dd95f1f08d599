"""What the demo tells the API, as requests: every path and field name that it uses stands here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Request:
    """
    A write to the API.

    `key` is its Idempotency-Key: it follows from what is written, so that setting up twice
    changes nothing.
    """

    method: str
    path: str
    body: Body
    key: str


@dataclass(frozen=True, slots=True)
class Party:
    """Who is billed: `registration` holds siren and vat_id where the law wants them printed."""

    code: str
    entity: str
    name: str
    address: Body
    email: str
    language: str
    registration: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Charge:
    """A component of a plan with the product and the price behind it."""

    code: str
    description: str
    currency: str
    kind: str
    model: Body
    meter: str = ""
    unit: str = "C62"
    """UN/ECE Recommendation 20: C62 is a piece, MTQ a cubic metre."""
    quantity: str = "1"
    """What a subscription has of it at the start, where the plan says no more."""


def address(street: str, postcode: str, city: str, country: str) -> Body:
    return {"lines": [street], "postcode": postcode, "city": city, "country": country}


def entity(seller: Body) -> Request:
    return _post("entities", seller["code"], seller)


def customer(party: Party) -> Request:
    body = {
        "external_id": party.code,
        "entity": party.entity,
        "name": party.name,
        "address": party.address,
        "email": party.email,
        "language": party.language,
        "business": True,
        "registration": dict(party.registration),
        "invoice_day": 1,
    }
    return _post("customers", party.code, body)


def meter(
    code: str,
    event_type: str,
    *,
    value: str = "",
    filters: Mapping[str, str] | None = None,
    dimensions: Sequence[str] = (),
) -> Request:
    """Return a meter that adds up `value`, or counts events where there is none."""
    body = {
        "code": code,
        "event_type": event_type,
        "aggregation": "sum" if value else "count",
        "value": value,
        "filters": dict(filters or {}),
        "dimensions": list(dimensions),
    }
    return _post("meters", code, body)


def charged(charge: Charge) -> tuple[Request, Request]:
    """Return the product and the price of a charge; both bear its code."""
    product = {
        "code": charge.code,
        "name": charge.description,
        "tax_class": "standard",
        "revenue_account": "706",
        "unit": charge.unit,
    }
    price = {
        "code": charge.code,
        "product": charge.code,
        "currency": charge.currency,
        "kind": charge.kind,
        "model": charge.model,
        "meter": charge.meter,
    }
    return _post("products", charge.code, product), _post("prices", charge.code, price)


def monthly_plan(code: str, name: str, charges: Sequence[Charge]) -> Request:
    components = [
        {
            "code": one.code,
            "price": one.code,
            "description": one.description,
            "default_quantity": one.quantity,
        }
        for one in charges
    ]
    body = {"code": code, "name": name, "unit": "month", "count": 1, "components": components}
    return _post("plans", code, body)


def subscription(
    code: str, *, customer_code: str, plan: str, name: str, start_on: date, **quantities: str
) -> Request:
    """Return a subscription billed by calendar month; `quantities` are by component code."""
    body = {
        "external_id": code,
        "customer": f"ext:{customer_code}",
        "plan": plan,
        "name": name,
        "start_on": str(start_on),
        "anchor_on": str(start_on.replace(day=1)),
        "quantities": quantities,
    }
    return _post("subscriptions", code, body)


def quantity_changed(
    subscription_code: str, component: str, quantity: str, *, effective_on: date
) -> Request:
    body = {"component": component, "quantity": quantity, "effective_on": str(effective_on)}
    path = f"/v1/subscriptions/ext:{subscription_code}/quantity"
    return Request("POST", path, body, f"demo-{subscription_code}-{component}-{effective_on}")


def device_switched_on(
    subscription_code: str, component: str, *, device: str, name: str, effective_on: date
) -> Request:
    """Return the start of an item of its own, charged from `effective_on` by day."""
    body = {
        "external_id": device,
        "component": component,
        "description": name,
        "quantity": "1",
        "effective_on": str(effective_on),
    }
    path = f"/v1/subscriptions/ext:{subscription_code}/items"
    return Request("POST", path, body, f"demo-{subscription_code}-{device}")


def flat(amount: str) -> Body:
    return {"model": "flat", "amount": amount}


def per_unit(amount: str) -> Body:
    return {"model": "per_unit", "amount": amount}


def graduated(tiers: Sequence[Mapping[str, str | None]]) -> Body:
    """Return tiers of `up_to` (inclusive; null is without end) and `unit_amount`."""
    return {"model": "graduated", "tiers": [dict(tier) for tier in tiers]}


def matrix(dimensions: Sequence[str], table: Mapping[str, Mapping[str, str]], default: str) -> Body:
    """Return a price per pair of values; `default` is for every pair that is not listed."""
    cells = [
        {"values": [row, column], "amount": amount}
        for row, columns in table.items()
        for column, amount in columns.items()
    ]
    return {"model": "matrix", "dimensions": list(dimensions), "cells": cells, "default": default}


def _post(noun: str, code: str, body: Body) -> Request:
    return Request("POST", f"/v1/{noun}", body, f"demo-{noun}-{code}")
