"""A coupon is kept when the products that it is good for are there."""

from decimal import Decimal

import pytest

from solde.domain.catalog import Product
from solde.domain.discounts import Coupon, Discount, Offer
from solde.domain.errors import InvalidError, StateConflictError
from solde.storage.catalog import CatalogStore
from solde.storage.coupons import CouponTable
from solde.workflows.define_coupon import define_coupon
from tests.support.model_table import ModelTable


@pytest.fixture
def table() -> ModelTable:
    table = ModelTable()
    CatalogStore(table).put(Product("seat", "Seat", "standard", "706"))
    return table


def coupon(*products: str, percent: int = 10) -> Coupon:
    offer = Offer("Ten", Discount(percent=Decimal(percent)), products=frozenset(products))
    return Coupon("SPRING", offer)


def define(table: ModelTable, one: Coupon) -> None:
    define_coupon(one, CouponTable(table), CatalogStore(table))


@pytest.mark.parametrize("products", [(), ("seat",)])
def test_it_is_kept_and_defined_again_it_is_the_same(table, products) -> None:
    for _ in range(2):
        define(table, coupon(*products))
    assert CouponTable(table).coupon("SPRING") == coupon(*products)


def test_a_product_that_is_not_there_is_named(table) -> None:
    before = dict(table.items)
    with pytest.raises(
        InvalidError, match="products: expected those of the catalog, found 'x'"
    ) as no:
        define(table, coupon("seat", "x"))
    assert no.value.pointer == "/offer/products"
    assert table.items == before


def test_a_code_is_for_one_offer(table) -> None:
    define(table, coupon())
    with pytest.raises(StateConflictError, match="code: expected one not in use, found 'SPRING'"):
        define(table, coupon(percent=20))
