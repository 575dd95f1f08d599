"""Policies of tax over HTTP: per line, at payment, and a seal on a day with another rate."""

import time

import pytest

pytestmark = pytest.mark.cloud

SECONDS = 60


def taxes(document: dict) -> list[tuple[str, int, int]]:
    return [(one["rate"], one["base"], one["tax"]) for one in document["taxes"]]


def again(seller, **fields: str) -> dict:
    """Return the next version of the seller's entity."""
    entity = seller.reads(f"entities/{seller.code}")
    known = {"object", "id", "created_at", "updated_at", "livemode", "metadata"}
    said = {name: value for name, value in entity.items() if name not in known}
    return said | {"version": 2, **fields}


def waits_for(seller, run: dict, *states: str) -> dict:
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        found = seller.reads(f"bill-runs/{run['id']}")
        if found["status"] in states:
            return found
        time.sleep(0.2)
    raise AssertionError(f"expected {states}, found {found}")


def second_attempt(seller) -> dict:
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        runs = seller.reads("bill-runs", limit="100")["data"]
        for one in runs:
            if (one["entity"], one["attempt"]) == (seller.code, 2):
                return one
        time.sleep(0.2)
    raise AssertionError(f"expected a second attempt, found {runs}")


def test_tax_per_line_and_what_no_e_invoice_can_say(opens) -> None:
    """Three lines of 1.13 at 20 %: 0.23 each, 0.69."""
    seller = opens("2027-06-01", tax_regime="FR", tax_level="line")
    for name in ("a", "b", "c"):
        seller.sells(name, "1.13")
    seller.plans("all", "a", "b", "c")
    seller.customer("anna")
    seller.subscribes("anna", "all", "2027-06-01")
    seller.bills("2027-06-01")
    (invoice,) = seller.invoices("anna")
    assert taxes(invoice["document"]) == [("20", 3_39, 69)]
    note = seller.posts("credit-notes", {"invoice": invoice["id"]})
    assert note["total"] == 4_08
    status, told = seller.refused("entities", again(seller, e_invoice="fr-ctc"))
    assert (status, told["errors"][0]["pointer"]) == (422, "/tax_level")


def test_a_rate_at_payment_and_tax_that_waits_for_it(opens) -> None:
    """31.00 from 15 June, billed on 1 July: 21 % by a law of that day. 37.51 are paid in two."""
    seller = opens("2027-06-15", tax_regime="FR", services_due="payment")
    law = [
        {"since": "2020-01-01", "percent": "20", "source": "law of 2019"},
        {"since": "2027-07-01", "percent": "21", "source": "law of 2026", "mode": "at_payment"},
    ]
    regime = {"code": seller.named("law"), "version": 1, "classes": {"standard": law}}
    seller.posts("tax-regimes", regime)
    seller.posts("entities", again(seller, tax_regime=regime["code"]))
    seller.sells("fee", "31.00", kind="arrears")
    seller.plans("fee", "fee")
    seller.customer("anna")
    seller.subscribes("anna", "fee", "2027-06-01")
    seller.bills("2027-07-01")
    (invoice,) = seller.invoices("anna")
    assert taxes(invoice["document"]) == [("21", 31_00, 6_51)]
    assert invoice["document"]["lines"][0]["tax"]["due"] == {"at": "payment"}
    seller.pays(invoice, 20_00)
    seller.at("2027-08-01")
    assert balances(seller, "2027-07") == {
        "411": 17_51,
        "44574": -3_04,  # 6.51 × 20.00 ÷ 37.51 = 3.471…
        "4457": -3_47,
        "512": 20_00,
        "706": -31_00,
    }


def balances(seller, month: str) -> dict[str, int]:
    """Close a month, and return what each account carries out."""
    seller.rates()
    asked = seller.posts("closes", {"entity": seller.code, "month": month})
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        close = seller.reads(f"closes/{asked['id']}")
        if close["status"] == "closed":
            return {one["account"]: one["closing"] for one in close["balances"]}
        time.sleep(0.2)
    raise AssertionError(f"expected it closed, found {close}")


def test_a_newer_rate_of_exchange_wants_a_new_plan_and_a_new_approval(opens) -> None:
    """200.00 crowns of tax: 20.00 at 10 a euro, as planned; 16.00 at 12.5, as sealed."""
    seller = opens("2027-06-01", tax_regime="FR", approval="person")
    rate = {"base": "EUR", "currency": "SEK", "source": "ECB"}
    seller.posts("exchange-rates", rate | {"on": "2027-06-01", "rate": "10"})
    seller.sells("seat", "1000.00", currency="SEK")
    seller.plans("seat", "seat")
    seller.customer("anna")
    seller.subscribes("anna", "seat", "2027-06-01")
    seller.rates()
    first = seller.posts("bill-runs", {"entity": seller.code})
    run = waits_for(seller, first, "planned")
    seller.at("2027-06-02")
    seller.posts("exchange-rates", rate | {"on": "2027-06-02", "rate": "12.5"})
    seller.posts(f"bill-runs/{run['id']}/approve", {"plan_digest": run["plan_digest"]})
    refused = waits_for(seller, run, "cancelled")
    assert refused["refused"] == (
        "exchange rate of SEK: planned 10 of 2027-06-01, found 12.5 of 2027-06-02 on 2027-06-02"
    )
    run = waits_for(seller, second_attempt(seller), "planned")
    seller.posts(f"bill-runs/{run['id']}/approve", {"plan_digest": run["plan_digest"]})
    assert waits_for(seller, run, "closed")["ranges"][0]["issued_on"] == "2027-06-02"
    (invoice,) = seller.invoices("anna")
    booked = invoice["document"]["accounting"]
    assert (booked["tax"], booked["rate"]) == (16_00, "12.5")
