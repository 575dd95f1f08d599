"""Wallets: which money pays an invoice, and which grants are used up by what is used."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from solde.domain.money import Money
from solde.domain.settlement import (
    Funds,
    Lot,
    Part,
    Purpose,
    Scope,
    Source,
    Wallet,
    cover,
    in_order,
    prepaid_of,
    prepay,
)
from solde.domain.tax import Treatment, tax_on
from tests.conformance.asked import Asked, UnsupportedError
from tests.conformance.kinds.shared import amount

Answer = dict[str, Any]
DAY, ONE_DAY = date(2024, 1, 1), timedelta(days=1)
CHARGES = {"charge": "usage", "subscription": "advance"}


def _lot(name: str, left: Money, place: int = 0, **held: Any) -> Lot:
    funds = Funds(name, left.minor, **held)
    return Lot(name, "cus", "e", left, DAY + place * ONE_DAY, funds=funds)


def _draft(total: Money, lines: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    totals = {"gross": total.minor, "prepaid": 0, "due": total.minor}
    return {
        "kind": "invoice",
        "currency": total.currency,
        "totals": totals,
        "lines": lines or [],
    }


def _line(fee: dict[str, Any], with_tax: int) -> dict[str, Any]:
    return {
        "kind": CHARGES[fee["type"]],
        "product": {"id": fee["metric"] or fee["type"]},
        "with_tax": with_tax,
        "tax": {"category": "S", "rate": "0"},
    }


def allocated(asked: Asked) -> Answer:
    """Wallets pay by rank, then as listed, each the fees that it is good for."""
    asked.convention.accept(
        order="lowest priority number first, restricted wallets only cover matching fees; "
        "at equal priority listed order"
    )
    lots = []
    for place, one in enumerate(asked["wallets"]):
        scope = Scope(
            frozenset(CHARGES[name] for name in one["fee_types"] or ()),
            frozenset(one["metrics"] or ()),
        )
        left = Money(amount(asked, one["balance"]).minor, one["currency"])
        lots.append(_lot(one["name"], left, place, rank=one["priority"], scope=scope))
    fees = asked["fees"]
    lines = [_line(one, amount(asked, one["amount_incl_tax"]).minor) for one in fees]
    (found,) = prepay([_draft(amount(asked, asked["invoice_total"]), lines)], lots, DAY)
    return {"used": {name: _major(asked, each) for name, each in prepaid_of(found).items()}}


def _major(asked: Asked, minor: int) -> Decimal:
    return Money(minor, asked["currency"]).major


def drawn(asked: Asked) -> Answer:
    asked.convention.accept(cap="never above the invoice total")
    lot = _lot("w", amount(asked, asked["balance"]))
    (found,) = prepay([_draft(amount(asked, asked["invoice_total"]))], [lot], DAY)
    after, used = _used(lot, found)
    return {
        "used": _major(asked, used),
        "due": _major(asked, found["totals"]["due"]),
        "balance": after.left.major,
    }


def _used(lot: Lot, found: Any) -> tuple[Lot, int]:
    used = prepaid_of(found).get(lot.id, 0)
    return lot.moved(-used), used


def in_turn(asked: Asked) -> Answer:
    asked.convention.accept(
        tax_rounding__level="invoice", tax_rounding__mode="half_up", tax_rounding__scale=2
    )
    rate = Treatment("S", asked.number("tax_percent"), "standard")
    lot = _lot("w", amount(asked, asked["balance"]))
    said: Answer = {"invoice_totals": [], "balances": [], "due": []}
    for one in asked["charges"]:
        net = amount(asked, one)
        total = net + tax_on(net, rate)
        (found,) = prepay([_draft(total)], [lot], DAY)
        lot, _ = _used(lot, found)
        said["invoice_totals"].append(total.major)
        said["balances"].append(lot.left.major)
        said["due"].append(_major(asked, found["totals"]["due"]))
    return said


def topped_up(asked: Asked) -> Answer:
    asked.convention.accept(rounding__mode="half_up", rounding__scale=2)
    wallet = Wallet(
        "w", "cus", "e", asked["currency"], "w", Purpose.MULTI, credit_value=asked.number("rate")
    )
    received = wallet.worth(asked.number("credits"))
    return {"amount": received.major, "balance": wallet.filled("l", received, DAY).left.major}


@dataclass
class Burning:
    """Grants as they stand at an instant, and what no grant has paid yet."""

    standing: dict[str, Source[Decimal]] = field(default_factory=dict)
    unpaid: list[Decimal] = field(default_factory=list)

    def pay(self) -> None:
        rest = []
        for one_use in self.unpaid:
            wanted = one_use
            used = cover(in_order(self.standing.values(), None), [Part(wanted)], wanted)
            for name, each in used.items():
                one = self.standing[name]
                self.standing[name] = one._replace(left=one.left - each)
                wanted -= each
            rest.append(wanted)
        self.unpaid = rest


def burnt(asked: Asked) -> Answer:
    asked.convention.accept(
        order="lower priority number first, then earlier expiry",
        expiry="balance is lost at expiry, grant covers [effective, expiry)",
        overage="kept and paid by the next grant that becomes active",
    )
    start, until = (_instant(asked[name]) for name in ("start", "until"))
    now = Burning()
    facts = [one for grant in asked["grants"] for one in _life(grant, start, until)]
    facts += [(_instant(one["at"]), 2, one) for one in asked["usage"]]
    for at, rank, fact in sorted(facts, key=lambda one: one[:2]):
        if at > until:
            break
        if rank == 2:
            now.unpaid.append(Decimal(str(fact["quantity"])))
        elif fact["left"] is None:
            now.standing.pop(fact["source"].id, None)
        else:
            now.standing[fact["source"].id] = fact["source"]
        now.pay()
    ids = [one["id"] for one in asked["grants"]]
    left = {name: now.standing[name].left if name in now.standing else 0 for name in ids}
    return {"balances": left, "overage": sum(now.unpaid, Decimal(0))}


Fact = tuple[datetime, int, Any]


def _life(grant: dict[str, Any], start: datetime, until: datetime) -> Iterator[Fact]:
    """Yield when a grant is there, is filled again, and is gone; ends before beginnings."""
    effective = _instant(grant["effective_at"])
    ends = [_instant(grant[name]) for name in ("expires_at", "voided_at") if grant.get(name)]
    gone = min(ends, default=None)
    whole, opening = Decimal(str(grant["amount"])), grant.get("opening_balance")
    first = whole if opening is None else Decimal(str(opening))
    source = Source(grant["id"], first, grant["priority"], gone and gone.date(), effective.date())
    begins = max(effective, start)
    if gone is None or begins < gone:
        yield begins, 1, {"source": source, "left": first}
        for at in _again(grant.get("recurrence"), begins, gone or until):
            yield at, 1, {"source": source._replace(left=whole), "left": whole}
    if gone is not None:
        yield gone, 0, {"source": source, "left": None}


def _again(said: dict[str, Any] | None, begins: datetime, ends: datetime) -> Iterator[datetime]:
    if said is None:
        return
    if said["unit"] != "day":
        raise UnsupportedError(f"no grant recurs by {said['unit']}")
    at = _instant(said["anchor"])
    while at < ends:
        if at > begins:
            yield at
        at += timedelta(days=said["count"])


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


KINDS = {
    "grant_burndown": burnt,
    "wallet_allocation": allocated,
    "wallet_draw": drawn,
    "wallet_draw_sequence": in_turn,
    "wallet_topup": topped_up,
}
