"""Electronic addresses: where a structured invoice is sent from and to (BT-34, BT-49)."""

import re
from collections.abc import Mapping
from typing import Any

from solde.domain.invoicing.profiles import NORM

FRENCH_DIRECTORY, MAIL, SWEDEN = "0225", "EM", "0007"
SWEDISH = re.compile(r"SE(\d{10})01")
"""Sweden has no scheme of VAT ids; they hold the number of the organisation, which has one."""
_AS_VAT = (
    "AT 9914 BE 9925 BG 9926 CY 9928 CZ 9929 DE 9930 EE 9931 EL 9933 ES 9920 FI 0213 FR 9957 "
    "GB 9932 HR 9934 HU 9910 IE 9935 IT 0211 LT 9937 LU 9938 LV 9939 MT 9943 NL 9944 PL 9945 "
    "PT 9946 RO 9947 SI 9949 SK 9950"
)
_WORDS = _AS_VAT.split()
VAT_SCHEMES = dict(zip(_WORDS[::2], _WORDS[1::2], strict=True))
"""Schemes of electronic addresses (EAS) that are a VAT id, by its first two letters."""


def endpoint_of(party: Mapping[str, Any], profile: str) -> tuple[str, str] | None:
    """
    Return the electronic address of a party of a document, and its scheme.

    It is what `registration` gives as `endpoint` (scheme:address), else the SIREN in the French
    directory, else the VAT id; else the mail address, which the norm alone takes for one.
    """
    facts = party["registration"]
    if ":" in facts.get("endpoint", ""):
        scheme, _, address = facts["endpoint"].partition(":")
        return address, scheme
    if facts.get("siren"):
        return facts["siren"], FRENCH_DIRECTORY
    if scheme := VAT_SCHEMES.get(facts.get("vat_id", "")[:2]):
        return facts["vat_id"], scheme
    if swedish := SWEDISH.fullmatch(facts.get("vat_id", "")):
        return swedish[1], SWEDEN
    mail = facts.get("email") or party.get("email", "")
    return (mail, MAIL) if mail and profile == NORM else None
