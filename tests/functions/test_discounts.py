"""Coupons and discounts over HTTP: defined, redeemed, previewed, billed, explained, refused."""

import pytest

from tests.support.http_api import ENTITY, NOW

ORDER = {"customer": "ext:M1", "plan": "team", "start_on": "2013-01-01", "external_id": "S1"}
PATH = "/v1/subscriptions/ext:S1"
TEN = {"name": "Welcome", "percent": "10"}


@pytest.fixture
def shop(call):
    call.shop()
    call.made("POST", "/v1/subscriptions", ORDER)
    return call


def total(shop, on: str) -> int:
    _, found, _ = shop("POST", "/v1/invoices/preview", {"customer": "ext:M1", "on": on})
    return found["total"]


def coupon(shop, **more) -> dict:
    return shop.made("POST", "/v1/coupons", {"code": "SPRING", "offer": TEN, **more})


def test_a_coupon_is_defined_and_listed(shop) -> None:
    offer = {**TEN, "products": ["seat"], "periods": 3, "rank": -1}
    made = coupon(shop, offer=offer, from_on="2013-01-01", redemptions=2, metadata={"by": "me"})
    assert made["offer"] == {
        "name": "Welcome",
        "percent": "10",
        "amount": None,
        "currency": None,
        "rank": -1,
        "level": "line",
        "periods": 3,
        "components": [],
        "products": ["seat"],
        "carry": False,
        "from_quantity": None,
        "together": [],
    }
    assert (made["id"], made["redemptions"], made["metadata"]) == ("SPRING", 2, {"by": "me"})
    assert shop("GET", "/v1/coupons/SPRING")[1] == made
    assert shop("GET", "/v1/coupons")[1]["data"] == [made]
    assert coupon(shop, offer=offer, from_on="2013-01-01", redemptions=2)["id"] == "SPRING"
    status, found, _ = shop("POST", "/v1/coupons", {"code": "SPRING", "offer": TEN})
    assert (status, found["errors"][0]["pointer"]) == (409, "/code")


def test_a_coupon_is_previewed_redeemed_billed_and_explained(shop) -> None:
    coupon(shop, offer={**TEN, "periods": 1})
    asked = {"coupon": "SPRING", "effective_on": "2013-01-01"}
    shown = shop.made(
        "POST", f"{PATH}/change-preview", {"change": "discount", "on": "2013-01-10", **asked}
    )
    assert shown["total"] == 33_37  # 31.00 - 3.10 = 27.90, and 19.6 % = 5.4684
    assert shown["total_without"] == 37_08  # 31.00 and 6.076
    granted = shop.made("POST", f"{PATH}/discounts", asked)
    (given,) = granted["discounts"]
    assert (given["coupon"], given["percent"], given["effective_on"], given["end_on"]) == (
        "SPRING",
        "10",
        "2013-01-01",
        None,
    )
    assert total(shop, "2013-01-10") == 33_37
    shop.bills(NOW)
    (row,) = shop("GET", "/v1/invoices", query={"customer": "ext:M1"})[1]["data"]
    document = shop("GET", f"/v1/invoices/{row['id']}")[1]["document"]
    (line,) = document["lines"]
    assert (line["gross"], line["net"], line["expression"]["price"]) == (31_00, 27_90, "31")
    assert [(one["name"], one["amount"]) for one in line["discounts"]] == [("Welcome", 3_10)]
    told = shop("GET", f"/v1/invoices/{row['id']}/lines/1/explanation")[1]
    assert (told["gross"], told["net"], told["timeline"]["unchanged"]) == (31_00, 27_90, True)
    assert told["discounts"] == line["discounts"]
    assert total(shop, "2013-02-01") == 37_08  # one period only


def test_an_offer_by_hand_ends_when_it_is_ended(shop) -> None:
    body = {"offer": {"name": "Loyal", "amount": 1_00, "currency": "EUR"}}
    granted = shop.made("POST", f"{PATH}/discounts", {**body, "effective_on": "2013-01-01"})
    identity = granted["discounts"][0]["id"]
    assert total(shop, "2013-01-10") == 35_88  # 30.00 and 5.88
    end = {"discount": identity, "effective_on": "2013-02-01"}
    asked = {"change": "discount_end", "on": "2013-02-01", **end}
    shown = shop.made("POST", f"{PATH}/change-preview", asked)
    # January 30.00 and February 31.00: 61.00 and 11.956; without the end 60.00 and 11.76
    assert (shown["total"], shown["total_without"]) == (72_96, 71_76)
    ended = shop.made("POST", f"{PATH}/discounts/end", end)
    assert ended["discounts"][0]["end_on"] == "2013-02-01"
    assert total(shop, "2013-02-01") == 72_96


def test_a_customer_has_a_discount_on_all_he_has_and_will_have(shop) -> None:
    path = "/v1/customers/ext:M1/discounts"
    asked = {"offer": {"name": "Staff", "percent": "50"}, "effective_on": "2013-01-01"}
    (given,) = shop.made("POST", path, asked)["data"]
    shop.made("POST", "/v1/subscriptions", {**ORDER, "external_id": "S2"})
    assert total(shop, "2013-01-10") == 37_08  # twice 15.50, and 6.076
    assert shop("GET", path)[1]["data"] == [given]
    end = {"discount": given["id"], "effective_on": "2013-01-01"}
    assert shop.made("POST", f"{path}/end", end)["data"][0]["end_on"] == "2013-01-01"
    assert total(shop, "2013-01-10") == 74_15  # 62.00 and 12.152
    assert shop("POST", f"{path}/end", end)[0] == 422


def test_a_customer_who_was_billed_gets_it_back(shop) -> None:
    shop.bills(NOW)
    asked = {"offer": {"name": "Staff", "percent": "50"}, "effective_on": "2013-01-01"}
    shop.made("POST", "/v1/customers/ext:M1/discounts", asked)
    assert total(shop, "2013-01-10") == -18_54  # 15.50 and 3.038


@pytest.mark.parametrize(
    ("limits", "answers"),
    [
        ({"redemptions": 2}, [200, 200, 409]),
        ({"per_customer": 1}, [200, 409, 409]),
        ({}, [200, 200, 200]),
    ],
)
def test_limits_are_kept(shop, limits, answers) -> None:
    coupon(shop, **limits)
    asked = {"coupon": "SPRING", "effective_on": "2013-01-01"}
    found = [shop("POST", f"{PATH}/discounts", asked) for _ in answers]
    assert [status for status, _, _ in found] == answers
    preview = {"change": "discount", **asked}
    last = shop("POST", f"{PATH}/change-preview", preview)
    assert last[0] == answers[-1]
    if answers[-1] == 409:
        assert (last[1]["code"], last[1]["errors"][0]["pointer"]) == ("coupon_used_up", "/coupon")


def test_a_limit_is_one_over_customers_and_subscriptions(shop) -> None:
    coupon(shop, redemptions=1)
    asked = {"coupon": "SPRING", "effective_on": "2013-01-01"}
    shop.made("POST", "/v1/customers/ext:M1/discounts", asked)
    assert shop("POST", f"{PATH}/discounts", asked)[0] == 409


@pytest.mark.parametrize(
    ("offer", "pointer"),
    [
        ({"percent": "101"}, "/offer/percent"),
        ({"percent": "-1"}, "/offer/percent"),
        ({"percent": "0"}, "/offer/percent"),
        ({"percent": 10}, "/offer/percent"),
        ({"amount": -1, "currency": "EUR"}, "/offer/amount"),
        ({"amount": 1, "currency": "XXQ"}, "/offer/currency"),
        ({"amount": 1}, "/offer/currency"),
        ({"percent": "1", "amount": 1, "currency": "EUR"}, "/offer"),
        ({}, "/offer"),
        ({"percent": "1", "periods": 0}, "/offer/periods"),
        ({"percent": "1", "carry": True}, "/offer/carry"),
        ({"percent": "1", "level": "none"}, "/offer/level"),
        ({"percent": "1", "products": ["no"]}, "/offer/products"),
        ({"percent": "1", "together": ["no"]}, "/offer/together"),
        ({"percent": "1", "from_quantity": "0"}, "/offer/from_quantity"),
        ({"percent": "1", "from_quantity": "-1"}, "/offer/from_quantity"),
    ],
)
def test_an_offer_that_makes_no_sense_is_refused(shop, offer, pointer) -> None:
    before = dict(shop.model.items)
    body = {"code": "NO", "offer": {"name": "No", **offer}}
    status, found, _ = shop("POST", "/v1/coupons", body)
    assert status == 422
    assert pointer in [one["pointer"] for one in found["errors"]]
    assert shop.model.items == before


@pytest.mark.parametrize(
    ("body", "status", "pointer"),
    [
        ({"coupon": "NONE"}, 404, None),
        ({}, 422, "/coupon"),
        ({"coupon": "OLD"}, 422, "/coupon"),
        ({"coupon": "OLD", "offer": TEN}, 422, "/coupon"),
        ({"offer": {**TEN, "components": ["nothing"]}}, 422, "/offer/components"),
        ({"offer": {**TEN, "products": ["nothing"]}}, 422, "/offer/products"),
        ({"offer": {**TEN, "together": ["nothing"]}}, 422, "/offer/together"),
        ({"offer": {"name": "x", "amount": 5, "currency": "USD"}}, 422, "/offer/currency"),
        ({"offer": TEN, "effective_on": "2012-12-31"}, 422, "/effective_on"),
        ({"offer": TEN, "end_on": "2012-12-31"}, 422, "/end_on"),
    ],
)
def test_a_grant_that_makes_no_sense_is_refused(shop, body, status, pointer) -> None:
    shop.made("POST", "/v1/coupons", {"code": "OLD", "offer": TEN, "until_on": "2013-01-10"})
    before = dict(shop.model.items)
    asked = {"effective_on": "2013-01-01", **body}
    answered, found, _ = shop("POST", f"{PATH}/discounts", asked)
    assert answered == status, found
    if pointer:
        assert [one["pointer"] for one in found["errors"]] == [pointer]
    assert shop.model.items == before


def test_an_end_of_nothing_is_refused(shop) -> None:
    end = {"discount": "dsc_0", "effective_on": "2013-01-01"}
    assert shop("POST", f"{PATH}/discounts/end", end)[0] == 404
    assert shop("POST", "/v1/customers/ext:M1/discounts/end", end)[0] == 404


def test_an_amount_off_documents_is_given_once_a_period(shop) -> None:
    """20.00 a month: a seat that comes later in January finds nothing left of it."""
    offer = {"name": "Loyal", "amount": 20_00, "currency": "EUR", "level": "document"}
    body = {"offer": offer, "effective_on": "2013-01-01"}
    shop.made("POST", "/v1/customers/ext:M1/discounts", body)
    assert total(shop, "2013-01-10") == 13_16  # 31.00 - 20.00 = 11.00, and 2.156
    shop.bills(NOW)
    shop.made("POST", "/v1/subscriptions", {**ORDER, "external_id": "S2"})
    assert total(shop, "2013-01-10") == 37_08
    assert total(shop, "2013-02-01") == 37_08 + 50_23  # 62.00 - 20.00 = 42.00: 8.232
    # all together: 93.00 - 20.00 = 73.00, and 14.308: the sum of both, 87.308
    row = shop("GET", "/v1/invoices", query={"customer": "ext:M1"})[1]["data"][0]
    document = shop("GET", f"/v1/invoices/{row['id']}")[1]["document"]
    assert [(one["name"], one["amount"]) for one in document["allowances"]] == [("Loyal", 20_00)]
    told = shop("GET", f"/v1/invoices/{row['id']}/lines/1/explanation")[1]
    assert (told["net"], told["allowances"][0]["amount"]) == (31_00, 20_00)
    shop.made("POST", f"{PATH}/cancel", {"effective_on": "2013-01-01"})
    # 31.00 - 20.00 goes back, and the second seat has the 20.00: 31.00 - 20.00
    assert total(shop, "2013-01-10") == 0


def test_a_volume_promotion_and_a_bundle(shop) -> None:
    """Ten percent from three seats on, and a tenth more with support."""
    shop.made("POST", "/v1/products", {"code": "support", "name": "Support"})
    price = {"code": "support", "product": "support", "currency": "EUR", "kind": "advance"}
    price["model"] = {"model": "flat", "amount": "10.00"}
    shop.made("POST", "/v1/prices", price)
    part = {"code": "support", "price": "support", "description": "Support"}
    plan = {"code": "help", "name": "Help", "unit": "month", "components": [part]}
    shop.made("POST", "/v1/plans", plan)
    volume = {**TEN, "from_quantity": "3", "products": ["seat"]}
    bundle = {**TEN, "together": ["seat", "support"], "products": ["seat"], "rank": 1}
    for offer in (volume, bundle):
        body = {"offer": offer, "effective_on": "2013-01-01"}
        shop.made("POST", "/v1/customers/ext:M1/discounts", body)
    assert total(shop, "2013-01-10") == 37_08  # one seat: 31.00 and 6.076
    change = {"component": "seats", "quantity": "3", "effective_on": "2013-01-01"}
    shop.made("POST", f"{PATH}/quantity", change)
    assert total(shop, "2013-01-10") == 100_11  # 93.00 - 9.30 = 83.70, and 16.4052
    order = {"customer": "ext:M1", "plan": "help", "start_on": "2013-01-01"}
    shop.made("POST", "/v1/subscriptions", order)
    # 83.70 - 8.37 = 75.33, and 10.00: 85.33, and 16.72468
    assert total(shop, "2013-01-10") == 102_05


def test_the_order_of_discounts_is_a_policy_of_the_entity(shop) -> None:
    """31.00 less 50 % and 20 %: 12.40, or 9.30 where each is of the full amount."""
    for percent in ("50", "20"):
        body = {"offer": {"name": percent, "percent": percent}, "effective_on": "2013-01-01"}
        shop.made("POST", f"{PATH}/discounts", body)
    assert total(shop, "2013-01-10") == 14_83  # 12.40 and 2.4304
    entity = {**ENTITY, "version": 2, "discount_order": "each_on_original"}
    assert shop.made("POST", "/v1/entities", entity)["discount_order"] == "each_on_original"
    assert total(shop, "2013-01-10") == 11_12  # 9.30 and 1.8228
    status, found, _ = shop("POST", "/v1/entities", {**entity, "discount_order": "none"})
    assert (status, found["errors"][0]["pointer"]) == (422, "/discount_order")
