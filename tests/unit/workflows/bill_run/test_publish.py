"""The register's copies: whoever dies in between, no record stays without one."""

from datetime import datetime

import pytest

from solde.domain.errors import NotFoundError
from solde.storage.singles import SingleTable
from solde.workflows.bill_now import NowContext, bill_now
from solde.workflows.bill_run.publish import publish, publish_last
from tests.support.seller import Seller, at

DAY = at("2013-06-01T06:00:00")


def seller_with_single_invoices(count: int, when: datetime = DAY) -> Seller:
    """Sell to customers who are billed now, one by one, and lose every copy of the register."""
    seller = Seller()
    seller.sells("basic", "100.00")
    for number in range(count):
        seller.customer(f"c{number}")
        seller.subscribes(f"c{number}", f"{when:%Y-%m-%d}", ("basic", "1"))
        bill_now(f"c{number}", "FRA", when, NowContext(seller.context, SingleTable(seller.table)))
    for key in copies(seller):
        del seller.objects.bodies[key]
    return seller


def copies(seller: Seller) -> list[str]:
    return sorted(key for key in seller.objects.bodies if key.startswith("register/"))


def test_a_record_is_copied_with_all_before_it_that_have_no_copy() -> None:
    seller = seller_with_single_invoices(3)
    publish("FRA-2013", 3, seller.context)
    assert copies(seller) == [
        "register/FRA-2013/000000000001.json",
        "register/FRA-2013/000000000002.json",
        "register/FRA-2013/000000000003.json",
    ]


def test_the_walk_back_ends_at_the_first_copy() -> None:
    """Copies are written oldest first, so where one is, all before it were."""
    seller = seller_with_single_invoices(3)
    publish("FRA-2013", 2, seller.context)
    del seller.objects.bodies["register/FRA-2013/000000000001.json"]
    publish("FRA-2013", 3, seller.context)
    assert copies(seller) == [
        "register/FRA-2013/000000000002.json",
        "register/FRA-2013/000000000003.json",
    ]


def test_the_copy_of_the_last_single_invoice_is_made_up_for() -> None:
    seller = seller_with_single_invoices(1)
    publish_last(at("2013-06-01T07:00:00"), seller.context)
    assert copies(seller) == ["register/FRA-2013/000000000001.json"]


def test_so_it_is_on_the_first_day_of_the_next_year() -> None:
    """Paris is an hour ahead of UTC in winter: 23:30 of 31 December is 00:30 of 1 January."""
    seller = seller_with_single_invoices(1, at("2013-12-31T22:00:00"))
    publish_last(at("2013-12-31T23:30:00"), seller.context)
    assert copies(seller) == ["register/FRA-2013/000000000001.json"]


def test_before_the_first_document_there_is_nothing_to_copy() -> None:
    seller = Seller()
    publish_last(DAY, seller.context)
    assert copies(seller) == []


def test_a_number_that_nobody_took_is_an_error() -> None:
    with pytest.raises(NotFoundError, match="expected FRA-2013 4, found nothing"):
        publish("FRA-2013", 4, seller_with_single_invoices(1).context)
