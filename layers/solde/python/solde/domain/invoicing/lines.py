"""A line of a document: what it says of its charge, and for whom."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from solde.domain.catalog import Product
from solde.domain.invoicing.discounted import printed_net, said_of_line
from solde.domain.invoicing.draft import CREDIT_NOTE, Draft, Line
from solde.domain.invoicing.due import said_of_due
from solde.domain.invoicing.expression import express
from solde.domain.invoicing.texts import exact_text, plain
from solde.domain.periods import Period
from solde.domain.pricing import Step
from solde.domain.pricing.in_units import InUnits
from solde.domain.rating import BilledLine, Charge
from solde.domain.subscriptions import Subscription
from solde.domain.tax import Treatment
from solde.domain.tax.chargeability import SERVICES

LINE = "line"
"""Under this name lies what lines say of a charge that is alike."""


def line_document(draft: Draft, line: Line, place: int) -> dict[str, Any]:
    charge = line.charge
    key = charge.key
    sign = -1 if draft.kind == CREDIT_NOTE else 1
    said = _said(charge, sign)
    found: dict[str, Any] = {
        **said,
        "line": place,
        "subscription": _agreed(charge.subscription),
        "item": key.item_id,
        "component": key.component,
        "description": _described(charge),
        **_amount(draft, line, sign),
        "tax": {
            **said["tax"],
            "amount": line.tax.minor,
            **(said_of_due(charge, draft.group.due) if draft.group.due else {}),
        },
    }
    if charge.reductions or charge.shares:
        found |= said_of_line(charge, sign)
    if charge.corrects:
        found["corrects"] = _corrected(charge, charge.corrects)
    if charge.credited:
        found["credited"] = _credited(charge, sign)
    return {**found, "cancels": True} if charge.cancels else found


def _said(charge: Charge, sign: int) -> Mapping[str, Any]:
    """Return what a line says whoever it is for; of what is alike it is said once."""
    alike = charge.same
    if alike is None or sign < 0:
        return _whoever(charge, sign)
    if LINE not in alike.kept:
        alike.kept[LINE] = _whoever(charge, sign)
    found: Mapping[str, Any] = alike.kept[LINE]
    return found


def _whoever(charge: Charge, sign: int) -> dict[str, Any]:
    key, said = charge.key, express(charge)
    return {
        "kind": key.kind._value_,  # a call less than by the property
        "price": _priced(charge),
        "product": _sold(charge.product),
        "account": charge.product.revenue_account,
        "service": _days(charge.service),
        "period": _days(key.period),
        "expression": {
            "quantity": plain(sign * said.quantity),
            "unit": said.unit,
            "price": plain(said.price),
            "base_quantity": said.base_quantity,
        },
        "units": plain(charge.units),
        "exact": exact_text(charge.exact),
        "count": charge.events,
        "tax": {
            "category": charge.treatment.category,
            "rate": plain(charge.treatment.percent),
            "class": charge.treatment.tax_class,
            **reason_of(charge.treatment),
        },
        "steps": [_step(step) for step in charge.steps],
        "inputs": charge.inputs,
    }


def _sold(product: Product) -> dict[str, str]:
    """Name a product, and what it is where it is no service."""
    said = {"id": product.id, "name": product.name}
    return said if product.nature == SERVICES else {**said, "nature": product.nature}


def _priced(charge: Charge) -> dict[str, Any]:
    """Name the price, the part of it where it has several, and its unit where that is not money."""
    key, model = charge.key, charge.price.model
    said: dict[str, Any] = {"id": key.price_id, "version": key.price_version}
    if key.part:
        said["part"] = key.part
    if isinstance(model, InUnits):
        said["unit"] = {
            "code": model.code,
            "name": model.name,
            "value": plain(model.value),
            "amount": exact_text(model.units_of(charge.exact)),
        }
    return said


def _amount(draft: Draft, line: Line, sign: int) -> dict[str, int]:
    """Say what a line comes to; where prices include tax, what is charged, and its base."""
    if draft.group.inclusive:
        return {"net": line.net.minor, "with_tax": sign * line.charge.base.minor}
    return {"net": sign * printed_net(line.charge).minor}


def _agreed(one: Subscription) -> dict[str, Any]:
    """Name a subscription, with what the buyer wants named and the child that it serves."""
    said: dict[str, Any] = {"id": one.id, "external_id": one.external_id, "name": one.name}
    if one.references and one.references.named:
        said["references"] = one.references.named
    if one.subscriber_name:
        said["subscriber"] = {"id": one.subscriber_id, "name": one.subscriber_name}
    return said


def _credited(charge: Charge, sign: int) -> list[dict[str, Any]]:
    """Give the credits by hand inside `exact` and `net`, or what of them is over."""
    return [
        {"id": one.id, "exact": exact_text(one.exact), "net": sign * one.net}
        for one in charge.credited
    ]


def _described(charge: Charge) -> str:
    return charge.item.description.replace("{count}", str(charge.events))


def _step(step: Step) -> list[str]:
    """Give a row of the price walk: quantity, amount of a unit, exact amount, label."""
    exact = plain(step.product) if step.outcome is None else exact_text(step.outcome)
    return [plain(step.quantity), plain(step.unit_amount), exact, step.label]


def _corrected(charge: Charge, line: BilledLine) -> dict[str, Any]:
    """Name the document that a line corrects; what a person gives back, he gives of a line."""
    if charge.credited or charge.cancels:
        return {**original_of(line), "line": line.line}
    return original_of(line)


def reason_of(treatment: Treatment) -> dict[str, str]:
    return {"reason": treatment.reason} if treatment.reason else {}


def _days(period: Period) -> dict[str, str]:
    """Half-open bounds for machines, the last day for people."""
    return dict(bounds_of(period.start_on, period.end_on))


@lru_cache(maxsize=4096)
def bounds_of(start_on: date, end_on: date) -> Mapping[str, str]:
    """Remember bounds by days, which are looked up faster than a period."""
    last_on = Period(start_on, end_on).last_on
    return {
        "start_on": start_on.isoformat(),
        "end_on": end_on.isoformat(),
        "last_on": last_on.isoformat(),
    }


def original_of(line: BilledLine) -> dict[str, str]:
    return {
        "id": line.invoice_id,
        "number": line.number,
        "issued_on": line.issued_on.isoformat(),
    }
