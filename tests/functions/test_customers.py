"""A customer changes as his caller saw him; one who has moved is shown as he is now."""

import pytest

from tests.support.http_api import CUSTOMER, ENTITY

PATH = "/v1/customers/ext:M1"


@pytest.fixture
def martin(call):
    call.made("POST", "/v1/entities", ENTITY)
    call.made("POST", "/v1/customers", {**CUSTOMER, "metadata": {"crm": "1", "tier": "gold"}})
    return call


def test_what_is_left_out_stays(martin) -> None:
    before = martin("GET", PATH)[1]
    change = {"name": "Martin SARL", "terms_days": 14, "metadata": {"crm": "2", "tier": None}}
    status, after, headers = martin("PATCH", PATH, change)
    assert (status, headers["ETag"]) == (200, '"2"')
    moved = {name for name in after if after[name] != before[name]}
    assert moved == {"name", "terms_days", "metadata", "version"}
    assert (after["terms_days"], after["metadata"]) == (14, {"crm": "2"})
    assert martin("GET", PATH)[1] == after
    assert martin("PATCH", PATH, {"terms_days": None})[1]["terms_days"] is None
    held = {"collection_held_until": "2013-03-01"}
    assert martin("PATCH", PATH, held)[1].items() >= held.items()
    assert martin("PATCH", PATH, dict.fromkeys(held))[1].items() >= dict.fromkeys(held).items()


@pytest.mark.parametrize("how", ["header", "body"])
def test_a_change_for_another_version_is_refused_with_the_present_one(martin, how) -> None:
    tag = martin("GET", PATH)[2]["ETag"]
    martin.made("PATCH", PATH, {"name": "B"}, if_match=tag)
    before = dict(martin.model.items)
    if how == "header":
        status, found, _ = martin("PATCH", PATH, {"name": "C"}, if_match=tag)
    else:
        status, found, _ = martin("PATCH", PATH, {"name": "C", "version": 1})
    assert (status, found["code"]) == (412, "stale_version")
    assert (found["current"]["name"], found["current"]["version"]) == ("B", 2)
    assert martin.model.items == before


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        ({"name": ""}, {}, 422),
        ({"name": 5}, {}, 422),
        ({"entity": "us"}, {}, 422),
        ({"invoice_day": 3}, {}, 422),
        ({"terms_days": 14.5}, {}, 422),
        ({"collection_held_until": "soon"}, {}, 422),
        ({"terms_days": True}, {}, 422),
        ({"metadata": {f"k{number}": "v" for number in range(49)}}, {}, 422),
        ({"metadata": {"a": 1.0}}, {}, 422),
        ({"name": "X"}, {"if_match": "yesterday"}, 422),
        ({"name": "X"}, {"if_match": "9" * 30}, 422),
        ([], {}, 422),
    ],
)
def test_a_change_that_makes_no_sense_changes_nothing(martin, body, headers, status) -> None:
    before = dict(martin.model.items)
    found = martin("PATCH", PATH, body, **headers)
    assert (found[0], found[1]["code"]) == (status, "invalid")
    assert martin.model.items == before


@pytest.mark.parametrize(
    "reference", ["ext:", "ext:none", "ext:" + "x" * 3000, "cus_x", "cus_" + "0" * 26, "%00"]
)
def test_who_is_not_there(martin, reference) -> None:
    assert martin("GET", f"/v1/customers/{reference}")[0] == 404
    assert martin("PATCH", f"/v1/customers/{reference}", {"name": "X"})[0] == 404


def test_the_list_can_begin_at_an_instant(martin) -> None:
    def found(since: str) -> int:
        return len(martin("GET", "/v1/customers", query={"created_at[gte]": since})[1]["data"])

    assert (found("2013-01-10T12:00:00Z"), found("2013-01-10T13:00:01+01:00")) == (1, 0)
