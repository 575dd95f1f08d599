"""Late charges over HTTP: who owes none, and at which rate others do."""

import pytest

from tests.support.http_api import ADDRESS, ENTITY
from tests.support.late_owed import SIREN, bought, charges, refused
from tests.support.lived import Lived
from tests.support.proved import proved


def test_a_consumer_owes_nothing(lived: Lived) -> None:
    """He was one when the invoice was issued; that he is a business today changes nothing."""
    lived.at("2026-05-01")
    lived.sells("team", "1200.00", unit="year")
    lived.subscribes(start_on="2026-05-01")
    lived.bills("2026-05-01")
    lived.at("2026-06-10")
    body = {"business": True, "evidence": {"siren": SIREN}, "since": "2026-06-01"}
    lived.call.made("POST", "/v1/customers/ext:M1/tax-facts", body)
    status, _, said = refused(lived, {})
    assert (status, said) == (
        422,
        "customer: expected a business on the invoice, found a consumer",
    )


def test_a_public_body_owes_eight_points_above_the_rate(lived: Lived) -> None:
    """1,200.00 × 10.15 % × 10/365 = 3.3369…"""
    lived.at("2026-05-01")
    evidence = {"public_body": "Ville de Nîmes"}
    body = {"business": True, "evidence": evidence, "since": "2026-01-01"}
    lived.call.made("POST", "/v1/customers/ext:M1/tax-facts", body)
    lived.sells("team", "1200.00", unit="year")
    lived.subscribes(start_on="2026-05-01")
    lived.bills("2026-05-01")
    lived.at("2026-06-10")
    made = charges(lived, "a")[1]
    assert (made["interest"], made["document"]["lines"][0]["percent"]) == (3_34, "10.15")


def test_an_agreed_rate_stands_on_the_invoice_and_counts_for_it_whatever_is_agreed_later(
    lived: Lived,
) -> None:
    """1,200.00 × 12 % × 10/365 = 3.9452…, and at the later 15 % nothing of it."""
    lived.at("2026-05-01")
    seller = {**ENTITY, "time_zone": "UTC", "tax_regime": "none"}
    told = {**seller, "version": 2, "late_percent": "12.0"}
    assert lived.call.made("POST", "/v1/entities", told)["late_percent"] == "12"
    body = {"business": True, "evidence": {"siren": SIREN}, "since": "2026-01-01"}
    lived.call.made("POST", "/v1/customers/ext:M1/tax-facts", body)
    lived.sells("team", "1200.00", unit="year")
    lived.subscribes(start_on="2026-05-01")
    lived.bills("2026-05-01")
    document = lived.call("GET", f"/v1/invoices/{bought(lived)}")[1]["document"]
    assert {"code": "late_penalty_agreed", "percent": "12"} in document["mentions"]
    told = {**seller, "version": 3, "late_percent": "15"}
    lived.call.made("POST", "/v1/entities", told)
    lived.at("2026-06-10")
    made = charges(lived, "a")[1]
    assert (made["interest"], made["document"]["late"]["rates"]) == (3_95, [{"agreed": "12"}])
    proved(lived)


@pytest.mark.parametrize(
    "fields",
    [
        {"late_percent": "100.01"},
        {"late_percent": "-1"},
        {"late_percent": 12},
        {"late_percent": "12", "address": {**ADDRESS, "country": "DE"}},
    ],
)
def test_a_rate_that_makes_no_sense_is_refused(call, fields: dict) -> None:
    before = dict(call.model.items)
    status, found, _ = call("POST", "/v1/entities", {**ENTITY, **fields})
    assert (status, found["errors"][0]["pointer"]) == (422, "/late_percent")
    assert call.model.items == before
