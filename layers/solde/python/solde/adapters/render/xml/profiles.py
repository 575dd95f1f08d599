"""What tells the profiles apart: the codes of norm and process, addresses, and notes."""

from collections.abc import Iterator, Mapping
from typing import Any

from solde.adapters.render.view import OF_PAYMENT
from solde.adapters.render.words import Words
from solde.adapters.render.xml.terms import Coded
from solde.domain.invoicing.draft import CREDIT_NOTE, DEPOSIT, INVOICE
from solde.domain.tax.chargeability import GOODS, SERVICES

Document = Mapping[str, Any]
EN16931, FR_CTC, PEPPOL = "en16931", "fr-ctc", "peppol"
NORM = "urn:cen.eu:en16931:2017"
CUSTOMIZATIONS = {
    EN16931: NORM,
    FR_CTC: NORM,
    PEPPOL: f"{NORM}#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0",
}
"""BT-24."""
PEPPOL_PROCESS = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"
TYPES = {INVOICE: "380", CREDIT_NOTE: "381", DEPOSIT: "386"}
"""BT-3, of UNTDID 1001."""
SUBJECTS = {"no_discount": "AAB", "late_penalty": "PMD", "recovery_fee": "PMT"}
"""BT-21, of UNTDID 4451, for the mentions that BR-FR-05 wants."""
AS_REASON = ("reverse_charge", "intra_community", "export", "franchise", "no_tax_reason")
"""Mentions that are the reason of an exemption (BT-120) and need no note."""
FRENCH_DIRECTORY, MAIL = "0225", "EM"
_AS_VAT = (
    "AT 9914 BE 9925 BG 9926 CY 9928 CZ 9929 DE 9930 EE 9931 EL 9933 ES 9920 FI 0213 FR 9957 "
    "GB 9932 HR 9934 HU 9910 IE 9935 IT 0211 LT 9937 LU 9938 LV 9939 MT 9943 NL 9944 PL 9945 "
    "PT 9946 RO 9947 SE 9955 SI 9949 SK 9950"
)
_WORDS = _AS_VAT.split()
VAT_SCHEMES = dict(zip(_WORDS[::2], _WORDS[1::2], strict=True))
"""Schemes of electronic addresses (EAS) that are a VAT id, by its first two letters."""


def process_of(document: Document, profile: str) -> str:
    """Return BT-23: of France the nature of what is sold and how far it is paid."""
    if profile == PEPPOL:
        return PEPPOL_PROCESS
    if profile != FR_CTC:
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


def endpoint_of(party: Document, profile: str) -> Coded | None:
    """
    Return the electronic address of a party and its scheme.

    It is what `registration` gives as `endpoint` (scheme:address), else the SIREN in the French
    directory, else the VAT id; else the mail address where the profile lets it be one.
    """
    facts = party["registration"]
    if ":" in facts.get("endpoint", ""):
        scheme, _, address = facts["endpoint"].partition(":")
        return address, scheme
    if facts.get("siren"):
        return facts["siren"], FRENCH_DIRECTORY
    if scheme := VAT_SCHEMES.get(facts.get("vat_id", "")[:2]):
        return facts["vat_id"], scheme
    mail = facts.get("email") or party.get("email", "")
    return (mail, MAIL) if mail and profile != FR_CTC else None


def notes_of(document: Document, words: Words, profile: str) -> Iterator[Coded]:
    """Yield BG-1: the mentions, and for France whom the invoice is for (BAR)."""
    credit_note = document["kind"] == CREDIT_NOTE and profile != FR_CTC
    left_out = (*AS_REASON, *OF_PAYMENT) if credit_note else AS_REASON
    for mention in document["mentions"]:
        if mention["code"] not in left_out:
            said = {name: value for name, value in mention.items() if name != "code"}
            code = SUBJECTS.get(mention["code"], "")
            yield code, words.say(f"mention_{mention['code']}", **said)
    if profile == FR_CTC:
        yield "BAR", _treated(document["customer"])


def _treated(customer: Document) -> str:
    if not customer["business"]:
        return "B2C"
    return "B2B" if customer["registration"].get("siren") else "B2BINT"
