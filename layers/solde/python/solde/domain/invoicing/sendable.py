"""
What a structured invoice must say, proved on the draft, before a number is drawn for it.

Codes of rules are those of EN 16931, Peppol BIS 3 and BR-FR (XP Z12-012); BT of the norm where no
official rule looks: check digits. What follows from our own arithmetic is proved elsewhere.
"""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from solde.domain.errors import InvalidError
from solde.domain.invoicing.codes import OWN_REASONS, REASONS, SCHEMES, UNITS
from solde.domain.invoicing.draft import (
    CORRECTIVE,
    CREDIT_NOTE,
    DEPOSIT,
    INVOICE,
    SELF_BILLED,
)
from solde.domain.invoicing.endpoints import FRENCH_DIRECTORY, endpoint_of
from solde.domain.invoicing.mentions import OF_BUSINESS
from solde.domain.invoicing.profiles import (
    FRENCH,
    MOST_DECIMALS,
    NO_PROFILE,
    PEPPOL,
    carried,
)
from solde.domain.invoicing.sides import sides
from solde.domain.money import EXPONENTS
from solde.domain.tax.rates import EXEMPT, OUTSIDE
from solde.domain.tax.standing import INTRA_COMMUNITY, REVERSE_CHARGE, is_siren

Document = Mapping[str, Any]
VAT_ID = re.compile(r"[A-Z]{2}[0-9A-Z+*]{2,13}")
FRENCH_VAT_ID = re.compile(r"FR[0-9]{11}")
ENDPOINT = re.compile(r"[A-Za-z0-9_.-]{1,125}")
SIRET = re.compile(r"[0-9]{14}")
IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")
CREDITOR = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{3}[A-Z0-9]{1,28}")
LAST_DIGITS = re.compile(r"[0-9]{4}")
EURO, FRANCE = "EUR", "FR"
SAID_KINDS = (INVOICE, DEPOSIT, CREDIT_NOTE, CORRECTIVE, SELF_BILLED)
"""Kinds that a structured invoice has a type for (BT-3)."""
_RATES = "0 0.9 1.05 1.75 2.1 5.5 7 8.5 9.2 9.6 10 13 19.6 20 20.6"
FRENCH_RATES = frozenset(map(Decimal, _RATES.split()))
"""BR-FR-16: the rates that France and its territories have, or had."""
_SUPPORTING = (
    "RIB LISIBLE FEUILLE_DE_STYLE PJA BORDEREAU_SUIVI DOCUMENT_ANNEXE BON_LIVRAISON BON_COMMANDE "
    "BORDEREAU_SUIVI_VALIDATION ETAT_ACOMPTE FACTURE_PAIEMENT_DIRECT RECAPITULATIF_COTRAITANCE"
)
SUPPORTING = frozenset(_SUPPORTING.split())
"""BR-FR-17: what a supporting document may be called (BT-123)."""


class Lack(NamedTuple):
    """A rule that a document breaks, by which of its fields."""

    rule: str
    field: str
    expected: str
    found: str

    def __str__(self) -> str:
        return f"{self.rule}: {self.field}: expected {self.expected}, found {self.found!r}"


def must_be_sendable(document: Document) -> None:
    """
    Prove that a draft can be sent with the profile that it carries.

    Raises:
        InvalidError: it lacks something that the profile wants; all of it is told.

    """
    found = list(lacking(document))
    if found:
        pointer = "/" + found[0].field.replace(".", "/")
        raise InvalidError("; ".join(map(str, found)), pointer=pointer)


def lacking(document: Document) -> Iterator[Lack]:
    """Yield what a document lacks for its profile; one without a profile lacks nothing."""
    profile = carried(document)
    if profile != NO_PROFILE:
        yield from lacking_for(document, profile)


def lacking_for(document: Document, profile: str) -> Iterator[Lack]:
    """Yield what a document lacks for a profile, whatever it is sent with."""
    unsaid = list(_unsaid(document))
    yield from unsaid
    if unsaid:
        return
    yield from _taxed(document)
    yield from _paid(document)
    yield from _corrected(document)
    yield from _coded(document, profile)
    if profile == PEPPOL and document["kind"] in (CORRECTIVE, SELF_BILLED):
        yield Lack("P0100", "kind", "a kind that Peppol's billing has", document["kind"])
    if profile == PEPPOL:
        yield from _addressed(document, profile, ("R010", "R020"))
    if profile == FRENCH:
        yield from _in_france(document)


def _unsaid(document: Document) -> Iterator[Lack]:
    """Yield what no profile can say: a document that is no invoice, or is summed otherwise."""
    if document["kind"] not in SAID_KINDS:
        yield Lack("BR-04", "kind", f"one of {', '.join(SAID_KINDS)}", document["kind"])
    currency, level = document["currency"], document.get("tax_level")
    if EXPONENTS[currency] > MOST_DECIMALS:
        yield Lack("BR-DEC-23", "currency", f"one of at most {MOST_DECIMALS} decimals", currency)
    if level:
        yield Lack("BR-CO-17", "tax_level", "tax of the sum of each category and rate", level)


def _taxed(document: Document) -> Iterator[Lack]:
    """Look for the VAT id of who charges or owes tax; who is exempt may have a SIREN alone."""
    categories = sorted({one["category"] for one in document["taxes"]})
    names = sides(document)
    seller, buyer = (document[one]["registration"] for one in names)
    for category in categories:
        rule = f"BR-{'IC' if category == INTRA_COMMUNITY else category}-02"
        exempt = category == EXEMPT and seller.get("siren")
        if category != OUTSIDE and not (seller.get("vat_id") or exempt):
            yield Lack(rule, f"{names[0]}.registration.vat_id", "a VAT id", "")
        known = buyer.get("vat_id") or (category == REVERSE_CHARGE and buyer.get("siren"))
        if category in (INTRA_COMMUNITY, REVERSE_CHARGE) and not known:
            yield Lack(rule, f"{names[1]}.registration.vat_id", "a VAT id", "")
    for who, facts in zip(names, (seller, buyer), strict=True):
        if (vat_id := facts.get("vat_id")) and not _is_vat_id(vat_id):
            field = f"{who}.registration.vat_id"
            yield Lack("BR-CO-09", field, "a country's prefix and a valid number", vat_id)


def _paid(document: Document) -> Iterator[Lack]:
    """Compare what it is paid by with its check digits; of a card the last digits are enough."""
    seller, buyer = sides(document)
    for who, name, rule in ((seller, "iban", "BT-84"), (buyer, "debtor_iban", "BT-91")):
        iban = document[who]["registration"].get(name, "").replace(" ", "")
        if iban and not _is_iban(iban):
            yield Lack(rule, f"{who}.registration.{name}", "an IBAN with its check digits", iban)
    creditor = document[seller]["registration"].get("creditor_id", "")
    if creditor and not _is_creditor(creditor):
        field = f"{seller}.registration.creditor_id"
        yield Lack("BT-90", field, "a creditor identifier with its check digits", creditor)
    card = document[buyer]["registration"].get("card_last4", "")
    if card and not LAST_DIGITS.fullmatch(card):
        yield Lack("BR-51", f"{buyer}.registration.card_last4", "4 digits", card)


def _coded(document: Document, profile: str) -> Iterator[Lack]:
    """Compare codes with the lists of the norm; Peppol knows no scheme that is letters."""
    for unit in sorted({one["expression"]["unit"] for one in document["lines"]} - UNITS):
        yield Lack("BR-CL-23", "lines.expression.unit", "a unit of Recommendation 20", unit)
    known = REASONS | OWN_REASONS | {""}
    for reason in sorted({one.get("reason", "") for one in document["taxes"]} - known):
        yield Lack("BR-CL-22", "taxes.reason", "a code of the list VATEX", reason)
    for who in ("entity", "customer"):
        _, scheme = endpoint_of(document[who], profile) or ("", "")
        letters = profile == PEPPOL and scheme.isalpha()
        if scheme and (scheme not in SCHEMES or letters):
            field = f"{who}.registration.endpoint"
            rule = "CL008" if profile == PEPPOL else "BR-CL-25"
            yield Lack(rule, field, "a scheme of electronic addresses", scheme)


def _corrected(document: Document) -> Iterator[Lack]:
    """Ask what takes the place of an invoice for that one's number."""
    if document["kind"] == CORRECTIVE and len(document.get("corrects", ())) != 1:
        found = str(len(document.get("corrects", ())))
        yield Lack("BR-FR-CO-04", "corrects", "the one invoice that it takes the place of", found)


def _addressed(document: Document, profile: str, rules: tuple[str, str]) -> Iterator[Lack]:
    """Look for the electronic address of the buyer, then of the seller."""
    for who, rule in zip(reversed(sides(document)), rules, strict=True):
        if endpoint_of(document[who], profile) is None:
            yield Lack(rule, f"{who}.registration.endpoint", "an electronic address", "")


def _in_france(document: Document) -> Iterator[Lack]:
    """Yield what the French flux 2 adds to the norm."""
    seller, buyer = sides(document)
    customer = document[buyer]
    yield from _registered("BR-FR-10", seller, document[seller])
    if customer["address"]["country"] == FRANCE or "siren" in customer["registration"]:
        yield from _registered("BR-FR-11", buyer, customer)
    yield from _addressed(document, FRENCH, ("BR-FR-12", "BR-FR-13"))
    for who in (seller, buyer):
        yield from _directory(who, document[who], buys=who == buyer)
    said = {one["code"] for one in document["mentions"]}
    if missing := [one for one in OF_BUSINESS if one not in said]:
        yield Lack("BR-FR-05", "mentions", f"{', '.join(missing)} of a French seller", "")
    for one in document["taxes"]:
        if Decimal(one["rate"]) not in FRENCH_RATES:
            yield Lack("BR-FR-16", "taxes.rate", "a French rate", one["rate"])
    yield from _supported(document)
    booked = document.get("accounting", {}).get("currency", document["currency"])
    if document["totals"]["tax"] and booked != EURO:
        yield Lack("BR-FR-CO-12", "accounting.currency", "tax in EUR", booked)


def _supported(document: Document) -> Iterator[Lack]:
    for one in document.get("attachments", ()):
        if one.get("description") not in SUPPORTING:
            yield Lack("BR-FR-17", "attachments", "a code of a supporting document", one["id"])


def _registered(rule: str, who: str, party: Document) -> Iterator[Lack]:
    facts = party["registration"]
    siren, siret = facts.get("siren", ""), facts.get("siret", "")
    if not is_siren(siren):
        yield Lack(rule, f"{who}.registration.siren", "9 digits with their check digit", siren)
    if siret and not (SIRET.fullmatch(siret) and siret.startswith(siren)):
        yield Lack("BR-FR-09", f"{who}.registration.siret", "14 digits after the SIREN", siret)


def _directory(who: str, party: Document, *, buys: bool) -> Iterator[Lack]:
    """Compare an address with what the French directory holds: a SIREN, and perhaps more."""
    address, scheme = endpoint_of(party, FRENCH) or ("", "")
    field = f"{who}.registration.endpoint"
    if address and not ENDPOINT.fullmatch(address):
        yield Lack("BR-FR-23", field, "letters, digits, - _ .", address)
    siren = party["registration"].get("siren", "")
    listed = scheme == FRENCH_DIRECTORY and address.startswith(siren)
    if buys and siren and not listed:
        yield Lack("BR-FR-21", field, f"{FRENCH_DIRECTORY}:{siren}…", f"{scheme}:{address}")


def _is_vat_id(text: str) -> bool:
    """Look at the form, and in France at the key: (12 + 3 × SIREN) mod 97."""
    if FRENCH_VAT_ID.fullmatch(text):
        return int(text[2:4]) == (12 + 3 * int(text[4:])) % 97
    return bool(VAT_ID.fullmatch(text))


def _is_creditor(text: str) -> bool:
    """Compute as for an IBAN, without the three characters that a creditor may choose."""
    return bool(CREDITOR.fullmatch(text)) and _modulo(text[7:] + text[:4]) == 1


def _modulo(text: str) -> int:
    return int("".join(str(int(one, 36)) for one in text)) % 97


def _is_iban(text: str) -> bool:
    """Compute ISO 13616: the first four to the end, letters as 10 to 35, is 1 modulo 97."""
    if not IBAN.fullmatch(text):
        return False
    return _modulo(text[4:] + text[:4]) == 1
