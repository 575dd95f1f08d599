"""Sellers and customers survive the store whole."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from solde.domain.invoicing.parties import Address, Customer, Entity
from solde.domain.invoicing.separation import Separation
from solde.domain.tax.standing import Evidence, Standing, Vies
from solde.storage.parties import (
    customer_from_item,
    customer_to_item,
    entity_from_item,
    entity_to_item,
)
from solde.storage.reading import CorruptItemError
from tests.support.model_table import _copied

ADDRESS = Address(("8 place Bellecour", "Bât. C"), "69002", "Lyon", "FR")
CUSTOMER = Customer("cus_1", "fr", "Acme", ADDRESS, "a@example.test", "fr-FR")
SELLER = Entity("fr", 3, "Énergie", ADDRESS, "EUR", "fr", "Europe/Paris", "FR", "F", 30)

ASKED = Vies(valid=True, at=datetime(2026, 12, 1, 9, tzinfo=UTC), reference="WAPI1")
PROVED = Evidence("732829320", "DE123456788", ASKED, "Ville de Lyon", "certificate 12")
ABROAD = Standing(date(2027, 6, 1), True, "AE", "VATEX-EU-AE", PROVED)

CUSTOMERS = [
    CUSTOMER,
    replace(CUSTOMER, email="", external_id="A-1", business=True, invoice_day=31),
    replace(CUSTOMER, standings=(ABROAD, Standing(date(2027, 1, 1)))),
    replace(CUSTOMER, separate=()),
    replace(
        CUSTOMER,
        separate=("subscriber",),
        separations=(
            Separation(date(2027, 6, 1), ("purchase_order", "subscriber")),
            Separation(date(2027, 7, 1), ()),
            Separation(date(2027, 8, 1)),
            Separation(date(2027, 7, 1), of=2),
        ),
    ),
    replace(CUSTOMER, collection_held_until=date(2027, 6, 1)),
    replace(CUSTOMER, terms_days=0, registration={"siren": "001122332"}, collection="charge"),
]
SELLERS = [
    replace(SELLER, registration={}),
    replace(
        SELLER, fiscal_year_starts=7, approval="person", registration={"siren": "1"}, grace_hours=36
    ),
]


@pytest.mark.parametrize("customer", CUSTOMERS)
def test_a_customer_comes_back(customer) -> None:
    item = _copied(customer_to_item(customer, created_at="2027-01-31T05:00:00+00:00"))
    assert customer_from_item(item) == customer
    assert item["list_sk"] == "2027-01-31T05:00:00+00:00#cus_1"


@pytest.mark.parametrize("seller", SELLERS)
def test_a_seller_comes_back_with_all_it_is(seller) -> None:
    assert entity_from_item(_copied(entity_to_item(seller))) == seller


@pytest.mark.parametrize("name", ["fiscal_year_starts", "approval", "grace_hours"])
def test_a_seller_of_before_a_field_has_what_it_meant(name) -> None:
    item = entity_to_item(SELLERS[0])
    del item[name]
    assert entity_from_item(item) == SELLERS[0]


def test_one_without_an_address_is_named() -> None:
    item = customer_to_item(CUSTOMER, created_at="")
    del item["address"]
    with pytest.raises(CorruptItemError, match="item A#cus_1 B#1: KeyError: 'address'"):
        customer_from_item(item)
