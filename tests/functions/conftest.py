"""A deployment in memory for the handlers of this folder."""

from collections.abc import Iterator
from datetime import date

import pytest

from solde.runtime import access, clock
from solde.storage.api_keys import put_api_key
from solde.storage.rating_book import RatingBookTable
from tests.support.deployment import Deployment, deployed
from tests.support.http_api import KEY, NOW, READER, Api, handlers
from tests.support.lived import Lived
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


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch) -> Iterator[Api]:
    """The HTTP API of a deployment that holds two keys and nothing else, on 10 January 2013."""
    with deployed(monkeypatch) as made:
        monkeypatch.setattr(clock, "_seen", (float("inf"), NOW))
        put_api_key(made.table, access.hash_of(KEY), name="all", scopes=["*"], at=NOW)
        reads = ["customers:read"]
        put_api_key(made.table, access.hash_of(READER), name="r", scopes=reads, at=NOW)
        RatingBookTable(made.table).rated("fr", date(2013, 3, 1), at=NOW)
        yield Api(made, handlers())


@pytest.fixture
def lived(call: Api, monkeypatch: pytest.MonkeyPatch) -> Lived:
    """A seller without plans yet and a customer, on 1 June 2013."""
    RatingBookTable(call.model).rated("fr", date(2040, 1, 1), at=NOW)
    return Lived(call, monkeypatch)
