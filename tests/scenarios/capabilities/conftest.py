"""
Capabilities: each is driven over HTTP on the deployed local cloud, by a seller of its own.

How to write one: `def test_…(opens)`, then `seller = opens("2027-06-01", tax_regime="FR")` founds
a legal entity on that day of the business clock, and `tests.support.over_http.Seller` has the
verbs: sells, plans, customer, subscribes, changes, uses, previews, bills, invoices, refused. Lines
are told as `seats 2027-06-01..2027-06-30 31.00`. What is billed stands there as a literal, the sum
beside it.

The clock belongs to the scenario: it begins where `opens` puts it, goes forward by `at` and
`bills`, and fires no schedule; so never read anything here that is not the seller's own. All
scenarios of a session share one cloud: the demo's when its stories are in the session too (they
come first, and never look again), else one without data.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import count
from typing import Any

import pytest

from local.demo.caller import keyed
from local.places import Places
from local.up import Cloud, attached
from tests.support.commands import free_port, started, stopped
from tests.support.over_http import Seller

SELLERS = count(1)


@pytest.fixture(scope="session")
def cloud(request, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cloud]:
    if any("demo" in getattr(one, "fixturenames", ()) for one in request.session.items):
        yield request.getfixturevalue("demo").cloud
        return
    places = Places(tmp_path_factory.mktemp("bare"), free_port())
    process, _ = started("up", places=places)
    yield attached(places.home)
    assert stopped(process) == 0


@pytest.fixture(scope="session")
def key(cloud: Cloud) -> str:
    return keyed(cloud, name="capabilities", at=datetime(2013, 1, 1, tzinfo=UTC)).key


@pytest.fixture
def opens(cloud: Cloud, key: str) -> Callable[..., Seller]:
    def opened(on: str, **fields: Any) -> Seller:
        seller = Seller(cloud, key, code=f"s{next(SELLERS)}")
        seller.opens(on, **fields)
        return seller

    return opened


@pytest.fixture
def subscribed(opens: Callable[..., Seller]) -> Callable[..., Seller]:
    """Seats at 100.00 a month in advance: anna has one from 1 June 2027, and nothing is billed."""

    def made(**fields: Any) -> Seller:
        seller = opens("2027-06-01", **fields)
        seller.sells("seats", "100.00")
        seller.plans("team", "seats")
        seller.customer("anna")
        seller.subscribes("anna", "team", "2027-06-01")
        return seller

    return made
