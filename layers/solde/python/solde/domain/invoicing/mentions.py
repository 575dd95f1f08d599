"""Which mentions a document has, by its facts; conditions and words are data (`legal`)."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
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
    facts = Facts(
        business=customer.business,
        late=_late(entity, customer),
        due=entity.services_due,
        taxed=any(one.tax.minor for one in taxes),
    )
    country = entity.address.country
    said = [
        _said(one, percent=entity.late_percent)
        for one in mentions_of(country)
        if one.group != OF_TAX and one.when is not None and one.when.fits(facts)
    ]
    return [*said, *_of_tax(country, facts, taxes)]


def _late(entity: Entity, customer: Customer) -> str:
    """Say whose rate it is: what a public buyer owes is not for a seller to say."""
    if customer.standings and customer.standings[0].evidence.public_body:
        return "public"
    return "agreed" if entity.late_percent else "legal"


def _of_tax(country: str, facts: Facts, taxes: Sequence[TaxTotal]) -> Iterator[dict[str, Any]]:
    """Yield for each total of tax the first mention that fits: the country's, else the EU's."""
    known = [*mentions_of(country), *mentions_of(COMMON)]
    of_tax = [(one, one.when) for one in known if one.group == OF_TAX and one.when is not None]
    for total in taxes:
        category, reason = total.treatment.category, total.treatment.reason
        here = replace(facts, category=category, reason=reason)
        for mention, when in of_tax:
            if when.fits(here):
                yield _said(mention, reason=reason)
                break


def _said(mention: Mention, **values: str) -> dict[str, Any]:
    return {"code": mention.code, **{name: values[name] for name in mention.fields}}
