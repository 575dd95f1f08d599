"""Deposits over HTTP: asked for, paid, deducted, what is over given back; the books each time."""

from collections.abc import Sequence

import pytest

from solde.domain.settlement import Lot
from solde.storage.credits import CreditTable
from tests.functions.test_settlement import Bank
from tests.support.deposits import (
    DEPOSIT,
    LINES,
    ORDER,
    asked,
    balance,
    billed,
    explained,
    read,
    refused,
    sold,
)
from tests.support.lived import Lived
from tests.support.proved import proved


@pytest.fixture
def shop(lived: Lived) -> Lived:
    """A seller in France with a site at 20 % and a book at 5.5 %; nothing is billed."""
    return sold(lived)


def test_a_deposit_of_two_rates_and_the_invoice_that_deducts_it(shop) -> None:
    """Scenario 20: 518.25 of 1,727.50; then 1,209.25 are due, and 140.00 + 19.25 of tax booked."""
    deposit = asked(shop)
    assert (deposit["object"], deposit["number"]) == ("deposit", "FRA-DP-2027-000001")
    document = deposit["document"]
    assert [(one["rate"], one["base"], one["tax"]) for one in document["taxes"]] == [
        ("5.5", 150_00, 8_25),
        ("20", 300_00, 60_00),
    ]
    assert (deposit["total"], deposit["status"], document["totals"]["due"]) == (
        518_25,
        "open",
        518_25,
    )
    assert balance(shop, "411", "4191", "44574", "4457") == [518_25, -450_00, -68_25, 0]
    explained(shop, deposit, "of_order")
    proved(shop)
    status, said = refused(shop, ORDER)
    assert (status, "found 51825 of 51825 open" in said) == (409, True)
    Bank(shop, deposit["id"]).paid("evt_1", 518_25)
    assert read(shop, deposit)["status"] == "paid"
    assert balance(shop, "411", "4191", "44574", "4457") == [0, -450_00, 0, -68_25]
    proved(shop)
    final = billed(shop)
    totals = final["document"]["totals"]
    assert (final["number"], totals["gross"], totals["prepaid"], totals["due"]) == (
        "FRA-2027-000001",
        1_727_50,
        518_25,
        1_209_25,
    )
    (said,) = final["document"]["prepaid"]
    assert (said["number"], said["issued_on"], said["tax"]) == (
        "FRA-DP-2027-000001",
        "2027-06-01",
        68_25,
    )
    assert balance(shop, "411", "4191", "4457") == [1_209_25, 0, -227_50]
    assert (final["status"], final["paid"]) == ("partly_paid", 518_25)
    proved(shop)
    Bank(shop, final["id"]).paid("evt_2", 1_209_25, "pi_2")
    assert read(shop, final)["status"] == "paid"
    proved(shop)


def test_a_final_below_the_deposit_and_a_note_on_what_is_over(shop) -> None:
    """518.25 are paid, 240.00 used (31.61 of tax): 278.25 go back, and 36.64 of tax with them."""
    deposit = asked(shop)
    Bank(shop, deposit["id"]).paid("evt_1", 518_25)
    line = {**LINES[0], "unit_amount": "200.00"}
    final = billed(shop, lines=[line])
    assert (final["status"], final["document"]["totals"]["due"]) == ("paid", 0)
    proved(shop)
    path = "/v1/credit-notes"
    status, said = refused(shop, {"invoice": deposit["id"], "amount": 278_26}, path=path)
    assert (status, "expected at most 27825" in said, "a difference of 1" in said) == (
        422,
        True,
        True,
    )
    again = {"invoice": deposit["id"], "bill_again": True}
    assert refused(shop, again, path=path)[0] == 422
    note = shop.call.made("POST", path, {"invoice": deposit["id"]}, idempotency_key="n")
    assert (note["total"], note["credit"], note["settles"]) == (278_25, 278_25, [])
    assert [line["account"] for line in note["document"]["lines"]] == ["4191", "4191"]
    explained(shop, note, "given_back")
    # what is taxed in the end is the 200.00, and 278.25 are the customer's
    assert balance(shop, "411", "4191", "4457", "706") == [0, -278_25, -40_00, -200_00]
    proved(shop)
    assert refused(shop, {"invoice": deposit["id"]}, path=path)[0] == 422
    rows = shop.call("GET", "/v1/customers/ext:M2/credit")[1]["data"]
    assert sorted((one["source"], one["left"]) for one in rows) == [
        ("credit_note", 278_25),
        ("deposit", 0),
    ]


def test_a_deposit_that_nobody_pays_is_taken_back_and_the_order_is_billed_whole(shop) -> None:
    deposit = asked(shop)
    body = {"invoice": deposit["id"], "amount": 100_00}
    part = shop.call.made("POST", "/v1/credit-notes", body, idempotency_key="n")
    assert (part["settles"], part["credit"]) == (
        [{"invoice": deposit["id"], "amount": 100_00}],
        0,
    )
    proved(shop)
    body = {"invoice": deposit["id"]}
    rest = shop.call.made("POST", "/v1/credit-notes", body, idempotency_key="o")
    rows = explained(shop, rest, "given_back")["asked"]["left"]
    # 100.00 as 158.25 to 360.00: 30.54 and 69.46 are gone
    assert [(one["charged"], one["left"]) for one in rows] == [
        (158_25, 127_71),
        (360_00, 290_54),
    ]
    assert read(shop, deposit)["status"] == "paid"
    assert balance(shop, "411", "4191", "44574", "4457") == [0, 0, 0, 0]
    proved(shop)
    final = billed(shop)
    assert final["document"]["totals"]["due"] == 1_727_50
    proved(shop)


def test_a_payment_in_parts_and_one_that_the_bank_takes_back(shop) -> None:
    """200.00 are paid and used by 240.00; then the bank takes them: the deposit is owed again."""
    deposit = asked(shop)
    bank = Bank(shop, deposit["id"])
    bank.paid("evt_1", 518_25)
    bank.disputed("evt_2", 318_25)
    proved(shop)
    assert refused(shop, ORDER)[0] == 409
    bank.disputed("evt_3", 318_25, won=True)
    proved(shop)
    billed(shop)
    bank.refunded("evt_4", 118_25)
    assert (read(shop, deposit)["status"], read(shop, deposit)["paid"]) == ("partly_paid", 400_00)
    proved(shop)
    assert refused(shop, {"invoice": deposit["id"]}, path="/v1/credit-notes")[0] == 422


@pytest.mark.parametrize(
    ("changed", "status", "said"),
    [
        ({"deposit": {"amount": 1_727_51}}, 422, "expected 1 to 172750, which is the order"),
        ({"deposit": {"amount": 1_727_51}}, 422, "found 172751, a difference of 1"),
        ({"deposit": {"percent": "100.01"}}, 422, "less than or equal to 100"),
        ({"deposit": {"percent": "0"}}, 422, "greater than 0"),
        ({"deposit": {"percent": "30", "amount": 1}}, 422, "either percent or amount"),
        ({"deposit": {}}, 422, "either percent or amount"),
        ({"purchase_order": None}, 422, "expected with the purchase_order"),
    ],
)
def test_a_deposit_that_makes_no_sense_is_refused(shop, changed, status, said) -> None:
    found = refused(shop, DEPOSIT | changed)
    assert (found[0], said in str(found[1])) == (status, True), found


def test_an_order_is_what_one_invoice_can_bill(lived) -> None:
    """At payment the tax of goods does not wait for it: they have an invoice of their own."""
    shop = sold(lived, services_due="payment")
    desk = {"code": "desk", "name": "Desk", "tax_class": "standard", "nature": "goods"}
    shop.call.made("POST", "/v1/products", desk)
    lines = [LINES[0], {**LINES[0], "product": "desk"}]
    status, said = refused(shop, DEPOSIT | {"lines": lines})
    assert (status, "one invoice can bill, found 2 (the first, chargeability)" in said) == (
        422,
        True,
    )


def test_prices_with_a_cent_that_is_rounded_close_to_nothing(shop) -> None:
    """9.99 at 20 %: 8.33 + 1.67 - 0.01; 3.33 go back, 6.66 are used of 240.00."""
    deposit = asked(shop, lines=LINES[:1], deposit={"amount": 9_99})
    totals = deposit["document"]["totals"]
    assert (totals["net"], totals["tax"], totals["rounding"]) == (8_33, 1_67, -1)
    Bank(shop, deposit["id"]).paid("evt_1", 9_99)
    body = {"invoice": deposit["id"], "amount": 3_33}
    shop.call.made("POST", "/v1/credit-notes", body, idempotency_key="n")
    proved(shop)
    free = {**LINES[0], "unit_amount": "200.00"}
    final = billed(shop, lines=[free])
    # 3.33 of credit and 6.66 of the deposit are deducted
    assert final["document"]["totals"]["due"] == 230_01
    assert balance(shop, "411", "4191", "4457", "658", "758") == [230_01, 0, -40_00, 0, 0]
    proved(shop)


def test_deposits_of_one_order_are_never_above_it(shop) -> None:
    asked(shop)
    status, said = refused(shop, DEPOSIT | {"deposit": {"amount": 1_209_26}})
    assert (status, "expected 1 to 120925, which is left of the order after 51825" in said) == (
        422,
        True,
    )
    second = asked(shop, "e", deposit={"amount": 1_209_25})
    assert second["number"] == "FRA-DP-2027-000002"
    other = asked(shop, "g", purchase_order="BC-8")
    assert other["total"] == 518_25


def test_two_deposits_at_once_are_not_above_their_order_either(shop, monkeypatch) -> None:
    """Another 70 % is asked for when the first has looked at what there is, before it writes."""
    looked, lots = [], CreditTable.lots

    def late(table: CreditTable, customer_id: str) -> Sequence[Lot]:
        found = lots(table, customer_id)
        looked.append(1)
        if len(looked) == 2:  # the first looks for itself, then for others
            assert asked(shop, "b", deposit={"percent": "70"})["total"] == 1_209_25
        return found

    monkeypatch.setattr(CreditTable, "lots", late)
    body = DEPOSIT | {"deposit": {"percent": "40"}}
    status, found, _ = shop.call("POST", "/v1/invoices", body, idempotency_key="a")
    assert (status, "expected 1 to 51825, which is left" in found["detail"]) == (422, True)
    assert asked(shop, "c")["total"] == 518_25
    proved(shop)


def test_a_request_that_is_sent_again_is_one_deposit(shop) -> None:
    made = asked(shop)
    for key in [one for one in shop.call.model.items if one.pk.startswith("ID#")]:
        del shop.call.model.items[key]  # the answer was lost before it was kept
    assert asked(shop) == made
    for key in [one for one in shop.call.model.items if one.pk.startswith("ID#")]:
        del shop.call.model.items[key]
    status, said = refused(shop, DEPOSIT | {"deposit": {"percent": "40"}}, key="d")
    assert (status, "not in use for another deposit" in said) == (409, True)
