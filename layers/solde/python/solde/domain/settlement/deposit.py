"""
A deposit: an invoice over a part of an order, with the tax of each rate, due at receipt (R22).

What is asked for is split over the rates of the order by what each comes to with tax. The lot of a
deposit has nothing in it before the invoice of it is paid; the final invoice of the order uses it.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from solde.domain.errors import InvalidError, StateConflictError
from solde.domain.invoicing.canonical import ENVELOPE
from solde.domain.invoicing.draft import DEPOSIT
from solde.domain.invoicing.texts import plain
from solde.domain.money import Money
from solde.domain.settlement.funds import Funds
from solde.domain.settlement.lot import Lot
from solde.domain.settlement.sale import funds_of_sale, sold
from solde.domain.tax import Inclusive, TaxTotal, Treatment, inclusive_totals
from solde.domain.tax.chargeability import AT_PAYMENT

Document = Mapping[str, Any]
ACCOUNT = "4191"
"""What is owed to the customer for it, until he is invoiced."""
POLICY = Inclusive("base")
FIRST = 0
"""The rank of a deposit: of what its order comes to, other credit pays the rest."""
COMPONENT = "deposit"


def deposit_document(
    order: Document, wanted: int, said: Mapping[str, Any], *, already: int = 0
) -> dict[str, Any]:
    """
    Return the draft of a deposit of so many minor units, with tax, on an order's own draft.

    `said` names the deposit and its order, of which deposits of `already` were asked for before.

    Raises:
        InvalidError: it is nothing, or more than the order; or the order books in another currency.

    """
    most = order["totals"]["gross"] - already
    if not 0 < wanted <= most:
        raise _not_of_the_order(wanted, most, already)
    if "accounting" in order:
        raise InvalidError(
            f"currency: expected that of the entity, found {order['currency']}",
            pointer="/currency",
        )
    totals = _totals(order, Money(wanted, order["currency"]))
    taxes = {key: one for key, one in zip(map(_rate, order["taxes"]), totals, strict=True) if one}
    lines = [
        _line(place, _first(order, rate), total, said["id"])
        for place, (rate, total) in enumerate(taxes.items(), 1)
    ]
    net = sum(one.base.minor for one in taxes.values())
    tax = sum(one.tax.minor for one in taxes.values())
    left_out = ("allowances", "corrects", "tax_level", "prepaid")
    return {
        **{name: value for name, value in order.items() if name not in left_out},
        "kind": DEPOSIT,
        "inclusive": POLICY.value,
        "tax_due": AT_PAYMENT,
        "deposit": dict(said),
        "lines": lines,
        "taxes": [
            _tax(one, total)
            for one, total in zip(order["taxes"], totals, strict=True)
            if total is not None
        ],
        "totals": {
            "net": net,
            "tax": tax,
            "gross": wanted,
            "prepaid": 0,
            "due": wanted,
            "rounding": wanted - net - tax,
        },
    }


def lot_of_deposit(closed: Document) -> Lot:
    """Return the lot of an issued deposit: nothing is in it before it is paid."""
    totals, envelope = closed["totals"], closed[ENVELOPE]
    held = funds_of_sale(closed) if sold(closed) else _on_order(closed)
    return Lot(
        id=envelope["id"],
        customer_id=closed["customer"]["id"],
        entity=closed["entity"]["code"],
        left=Money(0, closed["currency"]),
        on=date.fromisoformat(envelope["issued_on"]),
        funds=replace(held, waits=totals["gross"], tax=totals["tax"], number=envelope["number"]),
    )


def _on_order(closed: Document) -> Funds:
    said = closed["deposit"]
    return Funds(said["id"], closed["totals"]["gross"], FIRST, order=said["order"])


def received(lot: Lot, minor: int, open_minor: int) -> Lot:
    """
    Return the lot when so much more of its invoice is paid, or less; `open_minor` was open before.

    What was used before it was taken back is owed first, and fills nothing.
    """
    held = lot.funds
    if held is None:
        return lot
    if minor >= 0:
        step = min(held.waits, max(minor - (open_minor - held.waits), 0))
    else:
        step = -min(lot.left.minor, -minor)
    left = Money(lot.left.minor + step, lot.left.currency)
    return replace(lot, left=left, funds=replace(held, waits=held.waits - step))


def taken_back(lot: Lot, original: Mapping[str, Any]) -> Lot:
    """
    Return the lot of a deposit when a note takes of it what it says of this `original`.

    Raises:
        StateConflictError: invoices have used more of it meanwhile.

    """
    minor = sum(one["with_tax"] for one in original["taxes"])
    return lot.taken_back(minor, sum(one["tax"] for one in original["taxes"]))


def must_be_paid(orders: Collection[str], lots: Iterable[Lot]) -> None:
    """
    Refuse to bill an order by hand while a deposit on it is neither paid nor taken back.

    Raises:
        StateConflictError: with the number of the deposit, and what of it is open.

    """
    for one in lots:
        held = one.funds
        if held and held.order in orders and held.waits:
            raise StateConflictError(
                f"deposit {held.number}: expected it paid, or taken back by a credit note, "
                f"found {held.waits} of {held.put} open"
            )


def note_of_deposit(note: Document, deposit: Document) -> dict[str, Any]:
    """Return the draft of a note on a deposit: it takes back no supply, whatever accounts say."""
    left_out = ("deferred", "cancels")
    lines = [
        {name: value for name, value in one.items() if name not in left_out} | {"account": ACCOUNT}
        for one in note["lines"]
    ]
    return {**note, "lines": lines, "deposit": dict(deposit["deposit"])}


def _not_of_the_order(wanted: int, most: int, already: int) -> InvalidError:
    of = f"which is left of the order after {already}" if already else "which is the order"
    off = f", a difference of {wanted - most}" if wanted > most else ""
    said = f"amount: expected 1 to {most}, {of}, found {wanted}{off}"
    return InvalidError(said, pointer="/deposit/amount")


def _totals(order: Document, wanted: Money) -> list[TaxTotal | None]:
    """Split by what each rate comes to with tax, largest remainder; None has nothing of it."""
    weights = [one.get("with_tax", one["base"] + one["tax"]) for one in order["taxes"]]
    found: list[TaxTotal | None] = []
    for one, part in zip(order["taxes"], wanted.split(weights), strict=True):
        treatment = Treatment(one["category"], Decimal(one["rate"]))
        found.append(inclusive_totals([(treatment, part)], POLICY)[0] if part.minor else None)
    return found


def _rate(tax: Mapping[str, Any]) -> tuple[str, str]:
    return tax["category"], tax["rate"]


def _first(order: Document, rate: tuple[str, str]) -> Mapping[str, Any]:
    lines: Sequence[Mapping[str, Any]] = order["lines"]
    return next(one for one in lines if _rate(one["tax"]) == rate)


def _tax(one: Mapping[str, Any], total: TaxTotal) -> dict[str, Any]:
    amounts = {"base": total.base.minor, "tax": total.tax.minor}
    return {**one, **amounts, "with_tax": _gross(total).minor}


def _gross(total: TaxTotal) -> Money:
    return total.base + total.tax + total.rounding


def _line(place: int, of: Mapping[str, Any], total: TaxTotal, deposit: str) -> dict[str, Any]:
    """
    Return the one line of a rate; it says what the first line of the order at that rate says.

    It bills none of the order's charges: where these have their ids, it has that of the deposit.
    """
    gross = _gross(total)
    price = plain(gross.major)
    left_out = ("allowances", "base", "gross", "discounts", "deferred", "credited", "corrects")
    sold = {**of["subscription"], "id": deposit}
    return {
        **{name: value for name, value in of.items() if name not in left_out},
        "line": place,
        "subscription": sold,
        "item": deposit,
        "component": COMPONENT,
        "price": {"id": deposit, "version": 1},
        "account": ACCOUNT,
        "expression": {"quantity": "1", "unit": "C62", "price": price, "base_quantity": 1},
        "units": "1",
        "exact": price,
        "count": 0,
        "net": total.base.minor,
        "with_tax": gross.minor,
        "tax": {**of["tax"], "amount": total.tax.minor, "due": {"at": AT_PAYMENT}},
        "steps": [],
        "inputs": deposit,
    }
