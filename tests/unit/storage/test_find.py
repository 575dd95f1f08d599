"""A document is found by its id alone."""

from datetime import UTC, datetime

import pytest

from solde.domain.identity import derived_id
from solde.storage.find import find_invoice, find_pro_forma
from tests.support.seller import Seller


@pytest.fixture
def seller() -> Seller:
    made = Seller()
    made.sells("basic", "100.00")
    made.customer("acme")
    made.subscribes("acme", "2013-06-01", ("basic", "1"))
    return made


@pytest.mark.parametrize("hour", [0, 12, 23])
def test_the_time_in_its_id_names_the_day_it_is_listed_under(seller, hour) -> None:
    """At 23 hours it is tomorrow already in Paris, whose day the document bears."""
    seller.runs_billing("2013-06-01", hour)
    (header,) = seller.documents("acme")
    assert find_invoice(seller.table, header.id) == header


def test_what_was_never_issued_is_not_found(seller) -> None:
    seller.runs_billing("2013-06-01")
    stranger = derived_id("inv", "FRA-2013-000099", at=datetime(2013, 6, 1, 6, tzinfo=UTC))
    assert find_invoice(seller.table, stranger) is None
    assert find_invoice(seller.table, "inv_1") is None
    assert find_pro_forma(seller.table, stranger) is None
