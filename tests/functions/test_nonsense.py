"""What makes no sense is refused where it is entered: where it stands, expected and found."""

import pytest

from tests.support.http_api import CUSTOMER, ENTITY

ORDER = {"customer": "ext:M1", "plan": "team", "start_on": "2013-01-05", "external_id": "S1"}
PRICE = {"code": "p2", "product": "seat", "currency": "EUR", "kind": "advance"}
METER = {"code": "m", "event_type": "m"}
ADDED = {"component": "x", "quantity": "1", "description": "X", "effective_on": "2013-01-06"}
RATE = {"since": "2013-01-01", "percent": "20", "source": "a law"}
WHO = {**CUSTOMER, "external_id": "M9"}
UP_TO = "/model/tiers/1/up_to"
EMPTY = {"model": "package", "size": "0", "amount": "1"}
HALF = {"model": "formula", "formula": "quantity -"}
CELLS = [{"values": ["eu"], "amount": "-0.01"}]
CELL = {"model": "matrix", "dimensions": ["zone"], "cells": CELLS, "default": "1"}
SHARE = {"up_to": None, "unit_amount": "101"}
SHARES = {"model": "graduated_percentage", "tiers": [SHARE]}
BLOCKS = {"model": "blocks", "tiers": [[{"unit": "a", "size": "0", "amount": "1"}]]}
OPEN = {"up_to": None, "unit_amount": "0.50"}


def tiered(*bounds: str | None) -> dict:
    tiers = [{"up_to": bound, "unit_amount": "1.00"} for bound in bounds]
    return {**PRICE, "model": {"model": "graduated", "tiers": tiers}}


def said(model: str, **more) -> dict:
    return {**PRICE, "model": {"model": model, **more}}


def per_unit(amount: str, **more) -> dict:
    return {**PRICE, "model": {"model": "per_unit", "amount": amount}, **more}


@pytest.fixture
def shop(call):
    call.shop()
    call.made("POST", "/v1/subscriptions", ORDER)
    return call


NONSENSE = [
    ("tiers that overlap", "prices", tiered("10", "10", None), UP_TO, "above 10", "10"),
    ("tiers that go back", "prices", tiered("10", "5", None), UP_TO, "above 10", "5"),
    ("a hole at the top", "prices", tiered("10", "20"), "/model/tiers", "open", ""),
    ("a tier from zero", "prices", tiered("0", None), "/model/tiers/0/up_to", "above 0", "0"),
    (
        "an end in the middle",
        "prices",
        tiered(None, "10", None),
        "/model/tiers/0/up_to",
        "only the last",
        "",
    ),
    ("a negative price", "prices", per_unit("-1.00"), "/model/amount", "0 or more", "-1.00"),
    (
        "too fine a price",
        "prices",
        per_unit("1.0000000000001"),
        "/model/amount",
        "12 behind",
        "1.0",
    ),
    ("packages of nothing", "prices", said(**EMPTY), "/model/size", "above 0", "0"),
    ("half a formula", "prices", said(**HALF), "/model/formula", "a number or a name", "the end"),
    ("a negative cell", "prices", said(**CELL), "/model/cells/0/amount", "0 or more", "-0.01"),
    ("too large a share", "prices", said(**SHARES), "/model/tiers/0/unit_amount", "100", "101"),
    ("empty blocks", "prices", said(**BLOCKS), "/model/tiers/0/0/size", "above 0", "0"),
    (
        "nothing in a group",
        "prices",
        said("per_group", dimensions=["zone"], each=EMPTY),
        "/model/each/size",
        "above 0",
        "0",
    ),
    (
        "nothing in a step",
        "prices",
        per_unit("1", ramp=[{"after_months": 1, "model": EMPTY}]),
        "/ramp/0/model/size",
        "above 0",
        "0",
    ),
    (
        "nothing in dollars",
        "prices",
        per_unit("1", currencies=[{"currency": "USD", "model": EMPTY}]),
        "/currencies/0/model/size",
        "above 0",
        "0",
    ),
    ("a sum of what", "meters", {**METER, "aggregation": "sum"}, "/value", "the property", "none"),
    ("an unknown currency", "prices", per_unit("1", currency="XYZ"), "/currency", "4217", "XYZ"),
    ("a product that is none", "prices", per_unit("1", product="x"), "/product", "catalog", "x"),
    (
        "a zone that is none",
        "entities",
        {**ENTITY, "code": "de", "time_zone": "Europe/Atlantis"},
        "/time_zone",
        "IANA",
        "Europe/Atlantis",
    ),
    (
        "a currency that is none",
        "entities",
        {**ENTITY, "code": "de", "currency": "eur"},
        "/currency",
        "ISO 4217",
        "eur",
    ),
    (
        "two anchors",
        "subscriptions",
        {**ORDER, "external_id": "S2", "anchor_on": "2013-01-20", "billing": "calendar"},
        "/anchor_on",
        "either a day or billing",
        "2013-01-20",
    ),
    (
        "a change before the start",
        "subscriptions/ext:S1/quantity",
        {"component": "seats", "quantity": "2", "effective_on": "2013-01-04"},
        "/effective_on",
        "2013-01-05 or later",
        "2013-01-04",
    ),
    ("a plan that is none", "subscriptions/ext:S1/plan", {"plan": "x"}, "/plan", "catalog", "x"),
    (
        "an add-on of no price",
        "subscriptions/ext:S1/items",
        {**ADDED, "price": "x"},
        "/price",
        "catalog",
        "x",
    ),
    (
        "a coupon that is none",
        "subscriptions/ext:S1/discounts",
        {"effective_on": "2013-01-05", "coupon": "x"},
        "/coupon",
        "one of ours",
        "x",
    ),
    (
        "two rates of a day",
        "tax-regimes",
        {"code": "t", "version": 1, "classes": {"standard": [RATE, RATE]}},
        "/classes/standard",
        "in order of their days",
        "2013-01-01",
    ),
    (
        "an end before the start",
        "subscriptions/ext:S1/cancel",
        {"effective_on": "2013-01-04"},
        "/effective_on",
        "2013-01-05 or later",
        "2013-01-04",
    ),
    (
        "more than all of it",
        "subscriptions/ext:S1/discounts",
        {"effective_on": "2013-01-05", "offer": {"name": "X", "percent": "100.01"}},
        "/offer/percent",
        "100",
        "100.01",
    ),
    (
        "a discount that is none",
        "subscriptions/ext:S1/discounts",
        {"effective_on": "2013-01-05", "offer": {"name": "X", "percent": "0"}},
        "/offer/percent",
        "more than 0",
        "0",
    ),
    (
        "a start of years ago",
        "subscriptions",
        {**ORDER, "external_id": "S3", "start_on": "2011-12-09"},
        "/start_on",
        "2011-12-10 or later",
        "2011-12-09",
    ),
    (
        "a cell that is there twice",
        "prices",
        {**PRICE, "model": {**CELL, "cells": [{"values": ["eu"], "amount": "1"}] * 2}},
        "/model/cells/1/values",
        "each combination once",
        "eu",
    ),
    (
        "a dimension twice",
        "meters",
        {**METER, "aggregation": "count", "dimensions": ["zone", "zone"]},
        "/dimensions",
        "each once",
        "zone",
    ),
    (
        "a rate above all of it",
        "tax-regimes",
        {"code": "t", "version": 1, "classes": {"standard": [{**RATE, "percent": "101"}]}},
        "/classes/standard/0/percent",
        "0 to 100",
        "101",
    ),
    (
        "an exemption without its reason",
        "tax-regimes",
        {"code": "t", "version": 1, "classes": {"x": [{**RATE, "percent": "0", "category": "E"}]}},
        "/classes/x/0/reason",
        "VATEX",
        "''",
    ),
    ("a seller that is none", "customers", {**WHO, "entity": "x"}, "/entity", "the seller's", "x"),
    (
        "a parent that is none",
        "customers",
        {**WHO, "parent": "ext:no"},
        "/parent",
        "one of ours",
        "ext:no",
    ),
    (
        "a country that is none",
        "customers",
        {**WHO, "address": {**WHO["address"], "country": "ZZ"}},
        "/address/country",
        "ISO 3166",
        "ZZ",
    ),
    (
        "a reference twice",
        "customers",
        {**WHO, "separate": ["ship_to", "ship_to"]},
        "/separate",
        "each once",
        "ship_to",
    ),
    (
        "a change that is none",
        "subscriptions/ext:S1/withdraw",
        {"number": 7},
        "/number",
        "stands",
        "7",
    ),
    (
        "an end of no discount",
        "subscriptions/ext:S1/discounts/end",
        {"discount": "x", "effective_on": "2013-01-06"},
        "/discount",
        "of this object",
        "x",
    ),
    (
        "less than nothing of it",
        "subscriptions/ext:S1/quantity",
        {"component": "seats", "quantity": "-1", "effective_on": "2013-01-06"},
        "/quantity",
        "0 or more",
        "-1",
    ),
]


@pytest.mark.parametrize(
    ("noun", "body", "pointer", "expected", "found"),
    [case[1:] for case in NONSENSE],
    ids=[case[0] for case in NONSENSE],
)
def test_it_is_refused_and_told_where(shop, noun, body, pointer, expected, found) -> None:
    before = dict(shop.model.items)
    status, problem, _ = shop("POST", f"/v1/{noun}", body)
    assert 400 <= status < 500, problem
    assert shop.model.items == before
    (error,) = problem["errors"]
    assert error["pointer"] == pointer
    told = str(error) + problem["detail"]
    assert expected in told
    assert "Value error" not in told
    assert found in told
