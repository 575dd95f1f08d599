"""The rate that an invoice bears: of the law, of a public buyer, or agreed; consumers owe none."""

from decimal import Decimal
from typing import Any

import pytest

from solde.domain.errors import InvalidError
from solde.domain.late import Agreed, Legal, agreement_of
from tests.support.closed import french

TOWN = {"evidence": {"public_body": "Ville de Nîmes"}}


def invoice(*, business: bool = True, country: str = "FR", **more: Any) -> dict[str, Any]:
    document = french()
    document["customer"] |= {"business": business, **more.pop("customer", {})}
    document["entity"]["address"]["country"] = country
    return document | more


def agreed(percent: str) -> list[dict[str, str]]:
    return [{"code": "no_discount"}, {"code": "late_penalty_agreed", "percent": percent}]


@pytest.mark.parametrize(
    ("document", "found"),
    [
        (invoice(), Legal(Decimal(10))),
        (invoice(customer={"standing": TOWN}), Legal(Decimal(8))),
        (invoice(mentions=agreed("12")), Agreed(Decimal(12))),
        # a public buyer's rate is not for the seller to agree on
        (invoice(customer={"standing": TOWN}, mentions=agreed("12")), Legal(Decimal(8))),
    ],
)
def test_what_the_invoice_says_counts(document, found) -> None:
    assert agreement_of(document) == found


@pytest.mark.parametrize(
    ("document", "said"),
    [
        (invoice(business=False), "expected a business on the invoice, found a consumer"),
        (invoice(business=False, mentions=agreed("12")), "found a consumer"),
        (invoice(country="DE"), "expected one in FR, whose law is known, found DE"),
        (invoice(country="DE", mentions=agreed("9.5")), "found DE"),
    ],
)
def test_where_no_rate_follows_it_is_refused(document, said) -> None:
    with pytest.raises(InvalidError, match=said):
        agreement_of(document)
