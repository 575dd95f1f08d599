"""What is known of a customer for tax, by the API: proved or refused, dated, frozen when issued."""

import pytest

from tests.support.http_api import NOW

VIES = {"valid": True, "at": "2013-01-09T10:00:00Z", "reference": "WAPI1"}
ABROAD = {
    "since": "2013-01-21",
    "business": True,
    "category": "AE",
    "evidence": {"vat_id": "DE123456788", "vies": VIES},
}
FACTS = "/v1/customers/ext:M1/tax-facts"


def known(call) -> list[dict]:
    return call("GET", "/v1/customers/ext:M1")[1]["tax_facts"]


def test_a_fact_is_added_and_shown_with_its_evidence(call) -> None:
    call.shop()
    assert known(call) == []
    made = call.made("POST", FACTS, ABROAD)
    assert made["version"] == 2
    answer = {"valid": True, "at": "2013-01-09T10:00:00+00:00", "reference": "WAPI1"}
    assert known(call) == [
        {
            **ABROAD,
            "reason": "VATEX-EU-AE",
            "evidence": {"vat_id": "DE123456788", "vies": answer},
        }
    ]
    consumer = {"since": "2013-02-01"}
    call.made("POST", FACTS, consumer)
    assert [one["category"] for one in known(call)] == ["AE", "S"]


def answered(**fields: object) -> dict:
    return {"evidence": {**ABROAD["evidence"], "vies": {**VIES, **fields}}}


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"evidence": {}}, "expected a SIREN, a VAT id that VIES has confirmed"),
        ({"evidence": {"siren": "123456789"}, "category": "S"}, "with their check digit"),
        (answered(valid=False), "expected a SIREN, a VAT id that VIES has confirmed"),
        (answered(at="2013-01-11T00:00:00Z"), "vies: expected an answer that is there"),
        (answered(at="2013-01-09"), "expected an instant with its zone"),
        (answered(at="never"), "expected an instant as text"),
        ({"evidence": {"vat_id": "123"}}, "pattern"),
        ({"category": "E"}, "document that proves category E"),
        ({"category": "X"}, "category"),
        ({"reason": "because"}, "expected a VATEX code"),
        ({"since": "2013-02-30"}, "since"),
    ],
)
def test_what_is_not_proved_is_refused(call, fields: dict, said: str) -> None:
    call.shop()
    before = dict(call.model.items)
    status, found, _ = call("POST", FACTS, {**ABROAD, **fields})
    assert (status, said in str(found)) == (422, True), found
    assert call.model.items == before


def test_it_is_made_for_the_version_that_the_caller_saw(call) -> None:
    call.shop()
    assert call("POST", FACTS, {**ABROAD, "version": 7})[0] == 412
    call.made("POST", FACTS, {**ABROAD, "version": 1})


def test_it_splits_what_is_not_issued_and_stands_on_the_document(call) -> None:
    """31.00 in January: 20 days at 19.6 %, 11 with reverse charge, in preview and bill."""
    call.shop()
    order = {"customer": "ext:M1", "plan": "team", "start_on": "2013-01-01", "external_id": "S1"}
    call.made("POST", FACTS, ABROAD)
    call.made("POST", FACTS, {**ABROAD, "since": "2013-01-10", "category": "S"})
    preview = call.made("POST", "/v1/subscriptions/preview", order)
    call.made("POST", "/v1/subscriptions", order)
    call.bills(NOW)
    (row,) = call("GET", "/v1/invoices")[1]["data"]
    document = call("GET", f"/v1/invoices/{row['id']}")[1]["document"]
    for one in (preview["documents"][0]["document"], document):
        assert one["taxes"] == [
            {"category": "AE", "rate": "0", "base": 11_00, "tax": 0, "reason": "VATEX-EU-AE"},
            {"category": "S", "rate": "19.6", "base": 20_00, "tax": 3_92},
        ]
        codes = [mention["code"] for mention in one["mentions"]]
        assert codes == ["no_discount", "late_penalty", "recovery_fee", "reverse_charge"]
    standing = document["customer"]["standing"]
    assert (standing["since"], standing["category"]) == ("2013-01-10", "S")
    assert document["customer"]["registration"]["vat_id"] == "DE123456788"


def test_a_claim_without_proof_makes_a_consumer(call) -> None:
    call.shop()
    call.made("PATCH", "/v1/customers/ext:M1", {"business": True})
    order = {"customer": "ext:M1", "plan": "team", "start_on": "2013-01-01"}
    preview = call.made("POST", "/v1/subscriptions/preview", order)
    document = preview["documents"][0]["document"]
    assert (document["customer"]["business"], document["mentions"]) == (
        False,
        [{"code": "no_discount"}],
    )
