"""The catalog by the API: what was made is what is read and listed, field by field."""

import pytest

from tests.support.http_api import ENTITY, KEY

TIERS = [{"up_to": "10", "unit_amount": "2"}, {"up_to": None, "unit_amount": "1.5"}]
PRICE = {"product": "gas", "currency": "EUR", "kind": "usage", "meter": "m3"}
THINGS = [
    ("entities", ENTITY),
    ("products", {"code": "gas", "name": "Gas", "unit": "MTQ", "metadata": {"erp": "G7"}}),
    (
        "meters",
        {
            "code": "m3",
            "event_type": "read",
            "aggregation": "sum",
            "value": "m3",
            "filters": {"valid": "yes"},
            "dimensions": ["site"],
        },
    ),
    ("prices", {"code": "tiers", **PRICE, "model": {"model": "graduated", "tiers": TIERS}}),
    (
        "plans",
        {
            "code": "gas",
            "name": "Gas",
            "unit": "month",
            "count": 3,
            "components": [{"code": "gas", "price": "tiers", "description": "Gas"}],
        },
    ),
]


@pytest.fixture
def stocked(call):
    for noun, body in THINGS:
        call.made("POST", f"/v1/{noun}", body)
    return call


@pytest.mark.parametrize(("noun", "body"), THINGS, ids=[noun for noun, _ in THINGS])
def test_what_was_made_is_read_and_listed(stocked, noun: str, body: dict) -> None:
    status, found, _ = stocked("GET", f"/v1/{noun}/{body['code']}")
    assert status == 200
    listed = stocked("GET", f"/v1/{noun}")[1]
    assert (listed["object"], listed["data"], listed["has_more"]) == ("list", [found], False)
    for name in body.keys() - {"model", "components"}:
        assert found[name] == body[name], name
    assert {"id", "object", "created_at", "updated_at", "livemode", "metadata"} <= found.keys()
    assert (found["created_at"], found["livemode"]) == ("2013-01-10T12:00:00Z", False)


def test_every_field_that_can_be_given_is_shown(stocked) -> None:
    from functions.catalog import models  # noqa: PLC0415 - after the stage is set

    made = {
        "entities": models.NewEntity,
        "products": models.NewProduct,
        "meters": models.NewMeter,
        "prices": models.NewPrice,
        "plans": models.NewPlan,
    }
    for noun, body in THINGS:
        found = stocked("GET", f"/v1/{noun}/{body['code']}")[1]
        assert set(made[noun].model_fields) - found.keys() == set(), noun


def test_a_list_is_given_in_pages_by_code(stocked) -> None:
    for code in ("b", "a", "c"):
        stocked.made("POST", "/v1/products", {"code": code, "name": code})
    first = stocked("GET", "/v1/products", query={"limit": "2"})[1]
    assert ([one["code"] for one in first["data"]], first["has_more"]) == (["a", "b"], True)
    query = {"limit": "2", "cursor": first["next_cursor"]}
    second = stocked("GET", "/v1/products", query=query)[1]
    assert [one["code"] for one in second["data"]] == ["c", "gas"]
    assert (second["has_more"], second["next_cursor"]) == (False, None)


def test_made_again_with_the_same_content_it_stays_as_it_was(stocked) -> None:
    noun, body = THINGS[1]
    again = {**body, "metadata": {"erp": "other"}}
    assert stocked.made("POST", f"/v1/{noun}", again)["metadata"] == {"erp": "G7"}
    status, found, _ = stocked("POST", f"/v1/{noun}", {**body, "name": "Other"})
    assert (status, found["code"]) == (409, "state_conflict")


@pytest.mark.parametrize("code", ["none", "x" * 2000, "gas%00"])
def test_a_code_that_is_not_there(stocked, code: str) -> None:
    for noun, _ in THINGS:
        assert stocked("GET", f"/v1/{noun}/{code}", key=KEY)[0] == 404


@pytest.mark.parametrize(
    "metadata",
    [
        {"a": 1},
        {"a": "x" * 501},
        {"a b": "x"},
        {f"k{number}": "v" for number in range(51)},
        ["a"],
        {"a": {"b": "c"}},
        {"a": None},
    ],
)
def test_metadata_are_few_short_texts(call, metadata) -> None:
    before = dict(call.model.items)
    body = {"code": "p", "name": "P", "metadata": metadata}
    assert call("POST", "/v1/products", body)[0] == 422
    assert call.model.items == before
