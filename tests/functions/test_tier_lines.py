"""Tiers as lines over HTTP: previewed, billed, explained, and refused where there are none."""

import pytest

BANDS = {
    "model": "graduated",
    "tiers": [
        {"up_to": "10", "unit_amount": "10.00", "flat_amount": "0"},
        {"up_to": None, "unit_amount": "8.00", "flat_amount": "0"},
    ],
}


@pytest.fixture
def sold(lived):
    """12 seats: 10 at 10.00 and 2 at 8.00."""
    lived.sells("team", "1", price={"model": BANDS, "tiers": "lines"})
    lived.subscribes("12")
    return lived


def test_each_tier_is_a_line(sold) -> None:
    assert sold.call("GET", "/v1/prices/team")[1]["tiers"] == "lines"
    assert sold.bills("2013-06-01") == ["06-01..06-30 10000", "06-01..06-30 1600"]
    ((first, second),) = [one["lines"] for one in sold.documents.values()]
    assert (first["price"]["part"], second["price"]["part"]) == ("tier-1", "tier-2")
    assert (second["expression"]["quantity"], second["expression"]["price"]) == ("2", "8")
    asked = {"component": "seats", "quantity": "14", "effective_on": "2013-06-16"}
    assert sold.preview("quantity", **asked) == 800  # 2 × 8.00 for 15 of 30 days
    sold.does("quantity", **asked)
    assert sold.bills("2013-06-16") == ["06-16..06-30 800"]
    last = list(sold.documents)[-1]
    told = sold.call("GET", f"/v1/invoices/{last}/lines/1/explanation")[1]
    assert (told["key"]["part"], told["timeline"]["unchanged"]) == ("tier-2", True)
    assert [one["quantity"] for one in told["timeline"]["stretches"]] == ["2", "4"]


REACHED = {**BANDS, "flat_due": "reached"}
SEAT = {"model": "per_unit", "amount": "1.00"}
RAMP = [{"after_months": 1, "model": SEAT}]
REFUSED = [
    ({"model": SEAT}, "/tiers", "found perunit of advance"),
    ({"model": REACHED}, "/tiers", "due when entered, found graduated of advance"),
    ({"model": BANDS, "kind": "cap"}, "/tiers", "found graduated of cap"),
    ({"model": BANDS, "ramp": RAMP}, "/ramp/0/tiers", "found perunit of advance"),
]


@pytest.mark.parametrize(("fields", "pointer", "said"), REFUSED)
def test_lines_of_what_has_no_such_tiers_are_refused(lived, fields, pointer, said) -> None:
    before = dict(lived.call.model.items)
    body = {"code": "p", "product": "service", "currency": "EUR", "kind": "advance"}
    status, found, _ = lived.call("POST", "/v1/prices", {**body, "tiers": "lines", **fields})
    assert (status, found["errors"][0]["pointer"]) == (422, pointer), found
    assert said in found["detail"]
    assert lived.call.model.items == before
