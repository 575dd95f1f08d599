"""Sums: what one document says of itself adds up, line by line, rate by rate, and in whole."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from solde.domain.invoicing.canonical import ENVELOPE
from solde.domain.invoicing.expression import CENT, MOST_OF_PRICE, MOST_OF_QUANTITY
from solde.domain.invoicing.taken import rate_key
from solde.domain.money import EXPONENTS, Money, minor_of
from solde.domain.tax import Treatment, tax_on
from solde.ports.billing import Header
from solde.workflows.verify.report import differing

OUTSIDE = "O"
ONE_DAY = timedelta(days=1)


def sums(header: Header, document: Mapping[str, Any]) -> Iterator[str]:
    """Say what of a document does not add up; what others have to do with it is not looked at."""
    number, totals = header.number, document["totals"]
    for line in document["lines"]:
        where = f"{number} line {line['line']}"
        yield from _expressed(where, line, document["currency"])
        yield from _served(where, line["service"], document["period"])
    yield from _rates(number, document)
    taxes = sum(tax["tax"] for tax in document["taxes"])
    bases = sum(line.get("base", line["net"]) for line in document["lines"])
    yield from _allowed(number, document)
    yield from differing(f"{number}: net", bases, totals["net"])
    yield from differing(f"{number}: tax", taxes, totals["tax"])
    yield from differing(f"{number}: gross", totals["net"] + totals["tax"], totals["gross"])
    yield from differing(f"{number}: due", totals["gross"] - totals["prepaid"], totals["due"])
    yield from _not_negative(f"{number}: gross", totals["gross"])
    yield from differing(f"{number}: total shown", totals["gross"], header.gross_minor)
    yield from differing(f"{number}: number", document[ENVELOPE]["number"], header.number)


def _expressed(where: str, line: Mapping[str, Any], currency: str) -> Iterator[str]:
    """
    Multiply quantity and price as a reader does; in yen to the hundredth, as his checks do (R11).

    Prices are never negative; a price has at most 6 decimals, a quantity 4.
    """
    said = line["expression"]
    quantity, price = Decimal(said["quantity"]), Decimal(said["price"])
    finer = 1 if EXPONENTS[currency] else CENT
    product = Fraction(quantity) * Fraction(price) * finer
    base = product.denominator * int(said["base_quantity"])
    minor = minor_of(product.numerator, base, currency)
    amount = line.get("gross", line["net"])
    yield from differing(f"{where}: quantity × price", amount * finer, minor)
    yield from _discounted(where, line)
    yield from _not_negative(f"{where}: price", price)
    if MOST_OF_PRICE % Fraction(price).denominator:
        yield f"{where}: price: expected at most 6 decimals, found {price}"
    if MOST_OF_QUANTITY % Fraction(quantity).denominator:
        yield f"{where}: quantity: expected at most 4 decimals, found {quantity}"


def _discounted(where: str, line: Mapping[str, Any]) -> Iterator[str]:
    """Subtract the discounts that a line lists; none of them adds anything."""
    if "gross" not in line:
        return
    off = [one["amount"] for one in line["discounts"]]
    yield from differing(f"{where}: net after discounts", line["gross"] - sum(off), line["net"])
    for amount in off:
        yield from _not_negative(f"{where}: discount", amount)


def _allowed(number: str, document: Mapping[str, Any]) -> Iterator[str]:
    """Compare what is taken off the document with the shares of its lines, by grant and rate."""
    taken: Counter[tuple[str, str, str]] = Counter()
    for line in document["lines"]:
        if "base" not in line:
            continue
        where = f"{number} line {line['line']}"
        off = sum(one["amount"] for one in line["allowances"])
        yield from differing(f"{where}: base after allowances", line["net"] - off, line["base"])
        yield from _not_negative(f"{where}: base", line["base"])
        for one in line["allowances"]:
            taken[one["id"], line["tax"]["category"], line["tax"]["rate"]] += one["amount"]
    said = {
        (one["id"], one["tax"]["category"], one["tax"]["rate"]): one["amount"]
        for one in document.get("allowances", ())
    }
    yield from differing(f"{number}: allowances", dict(taken), said)
    totals = document["totals"]
    if said:
        lines = totals["net"] + totals["allowances"]
        yield from differing(
            f"{number}: allowances in all", sum(said.values()), totals["allowances"]
        )
        yield from differing(f"{number}: lines", lines, totals["lines"])


def _served(where: str, days: Mapping[str, str], within: Mapping[str, str]) -> Iterator[str]:
    """Compare the days of a line: their end is not served, and the document covers them (E8)."""
    last_on = date.fromisoformat(days["end_on"]) - ONE_DAY
    yield from differing(f"{where}: last day", last_on.isoformat(), days["last_on"])
    if not within["start_on"] <= days["start_on"] <= days["last_on"] <= within["last_on"]:
        yield f"{where}: expected days within those of the document, found {days['start_on']}"


def _rates(number: str, document: Mapping[str, Any]) -> Iterator[str]:
    bases: Counter[str] = Counter()
    shares: Counter[str] = Counter()
    for line in document["lines"]:
        key = rate_key(line["tax"]["category"], line["tax"]["rate"])
        bases[key] += line.get("base", line["net"])
        shares[key] += line["tax"]["amount"]
    due = _tax_due(document, bases)
    stated = {rate_key(one["category"], one["rate"]): one for one in document["taxes"]}
    yield from differing(f"{number}: rates", sorted(bases), sorted(stated))
    for key, tax in stated.items():
        yield from differing(f"{number}: base at {key}", bases[key], tax["base"])
        yield from differing(f"{number}: tax shown at {key}", tax["tax"], shares[key])
        yield from differing(f"{number}: tax at {key}", due.get(key, 0), tax["tax"])
        yield from _not_negative(f"{number}: base at {key}", tax["base"])
    categories = {one["category"] for one in document["taxes"]}
    if OUTSIDE in categories and len(categories) > 1:
        yield f"{number}: expected category O alone, found {', '.join(sorted(categories))}"


def _tax_due(document: Mapping[str, Any], bases: Mapping[str, int]) -> dict[str, int]:
    """
    Return the tax of each rate: on its base, or what a note says to take of each original (R14).

    Whether that is what may be taken is for all documents together to say.
    """
    rest = dict(bases)
    due: Counter[str] = Counter()
    for original in document.get("corrects", ()):
        for one in original.get("taxes", ()):
            key = rate_key(one["category"], one["rate"])
            rest[key] = rest.get(key, 0) - one["base"]
            due[key] += one["tax"]
    for key, base in rest.items():
        category, _, rate = key.partition("/")
        money = Money(base, document["currency"])
        due[key] += tax_on(money, Treatment(category, Decimal(rate))).minor
    return due


def _not_negative(what: str, amount: int | Decimal) -> Iterator[str]:
    if amount < 0:
        yield f"{what}: expected 0 or more, found {amount}"
