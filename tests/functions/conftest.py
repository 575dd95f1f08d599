"""A deployment in memory for the handlers of this folder."""

from collections.abc import Iterator

import pytest

from tests.support.deployment import Deployment, deployed
from tests.support.seller import Seller


@pytest.fixture
def seller() -> Seller:
    """One invoice of 1 June 2013 over 100.00 + 19.60, due on 1 July."""
    seller = Seller()
    seller.sells("basic", "100.00")
    seller.customer("acme")
    seller.subscribes("acme", "2013-06-01", ("basic", "1"))
    seller.runs_billing("2013-06-01")
    return seller


@pytest.fixture
def cloud(monkeypatch: pytest.MonkeyPatch, seller: Seller) -> Iterator[Deployment]:
    """The functions over the seller's table and objects."""
    with deployed(monkeypatch, table=seller.table, objects=seller.objects) as made:
        yield made
