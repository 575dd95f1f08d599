"""Tax by the API: a rate to come is defined, splits the lines not yet issued, and no others."""

import pytest

from tests.support.http_api import CUSTOMER, ENTITY, NOW

LAW = {"source": "loi de finances"}
SHIPPED = [
    {"since": "2000-04-01", "percent": "19.6", "source": "CGI 278 (loi 2000-656, art. 1)"},
    {"since": "2014-01-01", "percent": "20", "source": "CGI 278 (loi 2012-1510, art. 68)"},
]


def regime(code: str = "XX", version: int = 1, *rates: dict, **more) -> dict:
    rows = [{"since": "2010-01-01", "percent": "20", **LAW}, *rates]
    return {"code": code, "version": version, "classes": {"standard": rows}, **more}


def test_what_is_shipped_is_shown(call) -> None:
    listed = call("GET", "/v1/tax-regimes")[1]["data"]
    assert [(one["code"], one["version"], one["created_at"]) for one in listed] == [
        ("FR", 0, None),
        ("none", 0, None),
    ]
    found = call("GET", "/v1/tax-regimes/FR")[1]
    assert found["classes"]["standard"] == [
        {**one, "mode": "by_days", "category": "S"} for one in SHIPPED
    ]
    assert call("GET", "/v1/tax-regimes/ZZ")[0] == 404
    assert call("GET", f"/v1/tax-regimes/{'z' * 50}")[0] == 404


def test_a_regime_is_made_in_versions(call) -> None:
    made = call.made("POST", "/v1/tax-regimes", regime(metadata={"law": "PLF"}))
    assert (made["object"], made["version"], made["metadata"]) == ("tax_regime", 1, {"law": "PLF"})
    later = {"since": "2014-01-01", "percent": "21", **LAW}
    assert call.made("POST", "/v1/tax-regimes", regime("XX", 2, later))["version"] == 2
    found = call("GET", "/v1/tax-regimes/XX")[1]
    assert [one["percent"] for one in found["classes"]["standard"]] == ["20", "21"]
    assert call("POST", "/v1/tax-regimes", regime("XX", 2, later))[0] == 422


def exempt(**fields: object) -> dict:
    return {"since": "2014-01-01", "percent": "0", **LAW, **fields}


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (regime("none"), "code: expected another than 'none'"),
        (regime("XX", 1, exempt()), "expected one above 0 for category S"),
        (regime("XX", 1, exempt(category="E")), "reason: expected a VATEX code"),
        (regime("XX", 1, {**exempt(mode="at_delivery"), "percent": "5"}), "'at_payment'"),
        (
            {**regime(), "classes": {"standard": [{**SHIPPED[0], "mode": "at_payment"}]}},
            "expected a rate before the one of 2000-04-01, which begins at payment",
        ),
        (regime("XX", 1, {**exempt(), "percent": "101"}), "percent: expected 0 to 100"),
        (regime("XX", 1, {"since": "2010-01-01", "percent": "5", **LAW}), "in order of their days"),
        (regime("XX", 2), "version: expected 1, found 2"),
        (regime("FR", 1), "standard: expected 19.6 % since 2000-04-01 to stay as it was"),
        ({"code": "XX", "version": 1, "classes": {}}, "at least 1"),
        ({"code": "XX", "version": 1, "classes": {"standard": []}}, "at least 1"),
    ],
)
def test_nonsense_is_refused_where_it_is_entered(call, body: dict, said: str) -> None:
    before = dict(call.model.items)
    status, found, _ = call("POST", "/v1/tax-regimes", body)
    assert (status, said in str(found)) == (422, True), found
    assert call.model.items == before


def test_an_entity_follows_a_regime_that_is_there(call) -> None:
    status, found, _ = call("POST", "/v1/entities", {**ENTITY, "tax_regime": "XX"})
    assert (status, found["errors"][0]["pointer"]) == (422, "/tax_regime")
    call.made("POST", "/v1/tax-regimes", regime())
    call.made("POST", "/v1/entities", {**ENTITY, "tax_regime": "XX"})


@pytest.mark.parametrize(
    ("product", "start_on", "said"),
    [
        ({"tax_class": "magic"}, "2013-01-10", "tax_class: expected one of regime FR"),
        ({}, "1999-12-31", "tax rate: expected days from 2000-04-01 on"),
    ],
)
def test_what_has_no_rate_is_refused_before_it_is_sold(
    call, product: dict, start_on: str, said: str
) -> None:
    call.made("POST", "/v1/products", {"code": "seat", "name": "Seat", **product})
    before_shop(call)
    order = {"customer": "ext:M1", "plan": "team", "start_on": start_on}
    for path in ("/v1/subscriptions/preview", "/v1/subscriptions"):
        status, found, _ = call("POST", path, order)
        assert (status, said in found["detail"]) == (422, True), found


def before_shop(call) -> None:
    """Set up what `shop` does, but the product."""
    call.made("POST", "/v1/entities", ENTITY)
    price = {"code": "seat", "product": "seat", "currency": "EUR", "kind": "advance"}
    price["model"] = {"model": "per_unit", "amount": "31.00"}
    call.made("POST", "/v1/prices", price)
    part = {"code": "seats", "price": "seat", "description": "Seats"}
    plan = {"code": "team", "name": "Team", "unit": "month", "components": [part]}
    call.made("POST", "/v1/plans", plan)
    call.made("POST", "/v1/customers", CUSTOMER)


def test_a_change_of_rate_splits_what_is_not_issued_in_preview_and_bill(call) -> None:
    """22 days from 10 January, 15 of them at 19.6 % and 7 at 21 %: 2.94 and 1.47 of tax."""
    call.shop()
    classes = call("GET", "/v1/tax-regimes/FR")[1]["classes"]
    classes["standard"][1] = {"since": "2013-01-25", "percent": "21", **LAW}  # 2014 is not begun
    call.made("POST", "/v1/tax-regimes", {"code": "FR", "version": 1, "classes": classes})
    order = {"customer": "ext:M1", "plan": "team", "start_on": "2013-01-10"}
    preview = call.made("POST", "/v1/subscriptions/preview", order)
    split = [("19.6", 15_00, 2_94), ("21", 7_00, 1_47)]
    assert taxes(preview["documents"][0]["document"]) == split
    call.made("POST", "/v1/subscriptions", order)
    call.bills(NOW)
    (issued,) = call("GET", "/v1/invoices")[1]["data"]
    assert taxes(call("GET", f"/v1/invoices/{issued['id']}")[1]["document"]) == split
    line = call("GET", f"/v1/invoices/{issued['id']}/lines/2/explanation")[1]
    assert (line["tax"]["rate"], line["timeline"]["unchanged"]) == ("21", True)


@pytest.mark.parametrize(
    ("since", "taxes_of"),
    [
        ("2013-01-10", [("21", 22_00, 4_62)]),  # 22.00 × 0.21, also for days before the law
        ("2013-01-11", [("19.6", 22_00, 4_31)]),  # 22.00 × 0.196 = 4.312, also for days after it
    ],
)
def test_a_rate_at_payment_is_that_of_the_day_of_billing(call, since: str, taxes_of) -> None:
    call.shop()
    classes = call("GET", "/v1/tax-regimes/FR")[1]["classes"]
    classes["standard"][1] = {"since": since, "percent": "21", "mode": "at_payment", **LAW}
    made = call.made("POST", "/v1/tax-regimes", {"code": "FR", "version": 1, "classes": classes})
    assert made["classes"]["standard"][1]["mode"] == "at_payment"
    order = {"customer": "ext:M1", "plan": "team", "start_on": "2013-01-10"}
    preview = call.made("POST", "/v1/subscriptions/preview", order)
    assert taxes(preview["documents"][0]["document"]) == taxes_of
    call.made("POST", "/v1/subscriptions", order)
    call.bills(NOW)
    (issued,) = call("GET", "/v1/invoices")[1]["data"]
    assert taxes(call("GET", f"/v1/invoices/{issued['id']}")[1]["document"]) == taxes_of
    line = call("GET", f"/v1/invoices/{issued['id']}/lines/1/explanation")[1]
    assert line["timeline"]["unchanged"] is True


def test_what_is_issued_keeps_its_rate(call) -> None:
    """22.00 at 19.6 %; days after a law of 25 January, entered later, are given back as billed."""
    call.shop()
    order = {"customer": "ext:M1", "plan": "team", "start_on": "2013-01-10"}
    call.made("POST", "/v1/subscriptions", {**order, "external_id": "S1"})
    call.bills(NOW)
    classes = call("GET", "/v1/tax-regimes/FR")[1]["classes"]
    classes["standard"][1] = {"since": "2013-01-25", "percent": "21", **LAW}
    call.made("POST", "/v1/tax-regimes", {"code": "FR", "version": 1, "classes": classes})
    call.made("POST", "/v1/subscriptions/ext:S1/cancel", {"effective_on": "2013-01-27"})
    found = call.made("POST", "/v1/invoices/preview", {"customer": "ext:M1", "on": "2013-01-20"})
    (note,) = found["documents"]
    # Five days of 31, from the 27th on: 5.00, and 19.6 % of it
    assert (note["object"], taxes(note["document"])) == ("credit_note", [("19.6", 5_00, 98)])


def taxes(document: dict) -> list[tuple[str, int, int]]:
    return [(one["rate"], one["base"], one["tax"]) for one in document["taxes"]]
