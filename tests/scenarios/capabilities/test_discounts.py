"""Coupons, discounts of lines and documents, commitments and caps, from definition to document."""

import pytest

pytestmark = pytest.mark.cloud

METER = {"aggregation": "sum", "value": "n"}


def test_a_coupon_an_upgrade_and_an_end(opens) -> None:
    """100.00 less 10 %; 160.00 from the 15th; the last day is the 20th: 70.80 is kept."""
    seller = opens("2027-06-01")
    for name, price in (("small", "100.00"), ("large", "160.00")):
        seller.sells(name, price)
        seller.plans(name, name)
    coupon = {"code": seller.named("ten"), "offer": {"name": "Ten", "percent": "10"}}
    seller.posts("coupons", coupon | {"redemptions": 1})
    seller.customer("anna")
    seller.subscribes("anna", "small", "2027-06-01")
    redeemed = {"coupon": coupon["code"], "effective_on": "2027-06-01"}
    asked = {"change": "discount", "on": "2027-06-01"} | redeemed
    path = f"subscriptions/ext:{seller.named('anna')}"
    shown = seller.posts(f"{path}/change-preview", asked)
    assert (shown["total"], shown["total_without"]) == (90_00, 100_00)
    seller.posts(f"{path}/discounts", redeemed)
    status, problem = seller.refused(f"{path}/discounts", redeemed)
    assert (status, problem["code"]) == (409, "coupon_used_up")
    assert seller.bills("2027-06-01") == ["small 2027-06-01..2027-06-30 90.00"]
    html = seller.paper(seller.invoices("anna")[0], "html").decode()
    assert "Discount: Ten, 10%" in html

    seller.at("2027-06-15")
    seller.changes("anna", "plan", plan=seller.named("large"), effective_on="2027-06-15")
    assert seller.bills("2027-06-15") == [
        "small 2027-06-15..2027-06-30 -48.00",  # 16 of 30 days of 90.00
        "large 2027-06-15..2027-06-30 76.80",  # 85.33 - 8.53
    ]
    seller.at("2027-06-21")
    seller.changes("anna", "cancel", effective_on="2027-06-21")
    assert seller.bills("2027-06-21") == ["CN large 2027-06-21..2027-06-30 48.00"]
    signs = {"invoice": 1, "credit_note": -1}
    kept = sum(signs[one["object"]] * one["total"] for one in seller.invoices("anna"))
    assert kept == 70_80


def test_a_discount_of_the_document_is_spread_and_given_back(opens) -> None:
    """15.00 of 149.99: by rate first, 10.00 and 5.00; then as 3.33, 6.67, 5.00 over the lines."""
    seller = opens("2027-06-01", tax_regime="FR")
    for name, price, tax_class in (
        ("a", "33.33", "standard"),
        ("b", "66.67", "standard"),
        ("c", "49.99", "reduced"),
    ):
        seller.sells(name, price, product={"tax_class": tax_class})
    seller.plans("all", "a", "b", "c")
    seller.customer("anna")
    seller.subscribes("anna", "all", "2027-06-01")
    offer = {"name": "Loyal", "percent": "10", "level": "document", "periods": 1}
    body = {"offer": offer, "effective_on": "2027-06-01"}
    path = f"customers/ext:{seller.named('anna')}/discounts"
    shown = seller.posts(f"{path}/preview", body | {"on": "2027-06-01"})
    assert (shown["total"], shown["total_without"]) == (155_46, 172_74)  # 100.00, 20.00; 52.74
    seller.posts(path, body)
    seller.bills("2027-06-01")
    (invoice,) = seller.invoices("anna")
    assert invoice["total"] == 155_46  # 90.00 + 18.00 + 44.99 + 2.47
    shares = [line["allowances"][0]["amount"] for line in invoice["document"]["lines"]]
    assert shares == [3_33, 6_67, 5_00]

    seller.at("2027-06-10")
    seller.changes("anna", "cancel", effective_on="2027-06-01")
    seller.bills("2027-06-10")
    assert [one["total"] for one in seller.invoices("anna")] == [155_46, 155_46]


def test_a_coupon_inside_the_creation_of_a_subscription(opens) -> None:
    """It is shown, taken and billed with the subscription, or neither is there."""
    seller = opens("2027-06-01")
    seller.sells("fee", "100.00")
    seller.plans("fee", "fee")
    for name in ("anna", "bert"):
        seller.customer(name)
    coupon = {"code": seller.named("once"), "offer": {"name": "Once", "percent": "25"}}
    seller.posts("coupons", coupon | {"redemptions": 1})
    first = {"discounts": [{"coupon": coupon["code"]}]}
    order = {"plan": seller.named("fee"), "start_on": "2027-06-01"} | first
    asked = order | {"customer": f"ext:{seller.named('anna')}", "on": "2027-06-01"}
    assert seller.posts("subscriptions/preview", asked)["total"] == 75_00
    seller.subscribes("anna", "fee", "2027-06-01", **first)
    late = order | {"customer": f"ext:{seller.named('bert')}"}
    status, problem = seller.refused("subscriptions", late)
    assert (status, problem["code"]) == (409, "coupon_used_up")
    assert seller.bills("2027-06-01") == ["fee 2027-06-01..2027-06-30 75.00"]


def test_a_commitment_and_a_cap_with_late_usage(opens) -> None:
    """300.00 less 240.00 is missing; 40.00 come late, of which 10.00 are above 270.00."""
    seller = opens("2027-06-01")
    seller.sells("calls", "1.00", kind="usage", meter=METER)
    seller.sells("least", {"model": "flat", "amount": "300.00"}, kind="commitment")
    seller.sells("most", {"model": "flat", "amount": "270.00"}, kind="cap")
    seller.plans("firm", "calls", "least", "most")
    seller.customer("anna")
    seller.subscribes("anna", "firm", "2027-06-01")
    seller.at("2027-06-20")
    seller.uses("anna", "calls", "2027-06-10T08:00:00Z", n=240)
    assert seller.bills("2027-07-01") == [
        "calls 2027-06-01..2027-06-30 240.00",
        "least 2027-06-01..2027-06-30 60.00",
    ]
    seller.at("2027-07-02")
    seller.uses("anna", "calls", "2027-06-20T08:00:00Z", n=40)
    assert seller.bills("2027-07-02") == [
        "calls 2027-06-01..2027-06-30 -10.00",
        "calls 2027-06-01..2027-06-30 40.00",
        "least 2027-06-01..2027-06-30 -30.00",
    ]


def test_a_commitment_across_subscriptions_of_other_cycles(opens) -> None:
    """100.00 a month; texts are counted from the 16th: each bill counts once, when it is due."""
    seller = opens("2027-06-01")
    dollars = {"currency": "USD", "model": {"model": "per_unit", "amount": "1.10"}, "ramp": []}
    seller.sells("texts", "1.00", kind="usage", meter=METER, currencies=[dollars])
    model = {"model": "flat", "amount": "100.00"}
    seller.sells("total", model, kind="commitment", across=True)
    for name in ("texts", "total"):
        seller.plans(name, name)
    anna = seller.customer("anna")["id"]
    seller.subscribes("anna", "total", "2027-06-01")
    order = {"customer": anna, "plan": seller.named("texts"), "external_id": seller.named("sms")}
    start = {"start_on": "2027-06-16", "anchor_on": "2027-06-16"}
    status, said = seller.refused("subscriptions", order | start | {"currency": "USD"})
    assert (status, said["errors"][0]["pointer"]) == (422, "/currency")
    assert "expected EUR, in which a commitment of" in said["detail"]
    seller.posts("subscriptions", order | start)
    seller.at("2027-07-01")
    seller.uses("sms", "texts", "2027-06-20T08:00:00Z", n="30")
    assert seller.bills("2027-07-01") == ["total 2027-06-01..2027-06-30 100.00"]
    assert seller.bills("2027-07-16") == ["texts 2027-06-16..2027-07-15 30.00"]
    assert seller.bills("2027-08-01") == ["total 2027-07-01..2027-07-31 70.00"]
    seller.uses("sms", "texts", "2027-07-14T08:00:00Z", n="5")
    assert sorted(seller.bills("2027-08-02")) == [
        "texts 2027-06-16..2027-07-15 5.00",
        "total 2027-07-01..2027-07-31 -5.00",
    ]


def test_what_is_granted_is_taken_off_before_tax(opens) -> None:
    """20.00 of 149.99 go by rate, 13.33 and 6.67: 86.67 + 17.33 and 43.32 + 2.38."""
    seller = opens("2027-06-01", tax_regime="FR")
    for name, price, tax_class in (
        ("a", "33.33", "standard"),
        ("b", "66.67", "standard"),
        ("c", "49.99", "reduced"),
    ):
        seller.sells(name, price, product={"tax_class": tax_class})
    seller.plans("all", "a", "b", "c")
    seller.customer("anna")
    seller.subscribes("anna", "all", "2027-06-01")
    wallets = f"customers/ext:{seller.named('anna')}/wallets"
    wallet = seller.posts(wallets, {"name": "Welcome", "purpose": "granted"})
    path = f"{wallets}/{wallet['id']}"
    seller.posts(f"{path}/top-ups", {"amount": 20_00})
    seller.bills("2027-06-01")
    (june,) = seller.invoices("anna")
    assert (june["total"], june["paid"]) == (149_70, 0)
    assert "Discount: Welcome" in seller.paper(june, "html").decode()
    assert seller.reads(path)["balance"] == 0
