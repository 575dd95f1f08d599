"""What makes no sense is refused where it is entered: where it stands, expected and found."""

import pytest

from tests.support.http_api import ENTITY

ORDER = {"customer": "ext:M1", "plan": "team", "start_on": "2013-01-05", "external_id": "S1"}
PRICE = {"code": "p2", "product": "seat", "currency": "EUR", "kind": "advance"}
OPEN = {"up_to": None, "unit_amount": "0.50"}


def tiered(*bounds: str | None) -> dict:
    tiers = [{"up_to": bound, "unit_amount": "1.00"} for bound in bounds]
    return {**PRICE, "model": {"model": "graduated", "tiers": tiers}}


def per_unit(amount: str, **more) -> dict:
    return {**PRICE, "model": {"model": "per_unit", "amount": amount}, **more}


@pytest.fixture
def shop(call):
    call.shop()
    call.made("POST", "/v1/subscriptions", ORDER)
    return call


NONSENSE = [
    ("tiers that overlap", "prices", tiered("10", "10", None), "up_to", "above 10", "10"),
    ("tiers that go back", "prices", tiered("10", "5", None), "up_to", "above 10", "5"),
    ("a hole at the top", "prices", tiered("10", "20"), "tiers", "open", ""),
    ("a tier from zero", "prices", tiered("0", None), "up_to", "above 0", "0"),
    ("an end in the middle", "prices", tiered(None, "10", None), "up_to", "only the last", ""),
    ("a negative price", "prices", per_unit("-1.00"), "amount", "0 or more", "-1.00"),
    ("too fine a price", "prices", per_unit("1.0000000000001"), "amount", "12 behind", "1.0"),
    ("an unknown currency", "prices", per_unit("1", currency="XYZ"), "currency", "ISO 4217", "XYZ"),
    ("a product that is none", "prices", per_unit("1", product="x"), "product", "catalog", "x"),
    (
        "a zone that is none",
        "entities",
        {**ENTITY, "code": "de", "time_zone": "Europe/Atlantis"},
        "time_zone",
        "IANA",
        "Europe/Atlantis",
    ),
    (
        "a currency that is none",
        "entities",
        {**ENTITY, "code": "de", "currency": "eur"},
        "currency",
        "ISO 4217",
        "eur",
    ),
    (
        "two anchors",
        "subscriptions",
        {**ORDER, "external_id": "S2", "anchor_on": "2013-01-20", "billing": "calendar"},
        "anchor_on",
        "either a day or billing",
        "2013-01-20",
    ),
    (
        "a change before the start",
        "subscriptions/ext:S1/quantity",
        {"component": "seats", "quantity": "2", "effective_on": "2013-01-04"},
        "component",
        "2013-01-04",
        "",
    ),
    (
        "an end before the start",
        "subscriptions/ext:S1/cancel",
        {"effective_on": "2013-01-04"},
        "effective_on",
        "2013-01-05 or later",
        "2013-01-04",
    ),
    (
        "more than all of it",
        "subscriptions/ext:S1/discounts",
        {"effective_on": "2013-01-05", "offer": {"name": "X", "percent": "100.01"}},
        "percent",
        "100",
        "100.01",
    ),
    (
        "a discount that is none",
        "subscriptions/ext:S1/discounts",
        {"effective_on": "2013-01-05", "offer": {"name": "X", "percent": "0"}},
        "percent",
        "more than 0",
        "0",
    ),
    (
        "less than nothing of it",
        "subscriptions/ext:S1/quantity",
        {"component": "seats", "quantity": "-1", "effective_on": "2013-01-06"},
        "quantity",
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
    said = str(problem["errors"])
    assert pointer in said
    assert expected in said + problem["detail"]
    assert found in said + problem["detail"]
