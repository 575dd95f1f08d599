"""Wallets over HTTP: filled, used by the next invoices, expired, voided; proved by verify."""

import pytest

from functions.chase_overdue import chase
from tests.functions.test_settlement import documents
from tests.support.http_api import READER
from tests.support.lived import Lived
from tests.support.proved import proved

PATH = "/v1/customers/ext:M1/wallets"


@pytest.fixture
def shop(lived: Lived) -> Lived:
    """Seats at 100.00 a month in advance, without tax, from 1 June."""
    lived.sells("team", "100.00")
    lived.subscribes()
    return lived


def made(shop: Lived, key: str = "w", **body) -> str:
    body = {"name": "Prepaid", **body}
    return shop.call.made("POST", PATH, body, idempotency_key=key)["id"]


def filled(shop: Lived, wallet: str, key: str, amount: int, **body) -> dict:
    body = {"amount": amount, **body}
    return shop.call.made("POST", f"{PATH}/{wallet}/top-ups", body, idempotency_key=key)


def wallet(shop: Lived, identity: str) -> dict:
    return shop.call("GET", f"{PATH}/{identity}")[1]


def moved(shop: Lived, identity: str) -> list[tuple[str, int]]:
    rows = shop.call("GET", f"{PATH}/{identity}/movements")[1]["data"]
    return sorted((one["kind"], one["amount"]) for one in rows)


def test_its_money_pays_the_next_invoices(shop: Lived) -> None:
    """150.00 pay June whole and half of July."""
    mine = made(shop)
    top = filled(shop, mine, "t", 150_00, reference="VIR 1")
    assert (top["amount"], top["left"], top["used"], top["expires_on"]) == (150_00, 150_00, 0, None)
    _, shown, _ = shop.call("POST", "/v1/invoices/preview", {"customer": "ext:M1"})
    (june,) = shown["documents"]
    assert june["document"]["totals"]["prepaid"] == 100_00
    shop.bills("2013-06-01")
    shop.bills("2013-07-01")
    assert documents(shop) == {
        "FR-2013-000001": ("paid", 100_00),
        "FR-2013-000002": ("partly_paid", 50_00),
    }
    assert wallet(shop, mine)["balance"] == 0
    assert moved(shop, mine) == [("top_up", 150_00), ("used", -100_00), ("used", -50_00)]
    proved(shop)


def test_a_request_asked_again_puts_nothing_in_again(shop: Lived) -> None:
    mine = made(shop)
    filled(shop, mine, "t", 50_00)
    for key in [one for one in shop.call.model.items if one.pk.startswith("ID#")]:
        del shop.call.model.items[key]  # its answer was forgotten
    assert (made(shop), filled(shop, mine, "t", 50_00)["left"]) == (mine, 50_00)
    assert wallet(shop, mine)["balance"] == 50_00
    for key in [one for one in shop.call.model.items if one.pk.startswith("ID#")]:
        del shop.call.model.items[key]
    path = f"{PATH}/{mine}/top-ups"
    for other in ({"amount": 51_00}, {"amount": 50_00, "expires_on": "2014-01-01"}):
        status, said, _ = shop.call("POST", path, other, idempotency_key="t")
        assert (status, said["code"]) == (409, "state_conflict")
        for key in [one for one in shop.call.model.items if one.pk.startswith("ID#")]:
            del shop.call.model.items[key]
    status, said, _ = shop.call("POST", PATH, {"name": "Other"}, idempotency_key="w")
    assert (status, said["code"]) == (409, "state_conflict")


def test_money_for_some_charges_waits_for_them(shop: Lived) -> None:
    mine = made(shop, kinds=["usage"])
    seats = made(shop, "w2", products=["service"], rank=60)
    filled(shop, mine, "t", 50_00)
    filled(shop, seats, "t", 30_00)
    shop.bills("2013-06-01")
    assert [wallet(shop, one)["balance"] for one in (mine, seats)] == [50_00, 0]
    assert documents(shop) == {"FR-2013-000001": ("partly_paid", 30_00)}
    proved(shop)


def test_what_is_not_used_in_time_is_lost(shop: Lived) -> None:
    """Good for 30 days: 30.00 of 130.00 are left on 1 July, which is past them."""
    mine = made(shop, expires_after_days=30)
    assert filled(shop, mine, "t", 130_00)["expires_on"] == "2013-07-01"
    shop.bills("2013-06-01")
    shop.bills("2013-07-01")
    assert documents(shop)["FR-2013-000002"] == ("open", 0)
    for _ in range(2):
        night = {"as_of": "2013-07-01T07:00:00+00:00"}
        expired = chase.lambda_handler(night, None)["expired"]
    assert expired == 0
    assert wallet(shop, mine)["balance"] == 0
    assert moved(shop, mine) == [("expired", -30_00), ("top_up", 130_00), ("used", -100_00)]
    proved(shop)


def test_what_is_left_can_be_voided(shop: Lived) -> None:
    mine = made(shop)
    first = filled(shop, mine, "a", 20_00)
    filled(shop, mine, "b", 30_00)
    path = f"{PATH}/{mine}/void"
    body = {"top_up": first["id"]}
    for key in ("v", "v2"):
        assert shop.call.made("POST", path, body, idempotency_key=key)["balance"] == 30_00
    assert shop.call.made("POST", path, {}, idempotency_key="all")["balance"] == 0
    shop.bills("2013-06-01")
    assert documents(shop) == {"FR-2013-000001": ("open", 0)}
    status, said, _ = shop.call("POST", path, {"top_up": "lot_x"}, idempotency_key="x")
    assert (status, said["code"]) == (404, "not_found")
    proved(shop)


def test_credits_are_worth_what_the_wallet_says_and_a_low_one_wants_more(shop: Lived) -> None:
    mine = made(shop, credit_value="0.50", refill={"below": 10_00, "amount": 50_00})
    path = f"{PATH}/{mine}/top-ups"
    top = shop.call.made("POST", path, {"credits": "17"}, idempotency_key="t")
    assert top["amount"] == 8_50
    assert wallet(shop, mine)["wants"] == 50_00
    filled(shop, mine, "t2", 1_50)
    assert wallet(shop, mine)["wants"] == 0
    (listed,) = shop.call("GET", PATH)[1]["data"]
    assert listed == wallet(shop, mine)
    assert len(shop.call("GET", path)[1]["data"]) == 2


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        ({"amount": 5, "currency": "USD"}, 422, "currency: expected EUR, found USD"),
        ({"amount": 5, "expires_on": "2013-06-01"}, 422, "expires_on: expected after 2013-06-01"),
        ({"credits": "0"}, 422, "amount: expected above 0, found 0"),
        ({"amount": 0}, 422, "/amount"),
        ({"amount": -1}, 422, "/amount"),
        ({"amount": 5, "credits": "5"}, 422, "expected either amount or credits"),
        ({}, 422, "expected either amount or credits"),
    ],
)
def test_nonsense_is_refused_and_nothing_stored(shop: Lived, body, status, said) -> None:
    mine = made(shop)
    found = shop.call("POST", f"{PATH}/{mine}/top-ups", body, idempotency_key="n")
    assert (found[0], said in found[1]["detail"]) == (status, True), found[1]
    assert wallet(shop, mine)["balance"] == 0


def test_a_wallet_is_asked_for_properly(shop: Lived) -> None:
    for body in ({"name": "x", "currency": "XYZ"}, {"name": "x", "rank": 0}, {"name": ""}):
        assert shop.call("POST", PATH, body)[0] == 422
    assert shop.call("POST", PATH, {"name": "x", "credit_value": "0"})[0] == 422
    assert shop.call("GET", f"{PATH}/wal_1")[0] == 404
    assert shop.call("POST", f"{PATH}/{made(shop)}/top-ups", {"amount": 5})[0] == 400
    assert shop.call("POST", PATH, {"name": "x"}, key=READER)[0] == 403
    assert shop.call("GET", PATH, key=READER)[0] == 200
