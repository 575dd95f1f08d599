"""Single-purpose wallets over HTTP: sold with tax, used without, expired with it kept (R22)."""

import pytest

from functions.chase_overdue import chase
from tests.functions.test_settlement import Bank
from tests.support.deposits import balance, billed, explained, read, refused, sold
from tests.support.lived import Lived
from tests.support.proved import proved

PATH = "/v1/customers/ext:M2/wallets"
SITE = {"name": "Prepaid sites", "purpose": "single_purpose", "products": ["site"]}
USED = {"product": "site", "description": "Web site", "unit_amount": "45.00"}


@pytest.fixture
def shop(lived: Lived) -> Lived:
    """A seller in France with a site at 20 % and a book at 5.5 %."""
    return sold(lived)


def made(shop: Lived, key: str = "w", **body) -> str:
    return shop.call.made("POST", PATH, {**SITE, **body}, idempotency_key=key)["id"]


def topped_up(shop: Lived, wallet: str, key: str = "t", **body) -> dict:
    body = {"amount": 120_00, **body}
    return shop.call.made("POST", f"{PATH}/{wallet}/top-ups", body, idempotency_key=key)


def left(shop: Lived, wallet: str) -> tuple[int, list[tuple[str, int]]]:
    rows = shop.call("GET", f"{PATH}/{wallet}/movements")[1]["data"]
    balance = shop.call("GET", f"{PATH}/{wallet}")[1]["balance"]
    return balance, sorted((one["kind"], one["amount"]) for one in rows)


def used(shop: Lived, key: str = "f", **line) -> dict:
    return billed(shop, key, purchase_order=None, lines=[{**USED, **line}])


def statement(shop: Lived) -> tuple[int, int, int]:
    query = {"from": "2027-01-01"}
    said = shop.call("GET", "/v1/customers/ext:M2/statement", query=query)[1]
    return said["closing"], said["unapplied"], said["deposits"]


def test_11_it_is_taxed_when_it_is_sold_and_not_again(shop: Lived) -> None:
    """120.00 hold 20.00 of tax; 45.00 net are 54.00, all prepaid: no new tax, 66.00 left."""
    mine = made(shop)
    top = topped_up(shop, mine)
    assert (top["unpaid"], top["left"], top["invoice"]) == (120_00, 0, top["id"])
    invoice = read(shop, top)
    assert (invoice["number"], invoice["total"]) == ("FRA-DP-2027-000001", 120_00)
    assert [(one["base"], one["tax"]) for one in invoice["document"]["taxes"]] == [(100_00, 20_00)]
    assert balance(shop, "411", "4191", "44574", "4457") == [120_00, -100_00, -20_00, 0]
    explained(shop, invoice, "of_order")
    assert used(shop, "e")["document"]["totals"]["prepaid"] == 0  # it is not paid yet
    proved(shop)
    Bank(shop, top["id"]).paid("evt_1", 120_00)
    assert balance(shop, "44574", "4457", "4191") == [0, -29_00, -100_00]  # 9.00 of the first
    assert statement(shop) == (54_00, 0, 120_00)
    final = used(shop)
    totals = final["document"]["totals"]
    assert (final["status"], totals["gross"], totals["prepaid"], totals["due"]) == (
        "paid",
        54_00,
        54_00,
        0,
    )
    (said,) = final["document"]["prepaid"]
    assert (said["wallet"], said["number"], said["tax"]) == (mine, "FRA-DP-2027-000001", 9_00)
    assert balance(shop, "4457", "4191", "706") == [-29_00, -55_00, -90_00]
    assert left(shop, mine) == (66_00, [("top_up", 120_00), ("used", -54_00)])
    assert statement(shop) == (54_00, 0, 66_00)
    proved(shop)


def test_money_for_one_rate_pays_no_other(shop: Lived) -> None:
    mine = made(shop)
    top = topped_up(shop, mine)
    Bank(shop, top["id"]).paid("evt_1", 120_00)
    final = used(shop, product="book")
    assert (final["document"]["totals"]["prepaid"], left(shop, mine)[0]) == (0, 120_00)
    path = f"/v1/invoices/{final['id']}/apply-credit"
    assert refused(shop, {}, path=path)[0] == 409


def test_what_expires_is_income_and_its_tax_stays(shop: Lived) -> None:
    """66.00 of 120.00 are left after 30 days: 55.00 are income, and 20.00 of tax stay."""
    mine = made(shop, expires_after_days=30)
    top = topped_up(shop, mine)
    assert top["expires_on"] == "2027-07-01"
    Bank(shop, top["id"]).paid("evt_1", 120_00)
    used(shop)
    shop.at("2027-07-02")
    for _ in range(2):
        chase.lambda_handler({"as_of": "2027-07-02T07:00:00+00:00"}, None)
    assert left(shop, mine) == (0, [("expired", -66_00), ("top_up", 120_00), ("used", -54_00)])
    assert balance(shop, "4191", "7588", "4457", "44574") == [0, -55_00, -20_00, 0]
    assert statement(shop) == (0, 0, 0)
    proved(shop)


def test_what_the_bank_took_back_and_came_again_expires_too(shop: Lived) -> None:
    """40.00 come and go back; then come 120.00, of which the last day is still known."""
    mine = made(shop, expires_after_days=30)
    top = topped_up(shop, mine)
    bank = Bank(shop, top["id"])
    bank.paid("evt_1", 40_00)
    bank.disputed("evt_2", 40_00)
    assert left(shop, mine)[0] == 0
    bank.paid("evt_3", 120_00, "pi_2")
    shop.at("2027-07-02")
    chase.lambda_handler({"as_of": "2027-07-02T07:00:00+00:00"}, None)
    assert left(shop, mine)[1] == [("expired", -120_00), ("top_up", 120_00)]
    assert balance(shop, "4191", "7588", "4457", "44574") == [0, -100_00, -20_00, 0]
    proved(shop)


def test_a_note_takes_back_what_is_not_used_and_the_rest_can_be_voided(shop: Lived) -> None:
    """54.00 are used; 36.00 go back with 6.00 of tax; 30.00 are given up: 25.00 are income."""
    mine = made(shop)
    top = topped_up(shop, mine)
    Bank(shop, top["id"]).paid("evt_1", 120_00)
    used(shop)
    body = {"invoice": top["id"], "amount": 36_00, "rest": "refund"}
    path = "/v1/credit-notes"
    note = shop.call.made("POST", path, body, idempotency_key="n")
    assert (note["total"], note["credit"]) == (36_00, 36_00)
    explained(shop, note, "given_back")
    proved(shop)
    assert refused(shop, {"invoice": top["id"], "amount": 30_01}, path=path)[0] == 422
    shop.call.made("POST", f"{PATH}/{mine}/void", {}, idempotency_key="v")
    rows = [("taken_back", -36_00), ("top_up", 120_00), ("used", -54_00), ("voided", -30_00)]
    assert left(shop, mine) == (0, rows)
    assert balance(shop, "7588", "4457", "4191") == [-25_00, -14_00, -36_00]
    proved(shop)


def test_a_note_on_what_was_never_paid_counts_the_tax_of_what_was_lost_anew(shop: Lived) -> None:
    """0.08 of 1.00 are paid and given up, with 0.01 of tax; a note leaves 0.02 of 0.17 for them."""
    mine = made(shop)
    top = topped_up(shop, mine, amount=1_00)
    Bank(shop, top["id"]).paid("evt_1", 8)
    shop.call.made("POST", f"{PATH}/{mine}/void", {}, idempotency_key="v")
    assert balance(shop, "7588", "4457", "44574") == [-7, -1, -16]
    note = shop.call.made("POST", "/v1/credit-notes", {"invoice": top["id"]}, idempotency_key="n")
    assert (note["total"], read(shop, note)["document"]["taxes"][0]["tax"]) == (92, 15)
    assert balance(shop, "7588", "4457", "44574", "4191") == [-6, -2, 0, 0]
    proved(shop)


def test_the_last_day_is_looked_at_again_after_more_has_come(shop: Lived) -> None:
    """40.00 expire; 80.00 come later that day, and the same look is given again by the queue."""
    mine = made(shop, expires_after_days=30)
    bank = Bank(shop, topped_up(shop, mine)["id"])
    shop.at("2027-07-02")
    for number, minor in (("evt_1", 40_00), ("evt_2", 80_00)):
        bank.paid(number, minor, f"pi_{number}")
        chase.lambda_handler({"as_of": "2027-07-02T07:00:00+00:00"}, None)
    assert left(shop, mine)[1] == [("expired", -80_00), ("expired", -40_00), ("top_up", 120_00)]
    proved(shop)


def test_a_request_that_is_sent_again_is_one_top_up(shop: Lived) -> None:
    mine = made(shop)
    top = topped_up(shop, mine)
    for key in [one for one in shop.call.model.items if one.pk.startswith("ID#")]:
        del shop.call.model.items[key]  # the answer was lost before it was kept
    assert topped_up(shop, mine) == top
    for key in [one for one in shop.call.model.items if one.pk.startswith("ID#")]:
        del shop.call.model.items[key]
    status, said = refused(shop, {"amount": 5}, "t", f"{PATH}/{mine}/top-ups")
    assert (status, "not in use for another top-up" in said) == (409, True)
    (listed,) = shop.call("GET", "/v1/customers/ext:M2/credit")[1]["data"]
    assert (listed["source"], listed["left"]) == ("top_up", 0)


@pytest.mark.parametrize(
    ("wallet", "body", "said"),
    [
        ({"products": []}, None, "products: expected those that the one purpose is"),
        ({"currency": "USD"}, None, "currency: expected EUR, in which its tax is booked"),
        ({"refill": {"below": 1, "amount": 1}}, None, "refill: expected none where each top-up"),
        ({"products": ["site", "book"]}, {}, "found S/20, S/5.5 on 1 documents"),
        ({}, {"currency": "USD"}, "currency: expected EUR, found USD"),
        ({}, {"expires_on": "2027-06-01"}, "expires_on: expected after 2027-06-01"),
    ],
)
def test_what_has_not_one_purpose_is_refused(shop: Lived, wallet, body, said) -> None:
    if body is None:
        status, found = refused(shop, {**SITE, **wallet}, path=PATH)
    else:
        path = f"{PATH}/{made(shop, **wallet)}/top-ups"
        status, found = refused(shop, {"amount": 5_00, **body}, path=path)
    assert (status, said in found) == (422, True), found
