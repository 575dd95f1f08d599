"""The lines of a document as they are read: by subscription, each with its arithmetic."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any

from solde.adapters.render.references import own
from solde.adapters.render.words import Words
from solde.domain.invoicing.amounts import printed
from solde.domain.invoicing.carried_fields import FIELDS
from solde.domain.invoicing.draft import CREDIT_NOTE

Document = Mapping[str, Any]
Fields = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Row:
    description: str
    detail: str
    service: str
    quantity: str
    price: str
    amount: str
    product: str = ""
    tax: str = ""
    fields: Fields = ()
    """Custom fields, as the document carries them."""


@dataclass(frozen=True, slots=True)
class Group:
    """The lines of one subscription; `subtotal` is empty where there is one line only."""

    name: str
    rows: tuple[Row, ...]
    subtotal: str
    amount: str
    fields: Fields = ()


def groups(document: Document, words: Words) -> Iterator[Group]:
    """Yield the lines of a document, by subscription in their order."""
    for _, found in groupby(document["lines"], key=lambda line: line["subscription"]["id"]):
        lines = list(found)
        sold = lines[0]["subscription"]
        name = sold["name"] or sold["external_id"]
        total = words.money(sum(printed(line) for line in lines), document["currency"])
        yield Group(
            name="  ·  ".join([name, *own(sold, document, words)]),
            rows=tuple(row for line in lines for row in _rows(line, document, words)),
            subtotal=words.say("subtotal", name=name) if len(lines) > 1 else "",
            amount=total,
            fields=sold.get(FIELDS, ()),
        )


def _rows(line: Mapping[str, Any], document: Document, words: Words) -> Iterator[Row]:
    """Yield a line, and below it each discount that it lists."""
    currency = document["currency"]
    yield _row(line, document, words)
    if "gross" in line:
        for one in line["discounts"]:
            amount = words.money(-one["amount"], currency)
            yield Row(discounted(one, words), "", "", "", "", amount)


def discounted(discount: Mapping[str, Any], words: Words) -> str:
    """Name a discount, with its percent where it is one."""
    if "percent" not in discount:
        return words.say("discount", name=discount["name"])
    percent = words.percent(discount["percent"])
    return words.say("discount_percent", name=discount["name"], percent=percent)


def _row(line: Mapping[str, Any], document: Document, words: Words) -> Row:
    currency = document["currency"]
    said = line["expression"]
    price = words.price(said["price"], currency)
    count = words.number(Decimal(said["quantity"]))
    if said["unit"] == "DAY":
        count = words.count("days", Decimal(said["quantity"]))
        price = words.count("per_days", said["base_quantity"], price=price)
    elif said["unit"] == "MTQ":
        count = words.say("cubic_metres", count=count)
    if said["unit"] != "DAY" and said["base_quantity"] != 1:
        base = words.number(Decimal(said["base_quantity"]))
        price = words.say("per_units", price=price, count=base)
    return Row(
        description=line["description"],
        detail="  ·  ".join(details(line, document, words)),
        service=from_to(line["service"], words),
        quantity=count,
        price=price,
        amount=words.money(line.get("gross", printed(line)), currency),
        product=line["product"]["id"],
        tax=words.percent(line["tax"]["rate"]),
        fields=line.get(FIELDS, ()),
    )


def details(line: Mapping[str, Any], document: Document, words: Words) -> Iterator[str]:
    """
    Tell what quantity and price do not show: the price walk, and discounts in the price.

    On an invoice a line that corrects an earlier one names that; a note does so at its head.
    """
    currency = document["currency"]
    if "corrects" in line and document["kind"] != CREDIT_NOTE:
        day = words.day(line["corrects"]["issued_on"], short=True)
        original = words.say("corrects_one", number=line["corrects"]["number"], day=day)
        yield f"{words.say('corrects')} {original}"
    if unit := line["price"].get("unit"):
        yield from _in_units(unit, currency, words)
    if walk := _walk(line, currency, words):
        yield walk
    inside = list(line.get("discounts", ())) if "gross" not in line else []
    inside += line.get("allowances", ()) if "base" not in line else ()
    if inside:
        names = ", ".join(one["name"] for one in inside)
        yield words.say("discount_inside", names=names)


def _in_units(unit: Mapping[str, str], currency: str, words: Words) -> Iterator[str]:
    """Tell how many units an amount is, and what one is worth, where they are no part of one."""
    if "/" not in unit["amount"]:
        amount, value = words.number(Decimal(unit["amount"])), words.price(unit["value"], currency)
        yield words.say("in_units", amount=amount, unit=unit["name"], value=value)


def _walk(line: Mapping[str, Any], currency: str, words: Words) -> str:
    """Tell the arithmetic of an amount that quantity and price alone do not show (R11)."""
    if len(line["steps"]) <= 1:
        return ""
    parts = []
    for quantity, amount, _, label in line["steps"]:
        said = f"{words.number(Decimal(quantity))} × {words.price(amount, currency)}"
        parts.append(words.say("step", label=label, walk=said) if label else said)
    return "  ·  ".join(parts)


def from_to(days: Mapping[str, str], words: Words) -> str:
    """Say the days of a service, the last one included."""
    start, last = words.day(days["start_on"], short=True), words.day(days["last_on"], short=True)
    return start if start == last else words.say("from_to", start=start, end=last)
