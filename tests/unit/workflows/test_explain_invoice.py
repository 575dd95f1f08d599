"""A document with its tree, as they were stored."""

from dataclasses import replace

import pytest

from solde.domain.errors import NotFoundError
from solde.workflows.explain_invoice import derivation
from tests.support.seller import Seller


@pytest.fixture
def seller() -> Seller:
    seller = Seller()
    seller.sells("seat", "9.99")
    seller.customer("acme")
    seller.subscribes("acme", "2013-06-01", ("seat", "3"))
    seller.runs_billing("2013-06-01")
    return seller


def test_document_and_tree_come_together(seller: Seller) -> None:
    (header,) = seller.documents("acme")
    found = derivation(header, seller.objects)
    assert found.document["envelope"]["id"] == header.id
    assert found.tree["tariffs"][0]["amount"] == "9.99"


def test_a_document_without_a_tree_is_told_as_such(seller: Seller) -> None:
    (header,) = seller.documents("acme")
    with pytest.raises(NotFoundError, match="expected a tree"):
        derivation(replace(header, tree=None), seller.objects)
