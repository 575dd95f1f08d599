"""What official rules let pass, computed again from the XML as a reader would (UBL)."""

from collections import Counter
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from lxml import etree

CBC = "{urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2}"
CAC = "{urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2}"
CENT, HUNDRED = Decimal("0.01"), Decimal(100)
Element = Any


def unequal(body: bytes) -> Iterator[str]:
    """Say which lines are not their product, and which sums are not those of their parts."""
    root = etree.fromstring(body)
    note = etree.QName(root).localname == "CreditNote"
    kind = "CreditNoteLine" if note else "InvoiceLine"
    bases: Counter[tuple[str, str]] = Counter()
    for line in root.iter(f"{CAC}{kind}"):
        yield from _product(line)
        bases[_rate(line.find(f"{CAC}Item/{CAC}ClassifiedTaxCategory"))] += _net(line)
    for one in root.findall(f"{CAC}AllowanceCharge"):
        bases[_rate(one.find(f"{CAC}TaxCategory"))] -= _number(one, "Amount")
    for one in root.iter(f"{CAC}TaxSubtotal"):
        key = _rate(one.find(f"{CAC}TaxCategory"))
        base, tax = _number(one, "TaxableAmount"), _number(one, "TaxAmount")
        if base != bases[key]:
            yield f"E2 base at {key}: expected {bases[key]}, found {base}"
        owed = _rounded(base * Decimal(key[1] or 0) / HUNDRED, tax)
        if not note and tax != owed:  # R14: a note gives back what is left of its original
            yield f"E3 tax at {key}: expected {owed}, found {tax}"
        if base < 0:
            yield f"E5 base at {key}: found {base}"
    yield from _period(root, kind)


def _product(line: Element) -> Iterator[str]:
    """E1: quantity × price ÷ base quantity − allowances, exactly."""
    quantity = next(
        Decimal(one.text)
        for one in line
        if one.tag.endswith(("InvoicedQuantity", "CreditedQuantity"))
    )
    price = line.find(f"{CAC}Price")
    amount, base = _number(price, "PriceAmount"), _number(price, "BaseQuantity") or Decimal(1)
    off = sum(_number(one, "Amount") for one in line.findall(f"{CAC}AllowanceCharge"))
    expected = (quantity * amount / base).quantize(CENT, ROUND_HALF_UP) - off
    if expected != _net(line):
        yield f"E1 line: expected {expected}, found {_net(line)}"
    if amount < 0:
        yield f"E5 price: found {amount}"


def _period(root: Element, kind: str) -> Iterator[str]:
    """E8: the days of the lines lie within those of the document."""
    whole = root.find(f"{CAC}InvoicePeriod")
    first, last = whole.findtext(f"{CBC}StartDate"), whole.findtext(f"{CBC}EndDate")
    for one in root.findall(f"{CAC}{kind}/{CAC}InvoicePeriod"):
        start, end = one.findtext(f"{CBC}StartDate"), one.findtext(f"{CBC}EndDate")
        if not first <= start <= end <= last:
            yield f"E8 line: expected days within {first}..{last}, found {start}..{end}"


def _rounded(exact: Decimal, like: Decimal) -> Decimal:
    return exact.quantize(like, ROUND_HALF_UP)


def _net(line: Element) -> Decimal:
    return _number(line, "LineExtensionAmount")


def _rate(category: Element) -> tuple[str, str]:
    return category.findtext(f"{CBC}ID"), category.findtext(f"{CBC}Percent") or ""


def _number(element: Element, name: str) -> Decimal:
    return Decimal(element.findtext(f"{CBC}{name}") or 0)
