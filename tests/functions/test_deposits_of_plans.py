"""Deposits of invoice plans: asked for with the plan, or when their event is told."""

import pytest

from tests.functions.test_settlement import Bank
from tests.support.deposits import read, refused, sold
from tests.support.lived import Lived
from tests.support.proved import proved


@pytest.fixture
def shop(lived: Lived) -> Lived:
    """A seller in France with a site at 20 % and a book at 5.5 %; nothing is billed."""
    return sold(lived)


PLAN = {
    "customer": "ext:M2",
    "product": "site",
    "description": "Web site",
    "total": 1_000_00,
    "purchase_order": "BC-9",
    "deposit": {"percent": "30"},
    "milestones": [
        {"name": "design", "percent": "20", "due_on": "2027-06-02"},
        {"name": "delivery", "percent": "80", "due_on": "2027-06-03"},
    ],
}


PLANS = "/v1/invoice-plans"


def test_an_invoice_plan_with_a_deposit(shop) -> None:
    """1,200.00 with tax: 360.00 in advance pay the first 240.00 whole and 120.00 of 960.00."""
    plan = shop.call.made("POST", PLANS, PLAN, idempotency_key="p")
    told = plan["deposit"]
    assert (told["number"], told["amount"], told["open"]) == ("FRA-DP-2027-000001", 360_00, 360_00)
    assert shop.call.made("POST", PLANS, PLAN, idempotency_key="p") == plan
    Bank(shop, told["invoice"]).paid("evt_1", 360_00)
    shop.bills("2027-06-02")
    shop.bills("2027-06-03")
    rows = shop.call("GET", "/v1/invoices", query={"customer": "ext:M2"})[1]["data"]
    bills = [read(shop, one)["document"]["totals"] for one in reversed(rows)]
    assert [(one["gross"], one["prepaid"], one["due"]) for one in bills] == [
        (360_00, 0, 360_00),
        (240_00, 240_00, 0),
        (960_00, 120_00, 840_00),
    ]
    (shown,) = shop.call("GET", PLANS, query={"customer": "ext:M2"})[1]["data"]
    assert (shown["deposit"]["left"], shown["deposit"]["used"]) == (0, 360_00)
    proved(shop)


def test_a_deposit_of_a_plan_that_waits_for_its_event(shop) -> None:
    """Twice 240.00 are billed before it is told; then 30 % of 1,200.00 are asked for, once."""
    body = PLAN | {"deposit": {"percent": "30", "on_event": True}}
    plan = shop.call.made("POST", PLANS, body, idempotency_key="p")
    assert plan["deposit"] == {"status": "waiting", "percent": "30", "amount": None}
    for key in [one for one in shop.call.model.items if one.pk.startswith("ID#")]:
        del shop.call.model.items[key]  # the answer was forgotten
    other = {"deposit": {"amount": 5_00, "on_event": True}}
    assert refused(shop, PLAN | other, "p", PLANS)[0] == 409
    plain = shop.call.made("POST", PLANS, PLAN | {"deposit": None}, idempotency_key="q")
    shop.bills("2027-06-02")
    path = f"{PLANS}/{plan['id']}/deposit/reach"
    told = [shop.call.made("POST", path, {"customer": "ext:M2"}) for _ in range(2)]
    assert told[0] == told[1]
    deposit = told[0]["deposit"]
    assert (deposit["status"], deposit["amount"], deposit["open"]) == ("asked", 360_00, 360_00)
    Bank(shop, deposit["invoice"]).paid("evt_1", 360_00)
    shop.bills("2027-06-03")
    rows = shop.call("GET", "/v1/invoices", query={"customer": "ext:M2"})[1]["data"]
    totals = read(shop, rows[0])["document"]["totals"]
    assert (totals["gross"], totals["due"]) == (1_920_00, 1_560_00)  # two of 960.00, less 360.00
    proved(shop)
    assert refused(shop, {"customer": "ext:M2"}, path=f"{PLANS}/{plain['id']}/deposit/reach") == (
        404,
        "deposit: expected one that waits for its event, found none",
    )
    assert refused(shop, {"customer": "ext:M2"}, path=f"{PLANS}/pln_x/deposit/reach")[0] == 404


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"milestones": PLAN["milestones"][:1]}, "sum to 100, found 20, a difference of -80"),
        ({"deposit": {"amount": 1_200_01}}, "expected 1 to 120000, which is the order, found"),
        ({"purchase_order": None}, "expected with the purchase_order"),
    ],
)
def test_a_plan_with_a_deposit_that_makes_no_sense_is_refused(shop, changed, said) -> None:
    status, found = refused(shop, PLAN | changed, path=PLANS)
    assert (status, said in found) == (422, True), found
