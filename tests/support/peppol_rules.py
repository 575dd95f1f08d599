"""
What Peppol BIS 3 adds to EN 16931, after its rules: the Schematron itself is in no registry.

The codes are those of release 3.0; national rules are not here, nor formats of ids of countries.
"""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from lxml import etree

UBL = "urn:oasis:names:specification:ubl:schema:xsd"
NAMES = {"cac": f"{UBL}:CommonAggregateComponents-2", "cbc": f"{UBL}:CommonBasicComponents-2"}
Element = Any
BILLING = "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"
PROCESS = re.compile(r"urn:fdc:peppol\.eu:2017:poacc:billing:[0-9]{2}:1\.0")
LINES = "cac:InvoiceLine | cac:CreditNoteLine"
ALLOWANCES = "cac:AllowanceCharge | (cac:InvoiceLine | cac:CreditNoteLine)/cac:AllowanceCharge"
_INVOICES = (
    "71 80 82 84 102 218 219 331 380 382 383 386 388 393 395 553 575 623 780 817 870 875 876 877"
)
_REASONS = "41 42 60 62 63 64 65 66 67 68 70 71 88 95 100 102 103 104 105"
_ADDRESSES = (
    "0002 0007 0009 0037 0060 0088 0096 0097 0106 0130 0135 0142 0151 0183 0184 0188 0190 0191 "
    "0192 0193 0195 0196 0198 0199 0200 0201 0202 0204 0208 0209 0210 0211 0212 0213 0215 0216 "
    "0218 0221 0225 0230 9901 9910 9913 9914 9915 9918 9919 9920 9922 9923 9924 9925 9926 9927 "
    "9928 9929 9930 9931 9932 9933 9934 9935 9936 9937 9938 9939 9940 9941 9942 9943 9944 9945 "
    "9946 9947 9948 9949 9950 9951 9952 9953 9957 9959"
)
INVOICES, REASONS, ADDRESSES = (frozenset(one.split()) for one in (_INVOICES, _REASONS, _ADDRESSES))
NOTES = frozenset(("381", "396", "81", "83", "532"))
CATEGORIES = {"VATEX-EU-G": "G", "VATEX-EU-O": "O", "VATEX-EU-IC": "K", "VATEX-EU-AE": "AE"}
"""ADDRESSES are schemes of electronic addresses: EM, a mail address, is one of the norm alone."""
SLACK = Decimal("0.02")


def peppol_broken(body: bytes) -> list[str]:
    """Return the codes of the rules that a UBL breaks."""
    root = etree.fromstring(body)
    return [
        code for rule in (_document, _parties, _allowances, _lines, _codes) for code in rule(root)
    ]


def _all(element: Element, path: str) -> list[Element]:
    return list(element.xpath(path, namespaces=NAMES))


def _text(element: Element, path: str) -> str:
    found = _all(element, path)
    return (found[0].text or "").strip() if found else ""


def _document(root: Element) -> Iterator[str]:
    currency, tax = (_text(root, f"cbc:{one}CurrencyCode") for one in ("Document", "Tax"))
    without = _all(root, "cac:TaxTotal[not(cac:TaxSubtotal)]")
    amounts = [Decimal(one.text) for one in _all(root, "cac:TaxTotal/cbc:TaxAmount")]
    checks = {
        "R001": _text(root, "cbc:ProfileID"),
        "R002": len(_all(root, "cbc:Note")) <= 1,
        "R003": _text(root, "cbc:BuyerReference") or _text(root, "cac:OrderReference/cbc:ID"),
        "R004": _text(root, "cbc:CustomizationID").startswith(BILLING),
        "R005": not tax or tax != currency,
        "R007": PROCESS.fullmatch(_text(root, "cbc:ProfileID")),
        "R008": not _all(root, "//*[not(*) and not(normalize-space())]"),
        "R053": len(_all(root, "cac:TaxTotal[cac:TaxSubtotal]")) == 1,
        "R054": len(without) == bool(tax),
        "R055": not tax or min(amounts) >= 0 or max(amounts) <= 0,
        "R080": len(_all(root, "cac:AdditionalDocumentReference[cbc:DocumentTypeCode='50']")) <= 1,
    }
    yield from _failed(checks)
    other = "//*[@currencyID][not(self::cbc:TaxAmount[not(../cac:TaxSubtotal)])]/@currencyID"
    if set(_all(root, other)) - {currency}:
        yield "R051"


def _parties(root: Element) -> Iterator[str]:
    for code, who in (("R010", "Customer"), ("R020", "Supplier")):
        if not _text(root, f"cac:Accounting{who}Party/cac:Party/cbc:EndpointID"):
            yield code
    for means in _all(
        root, "cac:PaymentMeans[cbc:PaymentMeansCode='49' or cbc:PaymentMeansCode='59']"
    ):
        if not _text(means, "cac:PaymentMandate/cbc:ID"):
            yield "R061"


def _allowances(root: Element) -> Iterator[str]:
    for one in _all(root, ALLOWANCES):
        percent, base = (
            _text(one, f"cbc:{name}") for name in ("MultiplierFactorNumeric", "BaseAmount")
        )
        said = Decimal(_text(one, "cbc:Amount"))
        exact = Decimal(base or 0) * Decimal(percent or 0) / 100
        checks = {
            "R040": not (percent and base) or abs(said - exact) <= SLACK,
            "R041": base or not percent,
            "R042": percent or not base,
            "R043": _text(one, "cbc:ChargeIndicator") in ("true", "false"),
        }
        yield from _failed(checks)
    for one in _all(root, "//cac:Price/cac:AllowanceCharge"):
        gross, off = (_text(one, f"cbc:{name}") for name in ("BaseAmount", "Amount"))
        net = Decimal(_text(one, "../cbc:PriceAmount"))
        if _text(one, "cbc:ChargeIndicator") != "false":
            yield "R044"
        if gross and net != Decimal(gross) - Decimal(off):
            yield "R046"


def _lines(root: Element) -> Iterator[str]:
    first, last = (_text(root, f"cac:InvoicePeriod/cbc:{one}Date") for one in ("Start", "End"))
    for line in _all(root, LINES):
        (counted,) = _all(line, "cbc:InvoicedQuantity | cbc:CreditedQuantity")
        price, base = (
            _text(line, f"cac:Price/cbc:{one}") for one in ("PriceAmount", "BaseQuantity")
        )
        signs = {"true": 1, "false": -1}
        more = sum(
            signs[_text(one, "cbc:ChargeIndicator")] * Decimal(_text(one, "cbc:Amount"))
            for one in _all(line, "cac:AllowanceCharge")
        )
        product = Decimal(counted.text) * Decimal(price) / Decimal(base or 1) + more
        start, end = (_text(line, f"cac:InvoicePeriod/cbc:{one}Date") for one in ("Start", "End"))
        objects = _all(line, "cac:DocumentReference/cbc:DocumentTypeCode")
        units = _all(line, "cac:Price/cbc:BaseQuantity/@unitCode")
        checks = {
            "R100": len(objects) <= 1,
            "R101": {one.text for one in objects} <= {"130"},
            "R110": not (first and start) or start >= first,
            "R111": not (last and end) or end <= last,
            "R120": abs(Decimal(_text(line, "cbc:LineExtensionAmount")) - product) <= SLACK,
            "R121": not base or Decimal(base) > 0,
            "R130": set(units) <= {counted.get("unitCode")},
        }
        yield from _failed(checks)


def _codes(root: Element) -> Iterator[str]:
    kinds = {"P0100": ("Invoice", INVOICES), "P0101": ("CreditNote", NOTES)}
    for code, (name, known) in kinds.items():
        if (kind := _text(root, f"cbc:{name}TypeCode")) and kind not in known:
            yield code
    for one in _all(root, "//cac:TaxCategory[cbc:TaxExemptionReasonCode]"):
        reason, category = _text(one, "cbc:TaxExemptionReasonCode"), _text(one, "cbc:ID")
        if CATEGORIES.get(reason, category) != category:
            yield "P0104..P0107"
    known: dict[str, Callable[[Element], bool]] = {
        "CL002|//cac:AllowanceCharge/cbc:AllowanceChargeReasonCode": lambda one: (
            one.text in REASONS
        ),
        "CL006|cac:InvoicePeriod/cbc:DescriptionCode": lambda one: one.text in ("3", "35", "432"),
        "CL008|//cbc:EndpointID": lambda one: one.get("schemeID") in ADDRESSES,
        "F001|//cbc:IssueDate | //cbc:DueDate | //cbc:StartDate | //cbc:EndDate": lambda one: bool(
            re.fullmatch(r"\d{4}-\d{2}-\d{2}", one.text)
        ),
    }
    for key, fits in known.items():
        code, path = key.split("|", 1)
        if not all(fits(one) for one in _all(root, path)):
            yield code


def _failed(checks: dict[str, object]) -> Iterator[str]:
    return (code for code, held in checks.items() if not held)
