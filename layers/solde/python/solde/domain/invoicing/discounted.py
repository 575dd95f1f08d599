"""How a document says its discounts: those of its lines, and those of the document (R9, R11)."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from solde.domain.discounts import Reduction
from solde.domain.invoicing.expression import at_gross
from solde.domain.invoicing.texts import plain
from solde.domain.money import Money
from solde.domain.rating import Charge


def printed_net(charge: Charge) -> Money:
    """Return the amount of a line: a correction is said after its share of document discounts."""
    return charge.base if charge.shares and not charge.listed else charge.net


def said_of_line(charge: Charge, sign: int) -> dict[str, Any]:
    """
    Give the discounts of a line.

    With `gross` the expression is before `discounts`, else they are in the price; with `base` the
    net is before the line's share of the document's `allowances`, else they are in the net.
    """
    said: dict[str, Any] = {}
    if charge.reductions:
        said["discounts"] = [_reduction(one, sign) for one in charge.reductions]
        if at_gross(charge):
            said["gross"] = sign * charge.gross.minor
    if charge.shares:
        said["allowances"] = [_reduction(one, sign) for one in charge.shares]
        if charge.listed:
            said["base"] = sign * charge.base.minor
    return said


def allowances_of(charges: Iterable[Charge]) -> list[dict[str, Any]]:
    """Sum what is taken off the document, by grant, category and rate (BG-20)."""
    found: dict[tuple[str, str, Decimal], dict[str, Any]] = {}
    for charge in charges:
        if charge.shares and charge.listed:
            treatment = charge.treatment
            for one in charge.shares:
                rate = {"category": treatment.category, "rate": plain(treatment.percent)}
                key = (one.grant_id, treatment.category, treatment.percent)
                entry = found.setdefault(key, _reduction(one, 1) | {"tax": rate, "amount": 0})
                entry["amount"] += one.amount.minor
    return list(found.values())


def _reduction(one: Reduction, sign: int) -> dict[str, Any]:
    percent = {} if one.percent is None else {"percent": plain(one.percent)}
    return {
        "id": one.grant_id,
        "name": one.name,
        "rank": one.rank,
        **percent,
        "amount": sign * one.amount.minor,
        **({"wallet": one.wallet} if one.wallet else {}),
    }
