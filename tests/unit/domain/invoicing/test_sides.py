"""Who sells and who buys."""

import pytest

from solde.domain.invoicing.sides import sides, sold_and_bought


@pytest.mark.parametrize(
    ("kind", "seller", "buyer"),
    [
        ("invoice", "entity", "customer"),
        ("credit_note", "entity", "customer"),
        ("self_billed", "customer", "entity"),
    ],
)
def test_what_a_buyer_writes_has_them_the_other_way(kind, seller, buyer) -> None:
    document = {"kind": kind, "entity": {"name": "E"}, "customer": {"name": "C"}}
    assert sides(document) == (seller, buyer)
    assert sold_and_bought(document) == (document[seller], document[buyer])
