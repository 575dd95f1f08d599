"""Reference rates by the API: shipped ones, those that are added, and none that contradicts."""

import pytest

PATH = "/v1/reference-rates"
RATE = {"from_on": "2026-07-01", "percent": "2.40", "source": "figures for the test"}


def listed(call) -> dict[str, str]:
    rows = call("GET", PATH)[1]["data"]
    return {one["id"]: one["percent"] for one in rows}


def test_the_shipped_ones_are_listed_and_the_next_is_added_once(call) -> None:
    assert listed(call)["2013-01-01"] == "0.75"
    assert "2026-07-01" not in listed(call)
    made = call.made("POST", PATH, RATE)
    assert (made["object"], made["percent"], made["version"]) == ("reference_rate", "2.40", 1)
    assert listed(call)["2026-07-01"] == "2.40"
    assert call.made("POST", PATH, RATE) == made
    assert call("POST", PATH, {**RATE, "percent": "2.4"})[0] == 201  # the same number


@pytest.mark.parametrize("from_on", ["2013-01-01", "2026-07-01"])
def test_what_is_known_is_never_another(call, from_on: str) -> None:
    call.made("POST", PATH, RATE)
    before = dict(call.model.items)
    status, found, _ = call("POST", PATH, {**RATE, "from_on": from_on, "percent": "3"})
    assert (status, found["errors"][0]["pointer"]) == (409, "/percent")
    assert call.model.items == before


@pytest.mark.parametrize(
    ("fields", "pointer"),
    [
        ({"from_on": "2026-07-02"}, "/from_on"),
        ({"from_on": "2026-13-01"}, "/from_on"),
        ({"percent": "100.1"}, "/percent"),
        ({"percent": "-1"}, "/percent"),
        ({"percent": 2.4}, "/percent"),
        ({"source": ""}, "/source"),
    ],
)
def test_nonsense_is_refused(call, fields: dict, pointer: str) -> None:
    before = dict(call.model.items)
    status, found, _ = call("POST", PATH, {**RATE, **fields})
    assert (status, found["errors"][0]["pointer"]) == (422, pointer)
    assert call.model.items == before
