"""Which mentions a document has, by its facts; conditions and words are data (`legal`)."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from solde.domain.invoicing.legal import COMMON, Facts, Mention, mentions_of
from solde.domain.invoicing.parties import Customer, Entity
from solde.domain.tax import TaxTotal

LATE_AGREED, LATE_PUBLIC = "late_penalty_agreed", "late_penalty_public"
"""Mentions of a rate that the seller has in its terms, and of the one of public buyers."""
OF_BUSINESS = ("no_discount", "late_penalty", "recovery_fee")
"""What a French seller says to a business of paying late (Code de commerce L441-9, L441-10)."""
OF_TAX = "tax"


def mentions(entity: Entity, customer: Customer, taxes: Sequence[TaxTotal]) -> list[dict[str, Any]]:
    """Return the mentions in their order: of payment, of the seller, then why there is no tax."""
    taxed = any(one.tax.minor for one in taxes)
    facts = customer.business, _late(entity, customer), entity.services_due, taxed
    country = entity.address.country
    said = [_said(one, percent=entity.late_percent) for one in _whatever_the_tax(country, *facts)]
    for total in taxes:
        reason = total.treatment.reason
        if found := _why_no_tax(country, *facts, total.treatment.category, reason):
            said.append(_said(found, reason=reason))
    return said


def _late(entity: Entity, customer: Customer) -> str:
    """Say whose rate it is: what a public buyer owes is not for a seller to say."""
    if customer.standings and customer.standings[0].evidence.public_body:
        return "public"
    return "agreed" if entity.late_percent else "legal"


@lru_cache(maxsize=1024)
def _whatever_the_tax(country: str, *facts: Any) -> Sequence[Mention]:  # noqa: ANN401 - of Facts
    """Return the mentions of payment and of the seller: few facts, and many documents of each."""
    here = Facts(*facts)
    return tuple(
        one
        for one in mentions_of(country)
        if one.group != OF_TAX and one.when is not None and one.when.fits(here)
    )


@lru_cache(maxsize=4096)
def _why_no_tax(country: str, *facts: Any) -> Mention | None:  # noqa: ANN401 - of Facts
    """Return the first mention that fits a total of tax: the country's, else the EU's."""
    here = Facts(*facts)
    return next(
        (
            one
            for one in (*mentions_of(country), *mentions_of(COMMON))
            if one.group == OF_TAX and one.when is not None and one.when.fits(here)
        ),
        None,
    )


def _said(mention: Mention, **values: str) -> dict[str, Any]:
    if not mention.fields:
        return {"code": mention.code}
    return {"code": mention.code, **{name: values[name] for name in mention.fields}}
