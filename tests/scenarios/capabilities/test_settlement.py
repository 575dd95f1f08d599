"""What settles invoices: payments, credit notes, credit; and what goes back again."""

import json

import pytest

from local.rest import wait_for_rest
from local.sandbox.stripe_objects import charge, dispute
from tests.support.over_http import Seller

pytestmark = pytest.mark.cloud
REFILL = {"refill": {"below": 40_00, "amount": 50_00}}


def morning(seller: Seller, on: str) -> None:
    """Look at what is overdue, expires and runs low, as the daily schedule does."""
    seller.at(on)
    answer = seller.cloud.client("lambda").invoke(
        FunctionName=seller.cloud.outputs.functions["chase_overdue.chase"],
        Payload=json.dumps({"as_of": seller.now.isoformat()}),
    )
    assert "FunctionError" not in answer, answer["Payload"].read()


def test_credit_notes_payments_and_disputes_settle_and_open_invoices(subscribed) -> None:
    """June: 100.00 are due and 130.00 come; a note of 40.00 is over, so credit is 70.00."""
    seller = subscribed()
    seller.bills("2027-06-01")
    (june,) = seller.invoices("anna")
    payment = seller.pays(june, 130_00)
    note = seller.posts("credit-notes", {"invoice": june["id"], "amount": 40_00})
    assert (note["settles"], note["credit"]) == ([], 40_00)
    anna = f"ext:{seller.named('anna')}"
    lots = seller.reads(f"customers/{anna}/credit")["data"]
    assert sorted((one["source"], one["left"]) for one in lots) == [
        ("credit_note", 40_00),
        ("payment", 30_00),
    ]

    # 10.00 are refunded: the payment's own rest gives them. July then uses 20.00 and 40.00.
    seller.told(payment, "charge.refunded", charge(payment, refunded_minor=10_00))
    assert seller.bills("2027-07-01") == ["seats 2027-07-01..2027-07-31 100.00"]
    july = seller.invoices("anna")[-1]
    totals = july["document"]["totals"]
    assert (totals["prepaid"], totals["due"]) == (60_00, 40_00)
    assert (july["status"], july["paid"]) == ("partly_paid", 60_00)
    assert b"60.00" in seller.paper(july, "html")

    # The bank takes the 120.00 that are left: 20.00 of July, then the 100.00 of June.
    seller.told(payment, "charge.dispute.funds_withdrawn", dispute(payment))
    june, july = (seller.reads(f"invoices/{one['id']}") for one in (june, july))
    assert [(one["status"], one["paid"]) for one in (june, july)] == [
        ("open", 0),
        ("partly_paid", 40_00),
    ]
    seller.told(payment, "charge.dispute.funds_reinstated", dispute(payment))
    assert [seller.reads(f"invoices/{one['id']}")["paid"] for one in (june, july)] == [
        100_00,
        60_00,
    ]


def test_a_lost_invoice_is_paid_after_all(subscribed) -> None:
    """100.00 and 20.00 of tax are lost; 60.00 come, so 60.00 stay lost."""
    seller = subscribed(tax_regime="FR")
    seller.bills("2027-06-01")
    (june,) = seller.invoices("anna")
    path = f"invoices/{june['id']}/write-off"
    assert seller.posts(path, {"stage": "doubtful"})["doubtful"] == 120_00
    seller.at("2027-12-01")
    lost = seller.posts(path, {"stage": "lost", "duplicate_sent_on": "2027-11-30"})
    assert (lost["status"], lost["lost"]) == ("uncollectible", 120_00)
    assert seller.refused(path, {"stage": "lost"})[0] == 409
    seller.pays(june, 60_00)
    after = seller.reads(f"invoices/{june['id']}")
    assert (after["status"], after["paid"], after["lost"]) == ("uncollectible", 60_00, 60_00)


def test_credit_settles_an_invoice_that_is_open_already(subscribed) -> None:
    """June and a device are billed; 130.00 come for June: 30.00 are over, and settle the device."""
    seller = subscribed()
    seller.bills("2027-06-01")
    (june,) = seller.invoices("anna")
    line = {"product": seller.named("seats"), "description": "Device", "unit_amount": "50.00"}
    body = {"customer": f"ext:{seller.named('anna')}", "lines": [line]}
    (device,) = seller.posts("invoices", body)["data"]
    seller.pays(june, 130_00)
    found = seller.posts(f"invoices/{device['id']}/apply-credit", {})
    assert (found["status"], found["paid"]) == ("partly_paid", 30_00)
    status, problem = seller.refused(f"invoices/{device['id']}/apply-credit", {"amount": 1})
    assert (status, problem["code"]) == (409, "state_conflict")


def test_a_refund_that_starts_here_is_sent_once_and_booked_when_it_is_told(subscribed) -> None:
    """130.00 come for June: 30.00 are over; 20.00 of them are paid back through Stripe."""
    seller = subscribed()
    seller.bills("2027-06-01")
    (june,) = seller.invoices("anna")
    payment = seller.pays(june, 130_00)
    anna = f"ext:{seller.named('anna')}"
    (paid,) = seller.reads(f"payments?customer={anna}")["data"]
    path = f"payments/{paid['id']}/refunds"
    status, problem = seller.refused(path, {"amount": 30_01})
    assert (status, "at most 3000, which is credit" in problem["detail"]) == (422, True)
    asked = seller.posts(path, {"amount": 20_00})
    wait_for_rest(seller.cloud.places)
    (sent,) = seller.reads(path)["data"]
    assert (sent["id"], sent["status"], sent["provider_id"][:3]) == (asked["id"], "sent", "re_")
    seller.told(payment, "charge.refunded", charge(payment, refunded_minor=20_00))
    assert seller.reads(path)["data"][0]["status"] == "confirmed"
    assert seller.reads(f"invoices/{june['id']}")["status"] == "paid"


def test_an_invoice_is_collected_once_its_payer_is_not_declined(subscribed) -> None:
    """June's 100.00: declined, then collected; the daily look finds nothing left to do."""
    seller = subscribed()
    seller.bills("2027-06-01")
    (june,) = seller.invoices("anna")
    path = f"invoices/{june['id']}/payments"
    for method in ("declines_soft", "settles"):
        seller.posts(path, {"provider": "sandbox", "method": method})
        wait_for_rest(seller.cloud.places)
    told = [(one["status"], one["decline"]) for one in seller.reads(path)["data"]]
    assert told == [("declined", "soft"), ("settled", None)]
    assert seller.reads(f"invoices/{june['id']}")["status"] == "paid"
    assert seller.refused(path, {"provider": "sandbox", "method": "settles"})[0] == 409
    answer = seller.cloud.client("lambda").invoke(
        FunctionName=seller.cloud.outputs.functions["collect_payment.repair"],
        Payload=json.dumps({"as_of": seller.now.isoformat()}),
    )
    assert "FunctionError" not in answer, answer["Payload"].read()


def test_money_in_advance_pays_and_what_is_left_is_given_up(subscribed) -> None:
    """
    150.00 for 45 days: 120.00 with tax pay June, and the other 30.00 are given up.

    Before, the morning asks for 50.00 more, once: less than 40.00 is left. They are paid, and stay.
    """
    seller = subscribed(tax_regime="FR")
    wallets = f"customers/ext:{seller.named('anna')}/wallets"
    wallet = seller.posts(wallets, {"name": "Prepaid", "expires_after_days": 45} | REFILL)
    top_ups = f"{wallets}/{wallet['id']}/top-ups"
    assert seller.posts(top_ups, {"amount": 150_00})["expires_on"] == "2027-07-16"
    (first,) = seller.reads(top_ups)["data"]
    assert seller.refused(top_ups, {"amount": 1, "currency": "USD"})[0] == 422
    seller.bills("2027-06-01")
    (june,) = seller.invoices("anna")
    totals = june["document"]["totals"]
    assert (june["status"], totals["prepaid"], totals["due"]) == ("paid", 120_00, 0)
    assert b"120.00" in seller.paper(june, "html")
    path = f"{wallets}/{wallet['id']}"
    for day in ("2027-06-02", "2027-06-03"):
        morning(seller, day)
    (asked,) = seller.reads(f"{path}/top-up-requests")["data"]
    assert (asked["status"], asked["amount"], asked["on"]) == ("open", 50_00, "2027-06-02")
    assert seller.posts(top_ups, {"request": asked["id"]})["left"] == 50_00
    assert seller.reads(f"{path}/top-up-requests")["data"][0]["status"] == "paid"
    assert seller.posts(f"{path}/void", {"top_up": first["id"]})["balance"] == 50_00
    moved = sorted(
        (one["kind"], one["amount"]) for one in seller.reads(f"{path}/movements")["data"]
    )
    assert moved == [("top_up", 50_00), ("top_up", 150_00), ("used", -120_00), ("voided", -30_00)]


def test_a_wallet_of_one_purpose_is_taxed_when_it_is_sold(subscribed) -> None:
    """Scenario 11: 120.00 hold 20.00 of tax; June is 120.00, all prepaid, and books no tax."""
    seller = subscribed(tax_regime="FR")
    wallets = f"customers/ext:{seller.named('anna')}/wallets"
    one = {"name": "Seats", "purpose": "single_purpose", "products": [seller.named("seats")]}
    wallet = seller.posts(wallets, one)
    top = seller.posts(f"{wallets}/{wallet['id']}/top-ups", {"amount": 150_00})
    sold = seller.reads(f"invoices/{top['invoice']}")
    assert (top["unpaid"], sold["number"][-14:], sold["status"]) == (
        150_00,
        "DP-2027-000001",
        "open",
    )
    assert [one["tax"] for one in sold["document"]["taxes"]] == [25_00]
    seller.pays(sold, 150_00)
    seller.bills("2027-06-01")
    (june,) = (one for one in seller.invoices("anna") if one["object"] == "invoice")
    totals = june["document"]["totals"]
    assert (june["status"], totals["prepaid"], totals["due"]) == ("paid", 120_00, 0)
    assert b"DP-2027-000001" in seller.paper(june, "html")
    assert seller.reads(f"{wallets}/{wallet['id']}")["balance"] == 30_00


def test_a_business_that_pays_late_owes_interest_and_forty_euros(opens) -> None:
    """1,200.00 for 30 days at 12.15 % and 46 days at 12.40 %: 30.74, and 40.00."""
    seller = opens("2026-05-01")
    seller.sells("seats", "1200.00")
    seller.plans("team", "seats", unit="year")
    seller.customer("anna", business=True, registration={"siren": "123456782"})
    seller.subscribes("anna", "team", "2026-05-01")
    assert seller.bills("2026-05-01") == ["seats 2026-05-01..2027-04-30 1200.00"]
    (bought,) = seller.invoices("anna")
    path = f"invoices/{bought['id']}/late-charges"
    assert seller.refused(path, {})[0] == 409
    rate = {"from_on": "2026-07-01", "percent": "2.40", "source": "figures for the test"}
    seller.posts("reference-rates", rate)
    seller.at("2026-08-15")
    seller.pays(bought, 1_200_00)
    seller.at("2026-08-20")
    assert seller.posts(f"{path}/preview", {})["total"] == 70_74
    made = seller.posts(path, {})
    assert (made["number"][-14:], made["interest"], made["fee"]) == (
        "LC-2026-000001",
        30_74,
        40_00,
    )
    assert seller.refused(path, {})[0] == 409
    paper = seller.paper(made, "html").decode()
    assert "€1,200.00 × 12.15% × 30 / 365" in paper
    assert "Fixed recovery fee" in paper
    seller.pays(made, 70_74)
    assert seller.reads(f"invoices/{made['id']}")["status"] == "paid"
