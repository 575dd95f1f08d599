"""What tells the profiles apart: the codes of norm and process, and notes."""

from collections.abc import Iterator, Mapping
from typing import Any

from solde.adapters.render.legal import mentions_of
from solde.adapters.render.view import OF_PAYMENT
from solde.adapters.render.words import Words
from solde.adapters.render.xml.terms import Coded
from solde.domain.invoicing.draft import (
    CORRECTIVE,
    CREDIT_NOTE,
    DEPOSIT,
    INVOICE,
    SELF_BILLED,
)
from solde.domain.invoicing.mentions import LATE_AGREED, LATE_PUBLIC
from solde.domain.invoicing.profiles import FRENCH, NORM, PEPPOL
from solde.domain.invoicing.sides import sold_and_bought
from solde.domain.tax.chargeability import GOODS, SERVICES

Document = Mapping[str, Any]
URN = "urn:cen.eu:en16931:2017"
CUSTOMIZATIONS = {
    NORM: URN,
    FRENCH: URN,
    PEPPOL: f"{URN}#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0",
}
"""BT-24."""
PEPPOL_PROCESS = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"
TYPES = {
    INVOICE: "380",
    CREDIT_NOTE: "381",
    CORRECTIVE: "384",
    DEPOSIT: "386",
    SELF_BILLED: "389",
}
"""BT-3, of UNTDID 1001."""
SUBJECTS = {
    "no_discount": "AAB",
    "late_penalty": "PMD",
    LATE_AGREED: "PMD",
    LATE_PUBLIC: "PMD",
    "recovery_fee": "PMT",
}
"""BT-21, of UNTDID 4451, for the mentions that BR-FR-05 wants."""
AS_REASON = (
    "reverse_charge",
    "intra_community",
    "export",
    "franchise",
    "small_business",
    "margin_travel",
    "margin_second_hand",
    "margin_art",
    "margin_antiques",
    "no_tax_reason",
)
"""Mentions that are the reason of an exemption (BT-120) and need no note."""


def process_of(document: Document, profile: str) -> str:
    """Return BT-23: of France the nature of what is sold and how far it is paid."""
    if profile == PEPPOL:
        return PEPPOL_PROCESS
    if profile != FRENCH:
        return ""
    natures = {line["product"].get("nature", SERVICES) for line in document["lines"]}
    nature = "M" if len(natures) > 1 else "B" if GOODS in natures else "S"
    if settled(document):
        return f"{nature}2"
    deposits = any("deposit" in one for one in document.get("prepaid", ()))
    return f"{nature}4" if deposits else f"{nature}1"


def settled(document: Document) -> bool:
    """Tell whether an invoice is paid when it is issued, to the last unit (BR-FR-CO-09)."""
    totals = document["totals"]
    whole: int = totals["net"] + totals["tax"]
    paid: int = totals["prepaid"]
    return document["kind"] == INVOICE and 0 < whole == paid


def notes_of(document: Document, words: Words, profile: str) -> Iterator[Coded]:
    """Yield BG-1: the mentions, and for France whom the invoice is for (BAR)."""
    credit_note = document["kind"] == CREDIT_NOTE and profile != FRENCH
    left_out = (*AS_REASON, *OF_PAYMENT) if credit_note else AS_REASON
    for code, text in mentions_of(document, words):
        if code not in left_out:
            yield SUBJECTS.get(code, ""), text
    if profile == FRENCH:
        yield "BAR", _treated(sold_and_bought(document)[1])


def _treated(customer: Document) -> str:
    """Say whom it is for; an entity that buys is a business."""
    if not customer.get("business", True):
        return "B2C"
    return "B2B" if customer["registration"].get("siren") else "B2BINT"
