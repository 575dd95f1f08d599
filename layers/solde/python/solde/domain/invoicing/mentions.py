"""What the law wants said on a document, by code; the words stand in templates/words."""

from collections.abc import Iterator, Sequence
from typing import Any

from solde.domain.invoicing.parties import Customer, Entity
from solde.domain.tax import TaxTotal
from solde.domain.tax.chargeability import ON_DEBITS

LATE_AGREED, LATE_PUBLIC = "late_penalty_agreed", "late_penalty_public"
"""Mentions of a rate that the seller has in its terms, and of the one of public buyers."""
OF_CATEGORY = {"AE": "reverse_charge", "K": "intra_community", "G": "export"}
OF_REASON = {"VATEX-FR-FRANCHISE": "franchise"}
"""Reasons that have words of their own; the others are named by their code."""


OF_BUSINESS = ("no_discount", "late_penalty", "recovery_fee")
"""What a French seller says to a business of paying late (Code de commerce L441-9, L441-10)."""


def mentions(entity: Entity, customer: Customer, taxes: Sequence[TaxTotal]) -> list[dict[str, Any]]:
    """Return the mentions in their order: of payment, then why there is no tax."""
    return [*_of_payment(entity, customer), *_of_debits(entity, taxes), *_of_tax(taxes)]


def _of_payment(entity: Entity, customer: Customer) -> Iterator[dict[str, Any]]:
    if entity.address.country != "FR":
        return
    yield {"code": "no_discount"}
    if customer.business:  # a consumer owes neither penalties nor fee (Code de commerce L441-10)
        yield _late_penalty(entity, customer)
        yield {"code": "recovery_fee"}


def _late_penalty(entity: Entity, customer: Customer) -> dict[str, str]:
    """Say at which rate it bears interest: what a public buyer owes is not for a seller to say."""
    if customer.standings and customer.standings[0].evidence.public_body:
        return {"code": LATE_PUBLIC}
    if entity.late_percent:
        return {"code": LATE_AGREED, "percent": entity.late_percent}
    return {"code": "late_penalty"}


def _of_debits(entity: Entity, taxes: Sequence[TaxTotal]) -> Iterator[dict[str, Any]]:
    """Say that tax is due at issue by option (CGI annexe II, art. 242 nonies A, I-11 bis)."""
    if entity.services_due == ON_DEBITS and any(one.tax.minor for one in taxes):
        yield {"code": "vat_on_debits"}


def _of_tax(taxes: Sequence[TaxTotal]) -> Iterator[dict[str, Any]]:
    for total in taxes:
        category, reason = total.treatment.category, total.treatment.reason
        if reason in OF_REASON:
            yield {"code": OF_REASON[reason]}
        elif category in OF_CATEGORY:
            yield {"code": OF_CATEGORY[category]}
        elif reason:
            yield {"code": "no_tax_reason", "reason": reason}
