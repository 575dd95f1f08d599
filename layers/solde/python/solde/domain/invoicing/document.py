"""The draft as a JSON document: everything a renderer, a verifier or a later comparison needs."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from solde.domain.invoicing.accounting import accounting, rates_of, said_rate
from solde.domain.invoicing.carried_fields import add_own
from solde.domain.invoicing.consolidate import HELD
from solde.domain.invoicing.discounted import allowances_of
from solde.domain.invoicing.draft import CREDIT_NOTE, LATE_CHARGE, LATE_CREDIT, Draft
from solde.domain.invoicing.lines import bounds_of, line_document, original_of, reason_of
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
from solde.domain.invoicing.texts import plain
from solde.domain.languages import language_of
from solde.domain.money import Money
from solde.domain.periods import Period
from solde.domain.tax import Exchange, TaxTotal

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
        "lines": [line_document(draft, line, place) for place, line in enumerate(draft.lines, 1)],
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


def _tax(total: TaxTotal) -> dict[str, Any]:
    return {
        "category": total.treatment.category,
        "rate": plain(total.treatment.percent),
        "base": total.base.minor,
        "tax": total.tax.minor,
        **({"with_tax": total.gross.minor} if total.gross is not None else {}),
        **reason_of(total.treatment),
    }


def _covered(services: Sequence[Period]) -> dict[str, str]:
    start_on = min([one.start_on for one in services])
    return dict(bounds_of(start_on, max([one.end_on for one in services])))


def _originals(draft: Draft) -> list[dict[str, Any]]:
    """Name the documents that a note corrects, and the tax that it gives back of each (R14)."""
    named: dict[str, dict[str, Any]] = {
        line.charge.corrects.invoice_id: {**original_of(line.charge.corrects), "taxes": []}
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
