"""Lines, allowances and taxes as business terms."""

from collections.abc import Iterator, Mapping
from typing import Any

from solde.adapters.render.legal import mention_of
from solde.adapters.render.lines import details, discounted
from solde.adapters.render.references import named, shared
from solde.adapters.render.words import Words
from solde.adapters.render.xml.terms import Allowance, Coded, Line, Tax
from solde.adapters.render.xml.write import amount
from solde.domain.invoicing.codes import OWN_REASONS
from solde.domain.tax.chargeability import AT_PAYMENT
from solde.domain.tax.rates import OUTSIDE, STANDARD
from solde.domain.tax.standing import REASONS

Document = Mapping[str, Any]
MENTIONS = {"AE": "reverse_charge", "K": "intra_community", "G": "export"}
FRANCHISE, FRANCE = "VATEX-FR-FRANCHISE", "FR"
IN_WORDS = {
    "VATEX-DE-USTG19": "small_business",
    "VATEX-EU-D": "margin_travel",
    "VATEX-EU-F": "margin_second_hand",
    "VATEX-EU-I": "margin_art",
    "VATEX-EU-J": "margin_antiques",
}
"""Reasons that have a mention of their own, in whatever country the seller is."""
TAXED = (STANDARD, "Z")
"""Categories that have no reason: what they are taxed is said by the rate."""


def lines_of(document: Document, words: Words) -> Iterator[Line]:
    common = shared(document)
    for line in document["lines"]:
        yield _line(line, document, words, common)


def _line(line: Document, document: Document, words: Words, common: Mapping[str, str]) -> Line:
    currency, service, product = document["currency"], line["service"], line["product"]
    said = _expressed(line, currency)
    listed = line["discounts"] if "gross" in line and "with_tax" not in line else ()
    sold = line["subscription"]
    return Line(
        id=str(line["line"]),
        object_id=sold["external_id"] or sold["id"],
        quantity=said["quantity"],
        unit=said["unit"],
        price=said["price"],
        base_quantity="" if said["base_quantity"] == 1 else str(said["base_quantity"]),
        net=amount(line["net"], currency),
        start=service["start_on"],
        end=service["last_on"],
        allowances=tuple(_off(one, currency, words) for one in listed if one["amount"]),
        tax=_category(line["tax"]),
        sku=product["id"],
        name=line["description"] or product["name"] or product["id"],
        description="  ·  ".join(details(line, document, words)),
        attributes=tuple(_own(sold, words, common)),
    )


def _expressed(line: Document, currency: str) -> Mapping[str, Any]:
    """
    Return quantity and price of a line before tax.

    Where prices include tax the net is the line's part of the base: one piece of that (R11, R13).
    """
    if "with_tax" not in line:
        said: Mapping[str, Any] = line["expression"]
        return said
    sign = "-1" if line["net"] < 0 else "1"
    return {
        "quantity": sign,
        "unit": "C62",
        "price": amount(abs(line["net"]), currency),
        "base_quantity": 1,
    }


def _own(sold: Document, words: Words, common: Mapping[str, str]) -> Iterator[Coded]:
    for name, value in named(sold).items():
        if name not in common:
            yield words.say(f"reference_{name}"), value


def allowances_of(document: Document, words: Words) -> Iterator[Allowance]:
    """Yield BG-20; of prices with tax the lines are after it already."""
    if "inclusive" in document:
        return
    for one in document.get("allowances", ()):
        yield _off(one, document["currency"], words, _category(one["tax"]))


def _off(one: Document, currency: str, words: Words, tax: Tax | None = None) -> Allowance:
    return Allowance(amount(one["amount"], currency), discounted(one, words), tax)


def taxes_of(document: Document, words: Words) -> Iterator[Tax]:
    currency = document["currency"]
    for one in document["taxes"]:
        category = one["category"]
        code = one.get("reason") or REASONS.get(category, "")
        said = _category(one)
        yield Tax(
            category=category,
            rate=said.rate,
            base=amount(one["base"], currency),
            amount=amount(one["tax"], currency),
            reason="" if category in TAXED else _reason(category, code, document, words),
            code="" if category in TAXED or code in OWN_REASONS else code,
            due=category == STANDARD and bool(due_of(document)),
        )


def due_of(document: Document) -> str:
    """Return when tax is due (BT-8): `payment`, or `debits`, which is at issue; else nothing."""
    option: str = document.get("tax_due", "")
    at = {line["tax"].get("due", {}).get("at", "") for line in document["lines"]}
    if option and AT_PAYMENT in at:
        return "payment"
    return "debits" if option and "issue" in at else ""


def _category(tax: Document) -> Tax:
    return Tax(tax["category"], "" if tax["category"] == OUTSIDE else tax["rate"])


def _reason(category: str, code: str, document: Document, words: Words) -> str:
    if code == FRANCHISE and document["entity"]["address"]["country"] == FRANCE:
        return mention_of(document, words, "franchise")
    if category in MENTIONS:
        return mention_of(document, words, MENTIONS[category])
    if IN_WORDS.get(code) in {one["code"] for one in document["mentions"]}:
        return mention_of(document, words, IN_WORDS[code])
    if code and category != OUTSIDE:
        return mention_of(document, words, "no_tax_reason", reason=code)
    return words.say("no_tax")
