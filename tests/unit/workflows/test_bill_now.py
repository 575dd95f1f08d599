"""Bill now: what is due today, beside the runs and never across them."""

from datetime import date
from decimal import Decimal

import pytest

from solde.domain.subscriptions import QuantityChanged
from solde.storage.audit import AuditTable
from solde.storage.singles import SingleTable
from solde.workflows.bill_now import NowContext, ReservedError, bill_now
from solde.workflows.bill_run.open import Wanted, open_run
from solde.workflows.verify.verify import verify
from tests.support.seller import Seller, at


@pytest.fixture
def seller() -> Seller:
    seller = Seller()
    seller.sells("seat", "30.00")
    seller.customer("acme")
    seller.subscription = seller.subscribes("acme", "2013-06-01", ("seat", "1"))
    return seller


def now(seller: Seller, day: str):
    context = NowContext(seller.context, SingleTable(seller.table))
    return bill_now("acme", "FRA", at(f"{day}T10:00:00"), context)


def test_an_upgrade_is_billed_at_once_and_the_next_run_goes_on_behind_it(seller: Seller) -> None:
    seller.runs_billing("2013-06-01")
    seller.changes(
        seller.subscription, QuantityChanged(date(2013, 6, 16), 1, "sit_0_0", Decimal(3))
    )
    (header,) = now(seller, "2013-06-16")
    assert (header.number, header.net_minor) == ("FRA-2013-000002", 3000)  # 2 × 30.00 × 15/30
    assert now(seller, "2013-06-16") == ()
    seller.runs_billing("2013-07-01")
    assert [one.net_minor for one in seller.documents("acme")] == [3000, 3000, 9000]
    wrong = verify(at("2013-07-02T00:00:00"), AuditTable(seller.table), seller.context)
    assert {one.code for one in wrong if one.violations} == {"I22"}  # nothing was mailed here


def test_invoices_and_credit_notes_of_one_day_are_corrected_in_the_order_of_their_issue(
    seller: Seller,
) -> None:
    """A seat is 30.00; once the latest invoice was taken for the latest document, and not this."""
    found = []
    for number, seats in enumerate(("5", "3", "4", "2", "6"), start=1):
        change = QuantityChanged(date(2013, 6, 1), number, "sit_0_0", Decimal(seats))
        seller.changes(seller.subscription, change)
        found += [(one.kind, one.net_minor) for one in now(seller, "2013-06-01")]
    assert found == [
        ("invoice", 15000),  # 5 × 30.00
        ("credit_note", 6000),  # 3 of them
        ("invoice", 3000),  # 4
        ("credit_note", 6000),  # 2
        ("invoice", 12000),  # 6 × 30.00 = 150.00 - 60.00 + 30.00 - 60.00 + 120.00
    ]


def test_it_is_refused_while_a_run_holds_the_customer(seller: Seller) -> None:
    run = open_run(Wanted("FRA", date(2013, 6, 1), at("2013-06-01T06:00:00")), seller.context)
    seller.plans(run.id)
    with pytest.raises(ReservedError, match=run.id):
        now(seller, "2013-06-01")


def test_the_register_is_copied_after_a_single_issue(seller: Seller) -> None:
    now(seller, "2013-06-01")
    assert "register/FRA-2013/000000000001.json" in seller.objects.bodies
