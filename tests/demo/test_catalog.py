import json
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from local.demo import airports, french
from local.demo.flights import SAMPLE, airline_names

DEMO = Path(airports.__file__).parent


@pytest.fixture(scope="module")
def new_york():
    return list(airports.set_up())


@pytest.fixture(scope="module")
def france():
    return list(french.set_up())


def _bodies(requests, noun):
    return [one.body for one in requests if one.path == f"/v1/{noun}"]


def test_new_york_has_16_customers_35_subscriptions_and_one_plan(new_york):
    assert Counter(one.path for one in new_york) == {
        "/v1/meters": 4,
        "/v1/products": 5,
        "/v1/prices": 5,
        "/v1/plans": 1,
        "/v1/customers": 16,
        "/v1/subscriptions": 35,
    }


def test_customers_bear_the_names_of_the_source(new_york):
    named = {one["external_id"]: one["name"] for one in _bodies(new_york, "customers")}
    assert named == airline_names(SAMPLE)


def test_no_mail_can_reach_anybody(new_york, france):
    for body in _bodies([*new_york, *france], "customers"):
        assert body["email"].endswith(".example.test")


def test_a_subscription_of_an_airline(new_york):
    found = {one["external_id"]: one for one in _bodies(new_york, "subscriptions")}
    assert found["UA-EWR"] == {
        "external_id": "UA-EWR",
        "customer": "ext:UA",
        "plan": "terminal",
        "name": "Newark Liberty (EWR)",
        "start_on": "2013-01-01",
        "anchor_on": "2013-01-01",
        "quantities": {},
    }


def test_what_is_written_twice_has_one_idempotency_key(new_york, france):
    requests = [*new_york, *france, *(one.request for one in french.happenings())]
    assert len({one.key for one in requests}) == len(requests)
    assert [one.key for one in airports.set_up()] == [one.key for one in new_york]


@pytest.mark.parametrize("seller", ["new_york", "france"])
def test_everything_named_is_there_before_it_is_named(seller, request):
    there: set[tuple[str, str]] = set()
    for one in request.getfixturevalue(seller):
        body, noun = one.body, one.path.removeprefix("/v1/")
        if noun == "prices":
            assert ("products", body["product"]) in there
            assert body["kind"] != "usage" or ("meters", body["meter"]) in there
        if noun == "plans":
            assert {("prices", part["price"]) for part in body["components"]} <= there
        if noun == "subscriptions":
            assert ("customers", body["customer"].removeprefix("ext:")) in there
            assert ("plans", body["plan"]) in there
        there.add((noun, body.get("code") or body["external_id"]))


def test_the_tariff_has_15_runway_prices_between_35_and_95(new_york):
    runway = next(one for one in _bodies(new_york, "prices") if one["code"] == "runway")["model"]
    assert runway["dimensions"] == ["airport", "band"]
    amounts = [Decimal(cell["amount"]) for cell in runway["cells"]]
    assert len(amounts) == 15
    assert (min(amounts), max(amounts)) == (Decimal("35.00"), Decimal("95.00"))
    assert {"values": ["JFK", "16-19"], "amount": "95.00"} in runway["cells"]
    assert runway["default"] == "40.00"


def test_peak_hours_are_dearer_at_every_airport():
    for bands in json.loads((DEMO / "tariff.json").read_text())["runway"].values():
        peak = min(Decimal(bands[name]) for name in ("07-09", "16-19"))
        assert all(Decimal(bands[name]) < peak for name in ("05-06", "10-15", "20-23"))


def test_numbers_go_as_decimal_strings(new_york, france):
    """A JSON number where money or a quantity is meant would be refused."""
    requests = [*new_york, *france, *(one.request for one in french.happenings())]
    for one in requests:
        numbers = json.loads(json.dumps(one.body), parse_float=_refuse)
        assert numbers == one.body


def _refuse(text):
    raise AssertionError(f"a float: {text}")


def test_france_has_two_customers_with_three_subscriptions_each(france):
    assert len(_bodies(france, "customers")) == 2
    starts = {one["external_id"]: one["start_on"] for one in _bodies(france, "subscriptions")}
    assert starts == {
        "MARTIN-GAZ": "2013-01-01",
        "MARTIN-CAISSE": "2013-01-01",
        "MARTIN-SONDES": "2013-01-01",
        "DURAND-GAZ": "2013-01-01",
        "DURAND-PLANNING": "2013-01-07",
        "DURAND-MACHINES": "2013-01-01",
    }


def test_gas_is_3_20_per_cubic_metre(france):
    gas = next(one for one in _bodies(france, "prices") if one["code"] == "gas")
    assert gas["model"] == {"model": "per_unit", "amount": "3.20"}
    assert next(one for one in _bodies(france, "products") if one["code"] == "gas")["unit"] == "MTQ"


def test_changes_of_the_demo_range_in_order():
    found = [
        (str(one.on), one.request.path.removeprefix("/v1/subscriptions/ext:"))
        for one in french.happenings()
        if str(one.on) < "2013-03-20"
    ]
    assert found == [
        ("2013-01-15", "MARTIN-SONDES/items"),
        ("2013-01-16", "MARTIN-CAISSE/quantity"),
        ("2013-01-19", "DURAND-PLANNING/quantity"),
        ("2013-01-21", "DURAND-MACHINES/items"),
        ("2013-02-12", "MARTIN-SONDES/items"),
    ]


def test_readings_are_local_times_sent_as_utc():
    found = {one["id"]: (one["time"], one["data"]["m3"]) for one in french.readings()}
    assert found["MARTIN-GAZ/2013-02-01T00:15"] == ("2013-01-31T23:15:00Z", "2.75")
    assert found["MARTIN-GAZ/2013-03-31T03:30"] == ("2013-03-31T01:30:00Z", "7.4")  # summer time
    assert len(found) == len(french.readings())


SIREN = ["001122332", "004455663", "007788995"]


@pytest.mark.parametrize("siren", SIREN)
def test_sirens_pass_the_check_of_their_last_digit(siren):
    """Luhn: every second digit from the right doubled, digits of the results summed."""
    doubled = [int(digit) * (1 + at % 2) for at, digit in enumerate(reversed(siren))]
    assert sum(sum(map(int, str(number))) for number in doubled) % 10 == 0


def test_french_parties_show_siren_and_vat_id(france):
    parties = [french.SELLER, *_bodies(france, "customers")]
    shown = {one["registration"]["siren"]: one["registration"]["vat_id"] for one in parties}
    assert shown == {
        "001122332": "FR41001122332",
        "004455663": "FR13004455663",
        "007788995": "FR85007788995",
    }
