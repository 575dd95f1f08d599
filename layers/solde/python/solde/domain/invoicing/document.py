"""The draft as a JSON document: everything a renderer, a verifier or a later comparison needs."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from solde.domain.catalog import Product
from solde.domain.invoicing.accounting import accounting, rates_of, said_rate
from solde.domain.invoicing.carried_fields import add_own
from solde.domain.invoicing.consolidate import HELD
from solde.domain.invoicing.discounted import allowances_of, printed_net, said_of_line
from solde.domain.invoicing.draft import CREDIT_NOTE, LATE_CHARGE, LATE_CREDIT, Draft, Line
from solde.domain.invoicing.due import said_of_due
from solde.domain.invoicing.expression import express
from solde.domain.invoicing.mentions import mentions
from solde.domain.invoicing.parties import (
    Customer,
    Entity,
    customer_document,
    entity_document,
    templates_document,
    terms_document,
)
from solde.domain.invoicing.profiles import BY_LINE
from solde.domain.invoicing.sendable import must_be_sendable
from solde.domain.invoicing.texts import exact_text, plain
from solde.domain.languages import language_of
from solde.domain.money import Money
from solde.domain.periods import Period
from solde.domain.pricing import Step
from solde.domain.pricing.in_units import InUnits
from solde.domain.rating import BilledLine, Charge
from solde.domain.subscriptions import Subscription
from solde.domain.tax import Exchange, TaxTotal, Treatment
from solde.domain.tax.chargeability import SERVICES

SCHEMA = 1
ENGINE = "1"
"""Raised when the same inputs give other amounts; stands in each document."""


def draft_document(
    draft: Draft, *, entity: Entity, customer: Customer, exchange: Exchange | None = None
) -> dict[str, Any]:
    """
    Return the draft's document; equal inputs give equal bytes, whoever asks and when.

    `exchange` is the last rate known between its currency and the one that the entity books in.

    Raises:
        InvalidError: it lacks what the profile of its structured invoice wants.

    """
    key = draft.group.key
    document: dict[str, Any] = {
        "schema": SCHEMA,
        "engine": ENGINE,
        "kind": draft.kind,
        "entity": entity_document(entity),
        "customer": customer_document(customer),
        "currency": key.currency,
        "language": language_of(customer.language, entity.language),
        "time_zone": entity.time_zone,
        "tax_regime": key.tax_regime,
        "terms": terms_document(entity, key.terms_days, key.collection),
        "group": {"apart": draft.group.apart},
        "lines": [_line(draft, line, place) for place, line in enumerate(draft.lines, 1)],
        "taxes": [_tax(total) for total in draft.taxes],
        "totals": _totals(draft),
        "period": _covered([line.charge.service for line in draft.lines]),
        "mentions": mentions(entity, customer, draft.taxes),
        **templates_document(entity, customer),
    }
    if entity.assignments or entity.custom_fields:
        add_own(document, draft, entity, customer)
    if key.soft and (held := dict(key.soft).get(HELD)):
        document["terms"]["held_until"] = held
    document |= _policies(draft)
    if taken := allowances_of([line.charge for line in draft.lines]):
        document["allowances"] = taken
        off = sum(one["amount"] for one in taken)
        lines = draft.gross if draft.group.inclusive else draft.net
        document["totals"] |= {"lines": lines.minor + off, "allowances": off}
    if booked := accounting(draft, booked_in=entity.currency, known=exchange):
        document["accounting"] = booked
    if draft.kind == CREDIT_NOTE:
        document["corrects"] = _originals(draft)
        if booked:
            rates = rates_of(draft, exchange)
            for original in document["corrects"]:
                original["accounting"] = said_rate(rates[original["id"]])
    must_be_sendable(document)
    return document


def _policies(draft: Draft) -> dict[str, str]:
    """Say how tax was rounded, and when it is chargeable, where that is not as it always was."""
    due = {"tax_due": draft.group.due} if draft.group.due else {}
    if draft.group.inclusive:
        return {**due, "inclusive": draft.group.inclusive}
    by_line = draft.group.by_line and draft.kind != CREDIT_NOTE
    return {**due, **({"tax_level": BY_LINE} if by_line else {})}


def _totals(draft: Draft) -> dict[str, int]:
    gross_minor = draft.gross.minor
    said = {
        "net": draft.net.minor,
        "tax": draft.tax.minor,
        "gross": gross_minor,
        "prepaid": 0,
        "due": gross_minor,
    }
    if draft.group.inclusive:
        said["rounding"] = draft.rounding.minor
    return said


def _line(draft: Draft, line: Line, place: int) -> dict[str, Any]:
    charge = line.charge
    key = charge.key
    said = express(charge)
    sign = -1 if draft.kind == CREDIT_NOTE else 1
    found: dict[str, Any] = {
        "line": place,
        "subscription": _agreed(charge.subscription),
        "item": key.item_id,
        "component": key.component,
        "kind": key.kind._value_,  # a call less than by the property
        "price": _priced(charge),
        "product": _sold(charge.product),
        "account": charge.product.revenue_account,
        "description": _described(charge),
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
        **_amount(draft, line, sign),
        "tax": {
            "category": charge.treatment.category,
            "rate": plain(charge.treatment.percent),
            "class": charge.treatment.tax_class,
            "amount": line.tax.minor,
            **_reason(charge.treatment),
            **(said_of_due(charge, draft.group.due) if draft.group.due else {}),
        },
        "steps": [_step(step) for step in charge.steps],
        "inputs": charge.inputs,
    }
    if charge.reductions or charge.shares:
        found |= said_of_line(charge, sign)
    if charge.corrects:
        found["corrects"] = _corrected(charge, charge.corrects)
    if charge.credited:
        found["credited"] = _credited(charge, sign)
    return {**found, "cancels": True} if charge.cancels else found


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


def _tax(total: TaxTotal) -> dict[str, Any]:
    return {
        "category": total.treatment.category,
        "rate": plain(total.treatment.percent),
        "base": total.base.minor,
        "tax": total.tax.minor,
        **({"with_tax": total.gross.minor} if total.gross is not None else {}),
        **_reason(total.treatment),
    }


def _reason(treatment: Treatment) -> dict[str, str]:
    return {"reason": treatment.reason} if treatment.reason else {}


def _days(period: Period) -> dict[str, str]:
    """Half-open bounds for machines, the last day for people."""
    return dict(_bounds(period.start_on, period.end_on))


@lru_cache(maxsize=4096)
def _bounds(start_on: date, end_on: date) -> Mapping[str, str]:
    """Remember bounds by days, which are looked up faster than a period."""
    last_on = Period(start_on, end_on).last_on
    return {
        "start_on": start_on.isoformat(),
        "end_on": end_on.isoformat(),
        "last_on": last_on.isoformat(),
    }


def _covered(services: Sequence[Period]) -> dict[str, str]:
    start_on = min([one.start_on for one in services])
    return dict(_bounds(start_on, max([one.end_on for one in services])))


def _original(line: BilledLine) -> dict[str, str]:
    return {
        "id": line.invoice_id,
        "number": line.number,
        "issued_on": line.issued_on.isoformat(),
    }


def _corrected(charge: Charge, line: BilledLine) -> dict[str, Any]:
    """Name the document that a line corrects; what a person gives back, he gives of a line."""
    if charge.credited or charge.cancels:
        return {**_original(line), "line": line.line}
    return _original(line)


def _originals(draft: Draft) -> list[dict[str, Any]]:
    """Name the documents that a note corrects, and the tax that it gives back of each (R14)."""
    named: dict[str, dict[str, Any]] = {
        line.charge.corrects.invoice_id: {**_original(line.charge.corrects), "taxes": []}
        for line in draft.lines
        if line.charge.corrects
    }
    for one in draft.back:
        if one.original:
            said = _tax(TaxTotal(one.treatment, one.base, one.tax, one.gross))
            named[one.original]["taxes"].append({**said, "before": one.before})
    return [named[identity] for identity in sorted(named)]


def covered_until(document: Mapping[str, Any]) -> date:
    """Return the end of the latest billing period of a document's lines; late charges bill none."""
    if document["kind"] in (LATE_CHARGE, LATE_CREDIT):
        return date.fromisoformat(document["period"]["end_on"])
    return date.fromisoformat(max([line["period"]["end_on"] for line in document["lines"]]))


def gross(document: Mapping[str, Any]) -> Money:
    return Money(document["totals"]["gross"], document["currency"])
