"""Late charges waived over HTTP: interest or the fee, never more than is left; the books, too."""

import pytest

from tests.support.deposits import explained
from tests.support.late_owed import SIREN, bought, charges, pays
from tests.support.lived import Lived
from tests.support.proved import balances, proved


@pytest.fixture
def charged(lived: Lived) -> tuple[Lived, dict]:
    """1,200.00 are 10 days late on 10 June: 3.99 of interest, and 40.00."""
    lived.at("2026-05-01")
    body = {"business": True, "evidence": {"siren": SIREN}, "since": "2026-01-01"}
    lived.call.made("POST", "/v1/customers/ext:M1/tax-facts", body)
    lived.sells("team", "1200.00", unit="year")
    lived.subscribes(start_on="2026-05-01")
    lived.bills("2026-05-01")
    lived.at("2026-06-10")
    return lived, charges(lived, "a")[1]


def waives(shop: Lived, one: dict, key: str, **body) -> tuple[int, dict]:
    path = f"/v1/invoices/{one['id']}/waive"
    return shop.call("POST", path, body, idempotency_key=key)[:2]


def test_the_fee_is_waived_and_the_interest_stays_owed(charged) -> None:
    shop, made = charged
    status, note = waives(shop, made, "w", fee=40_00, reason="First time")
    assert status == 201, note
    assert (note["object"], note["number"], note["total"]) == (
        "late_credit",
        "FR-LN-2026-000001",
        40_00,
    )
    assert (note["settles"], note["credit"]) == ([{"invoice": made["id"], "amount": 40_00}], 0)
    after = shop.call("GET", f"/v1/invoices/{made['id']}")[1]
    assert (after["status"], after["paid"]) == ("partly_paid", 40_00)
    assert (balances(shop)["7631"], balances(shop)["411"]) == (-3_99, 1_200_00 + 3_99)
    explained(shop, note, "waived")
    proved(shop)
    for key in [one for one in shop.call.model.items if one.pk.startswith("ID#")]:
        del shop.call.model.items[key]  # the answer was lost before it was kept
    assert waives(shop, made, "w", fee=40_00, reason="First time")[1]["id"] == note["id"]
    status, found = waives(shop, made, "x", fee=1)
    assert (status, "expected at most 0, which is left of 4000" in found["detail"]) == (422, True)
    # what is waived is not charged again
    shop.at("2026-06-20")
    assert charges(shop, "b")[1]["fee"] == 0
    proved(shop)


def test_what_was_paid_already_is_credit_or_waits_to_be_paid_back(charged) -> None:
    shop, made = charged
    pays(shop, made["id"], "2026-06-11", 43_99)
    _, note = waives(shop, made, "w", interest=3_00)
    assert (note["settles"], note["credit"]) == ([], 3_00)
    _, rest = waives(shop, made, "x", rest="refund")
    assert (rest["total"], rest["credit"]) == (40_99, 40_99)
    rows = shop.call("GET", "/v1/customers/ext:M1/credit")[1]["data"]
    assert sorted((one["source"], one["left"], one["rest"]) for one in rows) == [
        ("credit_note", 3_00, "credit"),
        ("credit_note", 40_99, "refund"),
    ]
    assert balances(shop)["4191"] == -43_99
    status, found = waives(shop, made, "y")
    assert (status, "something left to waive" in found["detail"]) == (422, True)
    proved(shop)


def test_they_stand_on_the_statement_and_in_the_list(charged) -> None:
    shop, made = charged
    waives(shop, made, "w")
    rows = shop.call("GET", "/v1/invoices", query={"customer": "ext:M1"})[1]["data"]
    assert sorted(one["object"] for one in rows) == ["invoice", "late_charge", "late_credit"]
    query = {"from": "2026-06-01", "to": "2026-06-30", "currency": "EUR"}
    found = shop.call("GET", "/v1/customers/ext:M1/statement", query=query)[1]
    assert [(one["kind"], one["amount"]) for one in found["rows"]] == [
        ("late_charge", 43_99),
        ("late_credit", -43_99),
    ]
    assert (found["documents"], found["settlements"]) == (0, 0)


def test_only_late_charges_are_waived_and_a_note_is_none(charged) -> None:
    shop, made = charged
    invoice = {"id": bought(shop)}
    assert waives(shop, invoice, "w")[0] == 422
    _, note = waives(shop, made, "x", interest=1)
    status, found = waives(shop, note, "y")
    assert (status, found["detail"]) == (422, "invoice: expected late charges, found late_credit")
    assert waives(shop, {"id": "lch_x"}, "z")[0] == 404
    path = f"/v1/invoices/{note['id']}"
    for act in ("write-off", "apply-credit"):
        body = {"stage": "lost"} if act == "write-off" else {}
        assert shop.call("POST", f"{path}/{act}", body, idempotency_key=act)[0] == 422
    assert shop.call("GET", f"{path}/lines/1/explanation")[0] == 404


def test_two_at_once_never_waive_more_than_there_is(charged, monkeypatch) -> None:
    """Another note over all is issued when the first has looked at what is left."""
    from solde.storage.late_charges import LateTable  # noqa: PLC0415 - patched here alone

    shop, made = charged
    looked, waived = [], LateTable.waived

    def late(table, header):
        found = waived(table, header)
        looked.append(1)
        if len(looked) == 2:  # the first looks for itself, then for what is left
            assert waives(shop, made, "b")[0] == 201
        return found

    monkeypatch.setattr(LateTable, "waived", late)
    assert waives(shop, made, "a", fee=40_00)[0] == 422
    proved(shop)
