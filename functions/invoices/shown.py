"""Documents and explanations of their lines as the API says them."""

from fractions import Fraction
from typing import Any

from solde.domain.catalog import ChargeKind
from solde.domain.invoicing.draft import NOTES
from solde.domain.invoicing.texts import exact_text, plain
from solde.domain.periods import Period
from solde.domain.proration import share
from solde.domain.rating import ChargeKey, Stretch
from solde.ports.billing import Header
from solde.runtime.fields import created_by_id, described
from solde.runtime.filters import identity
from solde.runtime.paging import Row
from solde.storage.pricing import model_to_item
from solde.workflows.explain_invoice import Derivation
from solde.workflows.explain_line import Explanation

STATUSES = ("open", "partly_paid", "paid", "uncollectible")
TIMED = (ChargeKind.ADVANCE, ChargeKind.ARREARS)


def row_shown(row: Row, *, livemode: bool) -> dict[str, Any]:
    return described(
        row["kind"],
        id=identity(row),
        customer=row["pk"].removeprefix("A#"),
        number=row["number"],
        status=row["status"],
        currency=row["currency"],
        total=row["total"],
        issued_on=row["issued_on"],
        due_on=row["due_on"],
        created_at=created_by_id(identity(row)),
        livemode=livemode,
    )


def header_shown(header: Header, document: dict[str, Any], *, livemode: bool) -> dict[str, Any]:
    return described(
        header.kind,
        id=header.id,
        customer=header.customer_id,
        entity=header.entity,
        number=header.number,
        status=header.status,
        currency=header.currency,
        total=header.gross_minor,
        paid=header.paid_minor,
        doubtful=header.loss.doubtful,
        lost=header.loss.lost,
        issued_on=header.issued_on.isoformat(),
        due_on=header.due_on.isoformat(),
        bill_run=header.run_id,
        sha256=header.sha256,
        apart=document["group"]["apart"] or None,
        document=document,
        **_settles(header),
        **_late(header),
        created_at=created_by_id(header.id),
        livemode=livemode,
    )


def _settles(header: Header) -> dict[str, Any]:
    """Say of a credit note which invoices it has settled, and what became credit."""
    if header.kind not in NOTES:
        return {}
    uses = [{"invoice": one.invoice_id, "amount": one.minor} for one in header.uses]
    return {"settles": uses, "credit": header.paid_minor - sum(one.minor for one in header.uses)}


def _late(header: Header) -> dict[str, Any]:
    """Say of late charges which invoice was late, up to which day, and what they are made of."""
    if header.late:
        said = header.late
        return {
            "late_invoice": said.invoice_id,
            "through": said.through.isoformat(),
            "interest": said.interest,
            "fee": said.fee,
        }
    return {"late_charged_through": header.late_to.isoformat()} if header.late_to else {}


def derivation_shown(found: Derivation, header: Header, *, livemode: bool) -> dict[str, Any]:
    """Give a closed document and its tree, as `tools/verify_invoice.py` takes them."""
    return described(
        "explanation",
        invoice=header.id,
        number=header.number,
        sha256=header.tree.sha256 if header.tree else None,
        document=found.document,
        tree=found.tree,
        livemode=livemode,
    )


def line_of(tree: dict[str, Any], line: int) -> dict[str, Any]:
    """Give the node of a line, with what it names by number in the place of the numbers."""
    node = dict(tree["lines"][line - 1])
    for name, rows in (("tariff", "tariffs"), ("key", "keys"), ("commitment", "commitments")):
        if name in node:
            node[name] = tree[rows][node[name]]
    if caps := node.get("off", {}).get("caps"):
        node["off"] = node["off"] | {"caps": [tree["caps"][number] for number in caps]}
    if "row" in node:
        rows = tree["deposit"]["rates"] if "deposit" in tree else tree["asked"]["left"]
        node["row"] = rows[node["row"]]
    return node


def explanation_shown(
    one: Explanation, node: dict[str, Any] | None, *, livemode: bool
) -> dict[str, Any]:
    """Say where a line comes from, `node` of its tree with it, where there is one."""
    line, stored = one.line, one.stored
    return described(
        "line_explanation",
        invoice=one.header.id,
        line=stored["line"],
        description=stored["description"],
        key=_key(line.key),
        price=_price(one),
        service=_days(line.service),
        share=_share(one, node),
        units=plain(line.units),
        count=line.count,
        steps=[
            dict(zip(("quantity", "unit_amount", "exact", "label"), step, strict=True))
            for step in stored["steps"]
        ],
        exact=exact_text(line.exact),
        gross=stored.get("gross", stored["net"]),
        discounts=list(stored.get("discounts", ())),
        allowances=list(stored.get("allowances", ())),
        net=line.net.minor,
        currency=line.net.currency,
        rounding=_rounding(one),
        tax=stored["tax"],
        corrects=stored.get("corrects"),
        inputs=line.inputs,
        timeline=_timeline(one),
        derivation=node,
        livemode=livemode,
    )


def _key(key: ChargeKey) -> dict[str, Any]:
    return {
        "item": key.item_id,
        "component": key.component,
        "kind": key.kind.value,
        "price": key.price_id,
        "price_version": key.price_version,
        "part": key.part or None,
        "period": _days(key.period),
    }


def _timeline(one: Explanation) -> dict[str, Any]:
    proposed = one.proposed
    return {
        "inputs": proposed.inputs if proposed else None,
        "unchanged": proposed is not None and proposed.inputs == one.line.inputs,
        "stretches": [_stretch(part) for part in proposed.stretches] if proposed else [],
    }


def _share(one: Explanation, node: dict[str, Any] | None) -> str | None:
    """Say what the steps were multiplied by; nothing where it is no share of days (R4)."""
    line, policy = one.line, one.price.proration
    if line.key.kind not in TIMED:
        return None
    if node and node["how"] == "walk":
        return str(Fraction(node.get("share", 1)) * Fraction(node.get("cut", 1)))
    if policy.by_start or not policy.by_days:
        return None
    return str(share(policy, line.service, line.key.period))


def _rounding(one: Explanation) -> dict[str, Any]:
    """Give the sums of the rounding key before and after the line: `net` is what lies between."""
    exact, net = one.exact_before, one.net_before
    return {
        "lines_before": len(one.before),
        "exact_before": exact_text(exact),
        "net_before": net.minor,
        "exact_after": exact_text(exact + one.line.exact),
        "net_after": (net + one.line.net).minor,
    }


def _price(one: Explanation) -> dict[str, Any]:
    price = one.price
    return {
        "code": price.id,
        "version": price.version,
        "currency": price.currency,
        "product": price.product_id,
        "meter": price.meter or None,
        "proration": price.proration.value,
        "model": model_to_item(price.model),
        "unit": one.stored["price"].get("unit"),
    }


def _stretch(stretch: Stretch) -> dict[str, Any]:
    cells = [
        {"values": list(values), "quantity": plain(part)} for values, part in stretch.quantity.cells
    ]
    return {
        **_days(stretch.service),
        "quantity": plain(stretch.quantity.total),
        "count": stretch.events,
        "cells": cells,
    }


def _days(period: Period) -> dict[str, str]:
    return {"start_on": period.start_on.isoformat(), "end_on": period.end_on.isoformat()}
