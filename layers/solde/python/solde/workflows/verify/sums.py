"""Sums: what one document says of itself adds up, line by line, rate by rate, and in whole."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from solde.domain.invoicing.accounting import exchange_of
from solde.domain.invoicing.amounts import charged, counted, printed
from solde.domain.invoicing.canonical import ENVELOPE
from solde.domain.invoicing.expression import CENT, MOST_OF_PRICE, MOST_OF_QUANTITY
from solde.domain.invoicing.gifts import gifts_of
from solde.domain.invoicing.taken import rate_key
from solde.domain.invoicing.totals import line_net
from solde.domain.money import EXPONENTS, Money
from solde.domain.tax import Inclusive, Treatment, inclusive_totals, tax_on
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
    yield from _booked(number, document)
    taxes = sum(tax["tax"] for tax in document["taxes"])
    bases = sum(map(counted, document["lines"]))
    yield from _allowed(number, document)
    yield from differing(f"{number}: net", bases, totals["net"])
    yield from differing(f"{number}: tax", taxes, totals["tax"])
    rounding = totals.get("rounding", 0)
    gross = totals["net"] + totals["tax"] + rounding
    yield from differing(f"{number}: gross", gross, totals["gross"])
    yield from _rounded(number, document, rounding)
    prepaid = sum(one["amount"] for one in document.get("prepaid", ()))
    yield from differing(f"{number}: prepaid", prepaid, totals["prepaid"])
    yield from differing(f"{number}: due", totals["gross"] - totals["prepaid"], totals["due"])
    yield from _not_negative(f"{number}: gross", totals["gross"])
    yield from differing(f"{number}: total shown", totals["gross"], header.gross_minor)
    yield from differing(f"{number}: gifts", gifts_of(document), dict(header.gifts))
    yield from differing(f"{number}: number", document[ENVELOPE]["number"], header.number)


def _expressed(where: str, line: Mapping[str, Any], currency: str) -> Iterator[str]:
    """
    Multiply quantity and price as a reader does; in yen to the hundredth, as his checks do (R11).

    Prices are never negative; a price has at most 6 decimals, a quantity 4.
    """
    said = line["expression"]
    quantity, price = Decimal(said["quantity"]), Decimal(said["price"])
    finer = 1 if EXPONENTS[currency] else CENT
    base, nothing = Decimal(said["base_quantity"]), Money(0, currency)
    product = line_net(quantity * finer, price, base, added=nothing)
    amount = line.get("gross", printed(line))
    yield from differing(f"{where}: quantity × price", amount * finer, product.minor)
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
    yield from differing(f"{where}: net after discounts", line["gross"] - sum(off), printed(line))
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
        base = printed(line) - off
        yield from differing(f"{where}: base after allowances", base, charged(line))
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
        charge = totals["gross" if "inclusive" in document else "net"]
        lines = charge + totals["allowances"]
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


def _rounded(number: str, document: Mapping[str, Any], rounding: int) -> Iterator[str]:
    """Prove that only included tax rounds, by a unit for each rate and original (E4)."""
    sums = 0
    for one in document["taxes"]:
        sums += one.get("with_tax", one["base"] + one["tax"]) - one["base"] - one["tax"]
    yield from differing(f"{number}: rounding", sums, rounding)
    originals = sum(len(one.get("taxes", ())) for one in document.get("corrects", ()))
    most = max(len(document["taxes"]), originals) if "inclusive" in document else 0
    if abs(rounding) > most:
        yield f"{number}: rounding: expected at most {most}, found {rounding}"


def _booked(number: str, document: Mapping[str, Any]) -> Iterator[str]:
    """Convert the tax of an invoice again; that of a note is counted up, and only summed."""
    if "accounting" not in document:
        return
    booked, exchange = document["accounting"], exchange_of(document)
    converted = sum(one["tax"] for one in booked["taxes"])
    yield from differing(f"{number}: tax in {booked['currency']}", converted, booked["tax"])
    if exchange:
        for said, tax in zip(booked["taxes"], document["taxes"], strict=True):
            money = exchange.converted(Money(tax["tax"], document["currency"]))
            where = f"{number}: tax at {rate_key(tax['category'], tax['rate'])}"
            yield from differing(f"{where} in {money.currency}", money.minor, said["tax"])


def _rates(number: str, document: Mapping[str, Any]) -> Iterator[str]:
    charges: Counter[str] = Counter()
    bases: Counter[str] = Counter()
    shares: Counter[str] = Counter()
    for line in document["lines"]:
        key = rate_key(line["tax"]["category"], line["tax"]["rate"])
        charges[key] += charged(line)
        bases[key] += counted(line)
        shares[key] += line["tax"]["amount"]
    due = _per_line(document) if "tax_level" in document else _due(document, charges)
    stated = {rate_key(one["category"], one["rate"]): one for one in document["taxes"]}
    yield from differing(f"{number}: rates", sorted(bases), sorted(stated))
    for key, tax in stated.items():
        base, owed = due.get(key, (0, 0))
        yield from differing(f"{number}: base at {key}", bases[key], tax["base"])
        yield from differing(f"{number}: base due at {key}", base, tax["base"])
        charge = tax.get("with_tax", tax["base"])
        yield from differing(f"{number}: charged at {key}", charges[key], charge)
        yield from differing(f"{number}: tax shown at {key}", tax["tax"], shares[key])
        yield from differing(f"{number}: tax at {key}", owed, tax["tax"])
        yield from _not_negative(f"{number}: base at {key}", tax["base"])
    categories = {one["category"] for one in document["taxes"]}
    if OUTSIDE in categories and len(categories) > 1:
        yield f"{number}: expected category O alone, found {', '.join(sorted(categories))}"


def _per_line(document: Mapping[str, Any]) -> dict[str, tuple[int, int]]:
    """Sum base and tax of what is taxed line by line."""
    found: dict[str, tuple[int, int]] = {}
    for line in document["lines"]:
        key = rate_key(line["tax"]["category"], line["tax"]["rate"])
        base, tax = _taxed(document, key, Money(charged(line), document["currency"]))
        so_far = found.get(key, (0, 0))
        found[key] = so_far[0] + base.minor, so_far[1] + tax.minor
    return found


def _due(document: Mapping[str, Any], charges: Mapping[str, int]) -> dict[str, tuple[int, int]]:
    """
    Return base and tax of what is charged at each rate, or what a note says to take back (R14).

    Whether that is what may be taken is for all documents together to say.
    """
    rest, bases, taxes = Counter(charges), Counter[str](), Counter[str]()
    for original in document.get("corrects", ()):
        for one in original.get("taxes", ()):
            key = rate_key(one["category"], one["rate"])
            rest[key] -= one.get("with_tax", one["base"])
            bases[key] += one["base"]
            taxes[key] += one["tax"]
    for key, minor in rest.items():
        base, tax = _taxed(document, key, Money(minor, document["currency"]))
        bases[key] += base.minor
        taxes[key] += tax.minor
    return {key: (bases[key], taxes[key]) for key in rest}


def _taxed(document: Mapping[str, Any], key: str, charge: Money) -> tuple[Money, Money]:
    category, _, rate = key.partition("/")
    treatment = Treatment(category, Decimal(rate))
    if "inclusive" not in document:
        return charge, tax_on(charge, treatment)
    (total,) = inclusive_totals([(treatment, charge)], Inclusive(document["inclusive"]))
    return total.base, total.tax


def _not_negative(what: str, amount: int | Decimal) -> Iterator[str]:
    if amount < 0:
        yield f"{what}: expected 0 or more, found {amount}"
