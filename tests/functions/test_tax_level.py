"""Where tax is rounded, by the API: per line in preview, bill, note and proof, or refused."""

import pytest

from solde.runtime import bill_run
from solde.storage.audit import AuditTable
from solde.workflows.verify.verify import verify
from tests.support.http_api import CUSTOMER, ENTITY, NOW

ORDER = {"customer": "ext:M1", "plan": "all", "start_on": "2013-01-01", "external_id": "S1"}


def sold(call, currency: str = "EUR", **entity: str) -> None:
    """Offer three parts of 1.13 each."""
    call.made("POST", "/v1/entities", {**ENTITY, **entity})
    call.made("POST", "/v1/products", {"code": "seat", "name": "Seat"})
    price = {"product": "seat", "currency": currency, "kind": "advance"}
    parts = []
    for name in "abc":
        model = {"model": "per_unit", "amount": "1.13"}
        call.made("POST", "/v1/prices", {**price, "code": name, "model": model})
        parts.append({"code": name, "price": name, "description": name})
    call.made(
        "POST", "/v1/plans", {"code": "all", "name": "All", "unit": "month"} | {"components": parts}
    )
    call.made("POST", "/v1/customers", CUSTOMER)


def test_tax_per_line_is_previewed_billed_given_back_and_proved(call) -> None:
    """1.13 at 19.6 % has 0.22 (0.22148): 0.66, where the sum of 3.39 has 0.66 (0.66444) too."""
    sold(call, tax_level="line")
    assert call("GET", "/v1/entities/fr")[1]["tax_level"] == "line"
    shown = call.made("POST", "/v1/subscriptions/preview", ORDER)["documents"][0]["document"]
    call.made("POST", "/v1/subscriptions", {**ORDER, "quantities": {"a": "5"}})
    call.bills(NOW)
    (row,) = call("GET", "/v1/invoices")[1]["data"]
    document = call("GET", f"/v1/invoices/{row['id']}")[1]["document"]
    assert [one["tax_level"] for one in (shown, document)] == ["line", "line"]
    # 5.65 × 0.196 = 1.1074; with twice 0.22 it is 1.55. The sum of 7.91 would have 1.5504.
    assert [line["tax"]["amount"] for line in document["lines"]] == [1_11, 22, 22]
    assert document["taxes"][0]["tax"] == 1_55
    body = {"invoice": row["id"], "reason": "Sorry"}
    note = call.made("POST", "/v1/credit-notes", body, idempotency_key="n")
    assert note["total"] == 9_46  # 7.91 + 1.55
    wrong = verify(NOW, AuditTable(call.model), bill_run.context())
    assert {one.code for one in wrong if one.violations} <= {"I22"}


@pytest.mark.parametrize(
    ("fields", "pointer"),
    [
        ({"tax_level": "line", "e_invoice": "fr-ctc"}, "/tax_level"),
        ({"currency": "KWD", "e_invoice": "peppol"}, "/currency"),
        ({"tax_level": "invoice"}, "/tax_level"),
        ({"e_invoice": "ubl"}, "/e_invoice"),
    ],
)
def test_what_no_e_invoice_can_say_is_refused_of_an_entity(call, fields, pointer) -> None:
    before = dict(call.model.items)
    status, found, _ = call("POST", "/v1/entities", {**ENTITY, **fields})
    assert (status, found["errors"][0]["pointer"]) == (422, pointer)
    assert call.model.items == before


def test_a_customer_in_dinars_is_refused_by_a_seller_of_e_invoices(call) -> None:
    sold(call, "KWD", e_invoice="en16931", tax_regime="none")
    for path in ("/v1/subscriptions/preview", "/v1/subscriptions"):
        status, found, _ = call("POST", path, ORDER)
        assert (status, found["errors"][0]["pointer"]) == (422, "/plan"), found
        assert "found KWD with 3" in found["detail"]
