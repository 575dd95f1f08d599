"""Discounts given with a subscription that is made, or to a customer, as a preview shows them."""

import pytest

from tests.functions.test_discounts import ORDER, TEN, coupon, total
from tests.support.http_api import NOW


@pytest.fixture
def shop(call):
    call.shop()
    call.made("POST", "/v1/subscriptions", ORDER)
    return call


def test_a_coupon_inside_the_creation_is_previewed_and_billed(call) -> None:
    """31.00 less 10 % is 27.90, and 19.6 %: 33.37; 2.00 by hand from February: 25.90, 30.98."""
    call.shop()
    coupon(call, redemptions=1)
    offer = {"name": "Friend", "amount": 2_00, "currency": "EUR"}
    first = [{"coupon": "SPRING"}, {"offer": offer, "effective_on": "2013-02-01"}]
    order = {**ORDER, "discounts": first}
    path = "/v1/subscriptions/preview"
    shown = call.made("POST", path, {**order, "on": "2013-01-10"})
    assert shown["total"] == 33_37
    made = call.made("POST", "/v1/subscriptions", order)
    assert [(one["name"], one["effective_on"]) for one in made["discounts"]] == [
        ("Welcome", "2013-01-01"),
        ("Friend", "2013-02-01"),
    ]
    assert total(call, "2013-01-10") == 33_37
    call.bills(NOW)
    assert total(call, "2013-02-01") == 30_98  # 31.00 - 3.10 - 2.00 = 25.90, and 5.0764


def test_a_coupon_that_is_used_up_refuses_the_whole_creation(call) -> None:
    call.shop()
    coupon(call, redemptions=1)
    call.made("POST", "/v1/subscriptions", {**ORDER, "discounts": [{"coupon": "SPRING"}]})
    before = {key for key in call.model.items if not key.pk.startswith("ID#")}
    again = {**ORDER, "external_id": "S2", "discounts": [{"coupon": "SPRING"}]}
    for path in ("/v1/subscriptions", "/v1/subscriptions/preview"):
        status, found, _ = call("POST", path, again)
        assert (status, found["code"]) == (409, "coupon_used_up")
    assert {key for key in call.model.items if not key.pk.startswith("ID#")} == before


@pytest.mark.parametrize(
    ("discounts", "status", "pointer"),
    [
        ([{"coupon": "NOTHING"}], 404, "/discounts/0/coupon"),
        ([{"coupon": "SPRING"}, {"coupon": "SPRING"}], 422, "/discounts"),
        ([{"coupon": "SPRING", "offer": TEN}], 422, "/discounts/0/coupon"),
        ([{}], 422, "/discounts/0/coupon"),
        ([{"offer": {**TEN, "products": ["gas"]}}], 422, "/discounts/0/offer/products"),
        (
            [{"offer": {"name": "Off", "amount": 1, "currency": "USD"}}],
            422,
            "/discounts/0/offer/currency",
        ),
        ([{"offer": TEN, "effective_on": "2012-12-31"}], 422, "/discounts/0/effective_on"),
    ],
)
def test_a_discount_that_does_not_fit_refuses_the_creation(
    call, discounts, status, pointer
) -> None:
    call.shop()
    coupon(call)
    before = {key for key in call.model.items if not key.pk.startswith("ID#")}
    found = call("POST", "/v1/subscriptions", {**ORDER, "discounts": discounts})
    assert found[0] == status, found
    if pointer:
        assert [one["pointer"] for one in found[1]["errors"]] == [pointer]
    assert {key for key in call.model.items if not key.pk.startswith("ID#")} == before


def test_a_discount_of_a_customer_is_previewed(shop) -> None:
    coupon(shop, redemptions=1)
    path = "/v1/customers/ext:M1/discounts"
    asked = {"coupon": "SPRING", "effective_on": "2013-01-01"}
    before = {key for key in shop.model.items if not key.pk.startswith("ID#")}
    shown = shop.made("POST", f"{path}/preview", {**asked, "on": "2013-01-10"})
    assert (shown["total"], shown["total_without"]) == (33_37, 37_08)
    assert {key for key in shop.model.items if not key.pk.startswith("ID#")} == before
    (grant,) = shop.made("POST", path, asked)["data"]
    assert total(shop, "2013-01-10") == 33_37
    end = {"discount": grant["id"], "effective_on": "2013-01-01", "on": "2013-01-10"}
    before = dict(shop.model.items)
    shown = shop.made("POST", f"{path}/end/preview", end)
    assert (shown["total"], shown["total_without"]) == (37_08, 33_37)
    none = {**end, "discount": "dsc_none"}
    assert shop("POST", f"{path}/end/preview", none)[0] == 404
    assert dict(shop.model.items) == before
    status, found, _ = shop("POST", f"{path}/preview", asked)
    assert (status, found["code"]) == (409, "coupon_used_up")
    old = {"offer": TEN, "effective_on": "2011-01-01"}
    status, found, _ = shop("POST", f"{path}/preview", old)
    assert (status, found["errors"][0]["pointer"]) == (422, "/effective_on")
