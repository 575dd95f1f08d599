"""Billing states and documents: read together, held by one run, issued once."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from solde.domain.errors import NotFoundError
from solde.domain.subscriptions import QuantityChanged
from solde.ports.billing import Issue
from solde.storage.billing import TRANSACTION_WRITES, _batches
from solde.storage.table import Put
from solde.workflows.bill_run.start import start_due_runs
from tests.support.seller import Seller, at

FIRST, SECOND = date(2013, 6, 1), date(2013, 7, 1)


@pytest.fixture
def seller() -> Seller:
    made = Seller()
    made.sells("basic", "100.00")
    for name in ("acme", "bolt"):
        made.customer(name)
        made.subscribes(name, "2013-06-01", ("basic", "1"))
    return made


def test_who_is_due_is_found_by_day_and_entity(seller) -> None:
    billing = seller.context.billing
    assert billing.due("FRA", FIRST) == ["acme", "bolt"]
    assert billing.due("FRA", date(2013, 5, 31)) == []
    assert billing.due("USA", SECOND) == []
    seller.runs_billing("2013-06-01")
    assert billing.due("FRA", date(2013, 6, 30)) == []
    assert billing.due("FRA", SECOND) == ["acme", "bolt"]


def test_whom_a_run_holds_is_found_among_others(seller) -> None:
    (run,) = start_due_runs(at("2013-06-01T06:00:00"), seller.context)
    billing = seller.context.billing
    assert billing.held(["acme", "bolt", "nobody"], "FRA", run.id) == []
    seller.plans(run.id)
    assert billing.held(["acme", "bolt", "nobody"], "FRA", run.id) == ["acme", "bolt"]
    assert billing.held(["bolt"], "FRA", run.id) == ["bolt"]
    assert billing.held(["bolt"], "FRA", "run_other") == []


def test_everything_of_a_customer_is_read_at_once(seller) -> None:
    found = seller.context.billing.load("acme", "FRA")
    assert (found.customer.name, found.state.due_on) == ("Acme", FIRST)
    assert [one.items[0].price_id for one in found.subscriptions] == ["basic"]
    for name, entity in (("acme", "USA"), ("nobody", "FRA")):
        with pytest.raises(NotFoundError, match=f"expected one billed by {entity}, found '{name}'"):
            seller.context.billing.load(name, entity)


def test_one_subscription_is_read_with_all_that_stands_beside_it(seller) -> None:
    """Ids of which one begins like another do not bring each other along."""
    seller.subscribes("acme", "2013-06-01", ("basic", "2"))
    item = next(one for key, one in seller.table.items.items() if key.sk == "B#2#sub_0")
    other = {**item, "sk": "B#2#sub_00", "id": "sub_00"}
    seller.table.write(Put(other))
    one = next(iter(seller.context.billing.load("acme", "FRA").subscriptions))
    seller.changes(one, QuantityChanged(date(2013, 6, 15), 1, "sit_0_0", Decimal(5)))
    found = seller.context.billing.load("acme", "FRA", only="sub_0")
    assert [one.id for one in found.subscriptions] == ["sub_0"]
    assert len(found.subscriptions[0].changes) == 1
    assert found.customer.name == "Acme"
    assert seller.context.billing.load("acme", "FRA", only="sub_x").subscriptions == ()


def test_documents_are_listed_latest_first_since_a_day(seller) -> None:
    seller.runs_billing("2013-06-01")
    seller.runs_billing("2013-07-01")
    billing = seller.context.billing
    issued = [one.issued_on for one in billing.headers("acme", issued_since=date.min)]
    assert issued == [SECOND, FIRST]
    assert [one.issued_on for one in billing.headers("acme", issued_since=SECOND)] == [SECOND]
    assert billing.headers("nobody", issued_since=date.min) == []


def planned(seller: Seller) -> str:
    """Plan the run of 1 June, and let it hold its customers."""
    (run,) = start_due_runs(at("2013-06-01T06:00:00"), seller.context)
    seller.plans(run.id)
    return run.id


def test_what_is_held_is_let_go_by_its_run_only(seller) -> None:
    run_id = planned(seller)
    billing = seller.context.billing
    held = billing.state("acme", "FRA")
    assert held.reserved_by(run_id) is not None
    billing.release("acme", "FRA", "run_other")
    billing.release("acme", "FRA", run_id, keep=held.reservation.digest)  # it is the one to keep
    assert billing.state("acme", "FRA") == held
    billing.release("acme", "FRA", run_id)
    billing.release("acme", "FRA", run_id)
    assert billing.state("acme", "FRA").reservation is None


def test_what_is_read_is_of_the_moment_of_the_reading(seller) -> None:
    run_id = planned(seller)
    billing = seller.context.billing
    read = billing.read("acme", "FRA")
    billing.release("acme", "FRA", run_id)
    assert read().state.reservation.run_id == run_id
    assert billing.load("acme", "FRA").state.reservation is None


def test_of_two_that_want_to_hold_one_comes_first(seller) -> None:
    planned(seller)
    held = seller.context.billing.state("acme", "FRA")
    free = replace(held, ver=0, reservation=None)
    assert not seller.context.billing.to_reserve(free, held.reservation)()


def test_a_second_issue_finds_all_done(seller) -> None:
    run_id = planned(seller)
    seller.drive(run_id, at("2013-06-01T06:00:00"))
    before = {key: item for key, item in seller.table.items.items() if key.sk.startswith("I#")}
    seller.issues(run_id, at("2013-06-01T07:00:00"))
    after = {key: item for key, item in seller.table.items.items() if key.sk.startswith("I#")}
    assert after == before
    assert len(after) == 2


def test_customers_are_issued_together_as_long_as_a_transaction_holds_them(seller) -> None:
    """A customer with one document is two writes: 49 of them are 98 of 99."""
    seller.runs_billing("2013-06-01")
    (header,) = seller.documents("acme")
    one = Issue("acme", "FRA", None, (header,), ({},))
    sizes = [len(batch) for batch in _batches([one] * 100)]
    assert sizes == [49, 49, 2]
    assert max(sizes) * 2 <= TRANSACTION_WRITES
