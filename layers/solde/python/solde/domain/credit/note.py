"""
A credit note by hand, as a draft: each line takes back of one line of the invoice.

What is given back is a credit on the line, known by an id (R5), so that no run bills it again. A
note that cancels its lines has no such id: they are billed again as if they had never been.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from solde.domain.catalog import Price, Product
from solde.domain.credit.wanted import ByLine
from solde.domain.invoicing.billed import billed_lines
from solde.domain.invoicing.carried_fields import values_of
from solde.domain.invoicing.consolidate import Group, GroupKey
from solde.domain.invoicing.draft import Draft, drafts
from solde.domain.invoicing.taken import Taken
from solde.domain.money import Money
from solde.domain.periods import Cycle, Unit
from solde.domain.pricing.flat import Flat
from solde.domain.rating import BilledLine, Charge, Credited
from solde.domain.subscriptions import Item, Subscription
from solde.domain.subscriptions.references import References

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Cause:
    """
    Why a note is written; `id` is the same for the same request.

    `credits` are the ids of the credits by line number; without them the lines are cancelled.
    """

    id: str
    reason: str = ""
    credits: Mapping[int, str] | None = None

    def digest(self, line: int) -> str:
        """Return what stands as the inputs of a line: its request, since it follows from none."""
        return hashlib.sha256(f"{self.id}|{line}".encode()).hexdigest()[:16]


def note_draft(original: Mapping[str, Any], amounts: ByLine, cause: Cause, taken: Taken) -> Draft:
    """Return the draft that gives back amounts of the lines of a closed invoice, by number."""
    lines = {one.line: one for one in billed_lines(original)}
    charges = tuple(
        _charge(original, original["lines"][place - 1], lines[place], amounts[place], cause)
        for place in sorted(amounts)
    )
    (draft,) = drafts(_group(original, charges), taken)
    return draft


def _charge(
    original: Mapping[str, Any],
    stored: Mapping[str, Any],
    line: BilledLine,
    minor: int,
    cause: Cause,
) -> Charge:
    net = Money(-minor, original["currency"])
    exact, by_line = Fraction(net.major), cause.credits
    item = Item(
        id=line.key.item_id,
        component=line.key.component,
        price_id=line.key.price_id,
        quantity=NOTHING,
        description=cause.reason or stored["description"],
        fields=values_of(stored),
    )
    return Charge(
        key=line.key,
        subscription=_agreed(original, stored, item),
        item=item,
        price=_price(line, original["currency"], stored["product"]["id"]),
        product=_product(stored),
        service=line.service,
        units=NOTHING,
        exact=exact,
        net=net,
        treatment=line.treatment,
        steps=(),
        events=0,
        inputs=cause.digest(line.line),
        corrects=line,
        credited=(Credited(by_line[line.line], exact, net.minor),) if by_line else (),
        cancels=by_line is None,
    )


def _price(line: BilledLine, currency: str, product_id: str) -> Price:
    """Return the price as far as a line names it: what it costs is no matter here."""
    key = line.key
    return Price(key.price_id, key.price_version, product_id, currency, key.kind, Flat(NOTHING))


def _product(stored: Mapping[str, Any]) -> Product:
    sold = stored["product"]
    return Product(sold["id"], sold["name"], stored["tax"]["class"], stored["account"])


def _agreed(original: Mapping[str, Any], stored: Mapping[str, Any], item: Item) -> Subscription:
    """Return what the line says of its subscription."""
    said, customer_id = stored["subscription"], original["customer"]["id"]
    served = said.get("subscriber", {"id": customer_id, "name": ""})
    start_on = date.fromisoformat(stored["service"]["start_on"])
    return Subscription(
        id=said["id"],
        external_id=said["external_id"],
        customer_id=customer_id,
        subscriber_id=served["id"],
        entity=original["entity"]["code"],
        plan_id="",
        currency=original["currency"],
        start_on=start_on,
        cycle=Cycle(Unit.DAY, 1, start_on),
        items=(item,),
        name=said["name"],
        references=_references(said),
        subscriber_name=served["name"],
    )


def _references(said: Mapping[str, Any]) -> References | None:
    fields = values_of(said)
    if not fields and "references" not in said:
        return None
    return References(**said.get("references", {}), fields=fields)


def _group(original: Mapping[str, Any], charges: tuple[Charge, ...]) -> Group:
    key = GroupKey(
        entity=original["entity"]["code"],
        customer=original["customer"]["id"],
        currency=original["currency"],
        terms_days=original["terms"]["days"],
        collection=original["terms"]["collection"],
        tax_regime=original["tax_regime"],
    )
    inclusive, due = original.get("inclusive", ""), original.get("tax_due", "")
    return Group(key, charges, inclusive=inclusive, due=due)
