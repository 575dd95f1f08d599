"""A customer is born with his billing state and his names, each of which is his alone."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from solde.domain.errors import NotFoundError, StateConflictError
from solde.domain.invoicing.parties import Address, Customer
from solde.ports.billing import BillingState
from solde.ports.records import first
from solde.storage import keys
from solde.storage.billing_state import state_from_item
from solde.storage.customers import CustomerTable
from tests.support.model_table import ModelTable

MADE = first(datetime(2027, 1, 31, tzinfo=UTC), {"crm": "A-42"})
ID, OTHER = "cus_" + "0" * 26, "cus_" + "1" * 26
ACME = Customer(
    ID,
    "fr",
    "Acme",
    Address(("2 rue Y",), "69001", "Lyon", "FR"),
    "a@example.test",
    "fr",
    external_id="A-1",
    invoice_day=5,
)


@pytest.fixture
def table() -> ModelTable:
    return ModelTable()


@pytest.fixture
def store(table) -> CustomerTable:
    made = CustomerTable(table)
    made.create(ACME, MADE, time_zone="Europe/Paris")
    return made


def test_profile_state_and_names_are_one_transaction(table, store) -> None:
    assert table.writes == 1
    assert store.kept(ID) == (ACME, MADE)
    assert store.customer(ID) == ACME
    assert store.locate(ID) == store.locate("ext:A-1") == ID
    state = state_from_item(table.get(keys.billing_state(ID, "fr")))
    assert state == BillingState(ID, "fr", ver=0, rev=0, invoice_day=5)


def test_a_name_that_is_taken_leaves_nothing_behind(table, store) -> None:
    before = dict(table.items)
    with pytest.raises(StateConflictError, match="expected one not in use, found 'A-1'") as taken:
        store.create(replace(ACME, id=OTHER), MADE, time_zone="Europe/Paris")
    assert taken.value.pointer == "/external_id"
    assert table.items == before


def test_without_a_name_of_theirs_there_are_many(store) -> None:
    for number in (2, 3):
        one = replace(ACME, id="cus_" + str(number) * 26, external_id="")
        store.create(one, MADE, time_zone="Europe/Paris")
    assert store.customer("cus_" + "3" * 26).external_id == ""


def test_a_change_needs_the_version_that_was_read(store) -> None:
    moved = replace(ACME, name="Acme SA")
    second = replace(MADE, version=2)
    assert store.update(moved, second, read=MADE, parent_before="")
    assert not store.update(replace(ACME, name="Late"), second, read=MADE, parent_before="")
    assert store.customer(ID).name == "Acme SA"


def test_a_child_is_named_where_his_present_parent_lies(store) -> None:
    first, second = "cus_" + "4" * 26, "cus_" + "5" * 26
    there = []
    for number, (before, parent) in enumerate((("", first), (first, second), (second, ""))):
        read, made = replace(MADE, version=number + 1), replace(MADE, version=number + 2)
        child = replace(ACME, parent_id=parent)
        assert store.update(child, made, read=read, parent_before=before)
        there.append((store.children(first), store.children(second)))
    assert there == [([ID], []), ([], [ID]), ([], [])]


@pytest.mark.parametrize(
    ("reference", "said"),
    [
        (OTHER, "expected one of ours"),
        ("ext:B-2", "expected one of ours, found 'ext:B-2'"),
        ("A-1", r"expected cus_…, found 'A-1' \(or ext:…\)"),
        ("sub_" + "0" * 26, "this is a subscription id; expected a customer id"),
        ("ext:", "expected ext: with at most 80 characters"),
        ("ext:" + "x" * 81, "expected ext: with at most 80 characters"),
    ],
)
def test_a_reference_to_nobody_says_what_was_expected(store, reference, said) -> None:
    with pytest.raises(NotFoundError, match=said):
        store.locate(reference)
