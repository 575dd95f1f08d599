"""A customer changes as his caller saw him, or not at all."""

from dataclasses import replace

import pytest

from solde.domain.errors import NotFoundError, StoreUnavailableError
from solde.domain.invoicing.parties import Customer
from solde.ports.records import first
from solde.storage.customers import CustomerTable
from solde.workflows.update_customer import Stale, Updated, update_customer
from tests.support.model_table import ModelTable
from tests.support.seller import at
from tests.support.story import ADDRESS

MADE, NOW = at("2027-01-01T00:00:00"), at("2027-02-01T00:00:00")
ID = "cus_" + "0" * 26
ACME = Customer(ID, "fr", "Acme", ADDRESS, "a@example.test", "fr")


class Moving(CustomerTable):
    """Somebody else is faster, so many times."""

    faster = 0

    def update(self, customer, record, *, read, parent_before) -> bool:
        if self.faster:
            self.faster -= 1
            return False
        return super().update(customer, record, read=read, parent_before=parent_before)


@pytest.fixture
def store() -> Moving:
    made = Moving(ModelTable())
    made.create(ACME, first(MADE, {}), time_zone="Europe/Paris")
    return made


def renamed(store, name: str, version: int | None = None):
    def make(customer, record):
        return replace(customer, name=name), replace(record, metadata={"by": name})

    return update_customer(ID, make, NOW, version=version, store=store)


def test_a_change_is_a_version_and_says_when(store) -> None:
    found = renamed(store, "Acme SA", version=1)
    assert isinstance(found, Updated)
    assert store.kept(ID) == (found.customer, found.record)
    assert (found.customer.name, found.record.version, found.record.updated_at) == (
        "Acme SA",
        2,
        NOW,
    )
    assert (found.record.created_at, found.record.metadata) == (MADE, {"by": "Acme SA"})


def test_whoever_saw_another_version_is_shown_this_one(store) -> None:
    renamed(store, "Acme SA")
    found = renamed(store, "Late", version=1)
    assert isinstance(found, Stale)
    assert (found.customer.name, found.record.version) == ("Acme SA", 2)
    assert store.customer(ID).name == "Acme SA"


def test_others_may_be_faster_but_not_for_ever(store) -> None:
    store.faster = 5
    assert isinstance(renamed(store, "Acme SA"), Updated)
    store.faster = 6
    with pytest.raises(StoreUnavailableError, match="changed 6 times meanwhile"):
        renamed(store, "Acme SE")


def test_one_who_does_not_exist_is_not_found(store) -> None:
    with pytest.raises(NotFoundError, match="expected one of ours"):
        update_customer("cus_none", lambda *both: both, NOW, version=None, store=store)
