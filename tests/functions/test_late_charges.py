"""Late charges over HTTP: previewed, charged, paid, never twice."""

import pytest

from solde.storage.find import find_invoice
from solde.workflows.bill_now import Also, issue_single
from solde.workflows.late_charges import Asked, charge_late, plan_late
from tests.support.deposits import explained
from tests.support.late_owed import SIREN, bought, charges, late_context, pays, refused, told
from tests.support.lived import Lived
from tests.support.proved import balances, proved

HALF = {"from_on": "2026-07-01", "percent": "2.40", "source": "figures for the test"}


@pytest.fixture
def shop(lived: Lived) -> Lived:
    """1,200.00 without tax are billed to a business on 1 May 2026, due on 31 May."""
    lived.at("2026-05-01")
    body = {"business": True, "evidence": {"siren": SIREN}, "since": "2026-01-01"}
    lived.call.made("POST", "/v1/customers/ext:M1/tax-facts", body)
    lived.sells("team", "1200.00", unit="year")
    lived.subscribes(start_on="2026-05-01")
    assert lived.bills("2026-05-01") == ["05-01..04-30 120000"]
    return lived


def test_interest_by_half_year_and_forty_euros_on_a_document_of_its_own(shop) -> None:
    """30 days at 12.15 % are 11.9835…, 46 at 12.40 % are 18.7528…: 30.74 and 40.00."""
    shop.call.made("POST", "/v1/reference-rates", HALF)
    pays(shop, bought(shop), "2026-08-15", 1_200_00)
    shop.at("2026-08-20")
    path = f"/v1/invoices/{bought(shop)}/late-charges"
    shown = shop.call("POST", f"{path}/preview", {})[1]
    assert (shown["total"], shown["documents"][0]["number"]) == (70_74, None)
    status, made = charges(shop, "a")
    assert status == 201, made
    assert (made["object"], made["number"], made["status"]) == (
        "late_charge",
        "FR-LC-2026-000001",
        "open",
    )
    assert (made["interest"], made["fee"], made["total"]) == (30_74, 40_00, 70_74)
    assert (made["through"], made["due_on"]) == ("2026-08-15", "2026-08-20")
    lines = made["document"]["lines"]
    assert [(one["days"], one["percent"], one["owed"]) for one in lines[:2]] == [
        (30, "12.15", 1_200_00),
        (46, "12.4", 1_200_00),
    ]
    explained(shop, made, "interest", "recovery_fee")
    assert balances(shop)["7631"] == -70_74
    assert balances(shop)["411"] == 70_74
    proved(shop)
    pays(shop, made["id"], "2026-08-21", 70_74, "pi_2")
    assert shop.call("GET", f"/v1/invoices/{made['id']}")[1]["status"] == "paid"
    proved(shop)


def test_partial_payments_and_a_second_charge_that_takes_the_first_off(shop) -> None:
    """
    700.00 come on 15 June, and on 30 June all is charged so far.

    1,200.00 × 15 days are 5.9917…, 500.00 × 15 days 2.4965…: 8.49. 500.00 × 46 days at 12.40 % are
    7.8136…: 16.3019… in all, so 7.81 more, and no second fee.
    """
    shop.call.made("POST", "/v1/reference-rates", HALF)
    pays(shop, bought(shop), "2026-06-15", 700_00)
    shop.at("2026-07-02")
    made = charges(shop, "a", through="2026-06-30")[1]
    assert (made["interest"], made["fee"]) == (8_49, 40_00)
    assert shop.call("GET", f"/v1/invoices/{bought(shop)}")[1]["late_charged_through"] == (
        "2026-06-30"
    )
    pays(shop, bought(shop), "2026-08-15", 500_00, "pi_2")
    shop.at("2026-08-20")
    rest = charges(shop, "b")[1]
    assert (rest["interest"], rest["fee"], rest["total"]) == (7_81, 0, 7_81)
    assert rest["document"]["lines"][-1]["document"]["number"] == made["number"]
    explained(shop, rest, "interest", "charged_before")
    path = f"/v1/invoices/{bought(shop)}/late-charges"
    listed = shop.call("GET", path)[1]["data"]
    assert [one["number"] for one in listed] == ["FR-LC-2026-000001", "FR-LC-2026-000002"]
    status, found = charges(shop, "c")
    assert (status, found["code"]) == (409, "state_conflict")
    assert "after 2026-08-15, up to which all is charged, found 2026-08-15" in found["detail"]
    proved(shop)


def test_a_request_that_is_sent_again_charges_once(shop) -> None:
    shop.at("2026-06-11")
    made = charges(shop, "a")[1]
    for key in [key for key in shop.call.model.items if key.pk.startswith("ID#")]:
        del shop.call.model.items[key]
    assert charges(shop, "a") == (201, made)
    assert len(shop.call("GET", f"/v1/invoices/{bought(shop)}/late-charges")[1]["data"]) == 1
    assert shop.call("POST", f"/v1/invoices/{bought(shop)}/late-charges", {})[0] == 400


@pytest.mark.parametrize(
    ("today", "body", "status", "said"),
    [
        ("2026-05-31", {}, 409, "expected a day after 2026-05-31 on which something was open"),
        ("2026-05-10", {}, 409, "found none by 2026-05-10"),
        ("2026-06-10", {"through": "2026-05-31"}, 409, "found none by 2026-05-31"),
        ("2026-06-10", {"through": "2026-06-11"}, 422, "expected 2026-06-10 or before"),
        ("2026-06-10", {"through": "soon"}, 422, "through"),
        ("2026-06-10", {"days": 3}, 422, "days"),
    ],
)
def test_what_is_not_late_yet_or_no_day_is_refused(shop, today, body, status, said) -> None:
    shop.at(today)
    found = refused(shop, body)
    assert (found[0], said in found[2]) == (status, True), found


def test_a_half_year_without_a_rate_is_named(shop) -> None:
    shop.at("2026-07-01")
    status, code, said = refused(shop, {})
    assert (status, code) == (409, "no_reference_rate")
    assert "the half-year from 2026-07-01" in said
    assert charges(shop, "a", through="2026-06-30")[0] == 201


def test_late_charges_and_credit_notes_bear_none_and_ids_of_nothing_are_said(shop) -> None:
    shop.at("2026-06-10")
    made = charges(shop, "a")[1]
    body = {"invoice": bought(shop), "amount": 1_00}
    note = shop.call.made("POST", "/v1/credit-notes", body, idempotency_key="n")
    shop.at("2026-06-20")
    for kind, identity in (("late_charge", made["id"]), ("credit_note", note["id"])):
        assert refused(shop, {}, identity)[::2] == (
            422,
            f"invoice: expected an invoice, found {kind}",
        )
    assert refused(shop, {}, "inv_x")[0] == 404
    body = {"invoice": made["id"]}
    status, found, _ = shop.call("POST", "/v1/credit-notes", body, idempotency_key="m")
    assert (status, "this is late charges id" in found["detail"]) == (404, True)
    body = {"type": "credit", "invoice": made["id"], "line": 1, "amount": 1, "reason": "x"}
    status, found, _ = shop.call("POST", "/v1/adjustments", body, idempotency_key="o")
    assert (status, found["detail"]) == (422, "invoice: expected an invoice, found a late_charge")
    assert shop.call("GET", f"/v1/invoices/{made['id']}/lines/1/explanation")[0] == 404


def test_a_credit_note_and_a_dispute_change_what_bears_interest(shop) -> None:
    """
    200.00 are given back on 10 June, 1,000.00 paid on the 20th and charged back on the 25th.

    10 days of 1,200.00, 10 of 1,000.00, none for 5, then 5 of 1,000.00, at 12.15 %:
    3.9945… + 3.3287… + 1.6643… = 8.9876…
    """
    shop.at("2026-06-10")
    body = {"invoice": bought(shop), "amount": 200_00}
    shop.call.made("POST", "/v1/credit-notes", body, idempotency_key="n")
    pays(shop, bought(shop), "2026-06-20", 1_000_00)
    shop.at("2026-06-25")
    dispute = {"id": "dp_1", "payment_intent": "pi_1", "amount": 1_000_00, "currency": "eur"}
    told(shop, "charge.dispute.funds_withdrawn", "evt_d", dispute | {"balance_transactions": []})
    shop.at("2026-06-30")
    made = charges(shop, "a")[1]
    rows = [(one["days"], one["owed"]) for one in made["document"]["lines"][:-1]]
    assert rows == [(10, 1_200_00), (10, 1_000_00), (5, 1_000_00)]
    assert made["interest"] == 8_99
    proved(shop)


def test_who_may_only_read_may_preview(shop) -> None:
    shop.at("2026-06-10")
    key = shop.call.key("invoices:read")
    path = f"/v1/invoices/{bought(shop)}/late-charges"
    assert shop.call("POST", f"{path}/preview", {}, key=key)[0] == 200
    assert shop.call("POST", path, {}, key=key, idempotency_key="k")[0] == 403


def test_they_stand_on_statement_and_list_and_are_written_off_like_invoices(shop) -> None:
    """10 days of 1,200.00 are 3.9945…: 43.99 with the fee."""
    shop.at("2026-06-10")
    made = charges(shop, "a")[1]
    rows = shop.call("GET", "/v1/invoices", query={"customer": "ext:M1"})[1]["data"]
    assert [one["object"] for one in rows] == ["late_charge", "invoice"]
    query = {"from": "2026-06-01", "to": "2026-06-30", "currency": "EUR"}
    found = shop.call("GET", "/v1/customers/ext:M1/statement", query=query)[1]
    assert [(one["kind"], one["amount"]) for one in found["rows"]] == [("late_charge", 43_99)]
    assert found["ageing"]["not_due"] == 43_99
    path = f"/v1/invoices/{made['id']}/write-off"
    lost = shop.call.made("POST", path, {"stage": "lost"}, idempotency_key="w")
    assert (lost["status"], balances(shop)["654"]) == ("uncollectible", 43_99)
    proved(shop)


def test_a_payment_that_comes_between_reading_and_writing_is_not_overlooked(shop) -> None:
    """
    1,200.00 for 10 days are planned, then 700.00 of the 9th come: the plan is void.

    1,200.00 for 9 days are 3.5950…, 500.00 for one 0.1664…: 3.76.
    """
    shop.at("2026-06-10")
    context, header = late_context(), find_invoice(shop.call.model, bought(shop))
    plan = plan_late(header, Asked("r"), shop.now, context)
    pays(shop, bought(shop), "2026-06-09", 700_00)
    shop.at("2026-06-10")
    also = Also(late=plan.mark)
    assert (
        issue_single([plan.draft], plan.entity, at=shop.now, context=context.now, also=also) == ()
    )
    assert charge_late(header, Asked("r"), shop.now, context).late.interest == 3_76
