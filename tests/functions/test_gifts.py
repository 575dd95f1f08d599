"""Granted wallets over HTTP: a discount before tax, never a settlement; nothing is booked of it."""

from typing import Any

import pytest

from tests.functions.test_settlement import documents
from tests.support.lived import Lived
from tests.support.proved import proved

PATH = "/v1/customers/ext:M1/wallets"


@pytest.fixture
def shop(lived: Lived) -> Lived:
    """Seats at 100.00 a month in advance, without tax, from 1 June."""
    lived.sells("team", "100.00")
    lived.subscribes()
    return lived


def made(shop: Lived, key: str = "w", **body: Any) -> str:
    body = {"name": "Welcome", "purpose": "granted", **body}
    return shop.call.made("POST", PATH, body, idempotency_key=key)["id"]


def granted(shop: Lived, wallet: str, key: str, amount: int, **body: Any) -> dict[str, Any]:
    path = f"{PATH}/{wallet}/top-ups"
    return shop.call.made("POST", path, {"amount": amount, **body}, idempotency_key=key)


def wallet(shop: Lived, identity: str) -> dict[str, Any]:
    return shop.call("GET", f"{PATH}/{identity}")[1]


def moved(shop: Lived, identity: str) -> list[tuple[str, int]]:
    rows = shop.call("GET", f"{PATH}/{identity}/movements")[1]["data"]
    return sorted((one["kind"], one["amount"]) for one in rows)


def billed(shop: Lived, on: str) -> dict[str, Any]:
    """Bill on a day, and return the one document that is new."""
    before = set(shop.documents)
    shop.bills(on)
    (new,) = set(shop.documents) - before
    return shop.documents[new]


def test_it_is_taken_off_the_next_invoices(shop: Lived) -> None:
    """150.00: June is free, July costs half."""
    mine = made(shop)
    top = granted(shop, mine, "t", 150_00, reference="WELCOME")
    assert (top["amount"], top["left"], top["used"], top["expires_on"]) == (150_00, 150_00, 0, None)
    _, shown, _ = shop.call("POST", "/v1/invoices/preview", {"customer": "ext:M1"})
    assert shown["documents"][0]["document"]["totals"]["gross"] == 0
    june = billed(shop, "2013-06-01")
    assert june["allowances"] == [
        {
            "id": top["id"],
            "name": "Welcome",
            "rank": 50,
            "amount": 100_00,
            "wallet": mine,
            "tax": {"category": "O", "rate": "0"},
        }
    ]
    assert (june["totals"]["gross"], june["totals"]["prepaid"]) == (0, 0)
    july = billed(shop, "2013-07-01")
    assert (july["totals"]["lines"], july["totals"]["net"]) == (100_00, 50_00)
    assert documents(shop) == {"FR-2013-000001": ("paid", 0), "FR-2013-000002": ("open", 0)}
    assert billed(shop, "2013-08-01")["totals"]["net"] == 100_00
    assert wallet(shop, mine)["balance"] == 0
    assert moved(shop, mine) == [("top_up", 150_00), ("used", -100_00), ("used", -50_00)]
    assert shop.call("GET", "/v1/customers/ext:M1/credit")[1]["data"] == []
    proved(shop)


def test_money_pays_what_is_left_after_it(shop: Lived) -> None:
    """30.00 granted, 50.00 paid in advance: 70.00 are billed, 20.00 are due."""
    mine, paid = made(shop), made(shop, "p", purpose="multi_purpose", rank=1)
    granted(shop, mine, "t", 30_00)
    granted(shop, paid, "t", 50_00)
    totals = billed(shop, "2013-06-01")["totals"]
    assert (totals["gross"], totals["prepaid"], totals["due"]) == (70_00, 50_00, 20_00)
    assert [wallet(shop, one)["balance"] for one in (mine, paid)] == [0, 0]
    proved(shop)


def test_by_rank_then_first_to_expire_each_for_what_it_is_good_for(shop: Lived) -> None:
    last, first = made(shop, "a", rank=60), made(shop, "b", rank=40)
    calls = made(shop, "c", rank=1, kinds=["usage"])
    books = made(shop, "d", rank=1, products=["book"])
    for one in (calls, books):
        granted(shop, one, "t", 10_00)
    granted(shop, last, "t", 50_00)
    late = granted(shop, first, "late", 40_00)
    soon = granted(shop, first, "soon", 40_00, expires_on="2013-07-01")
    taken = billed(shop, "2013-06-01")["allowances"]
    assert [(one["id"], one["amount"]) for one in taken[:2]] == [
        (soon["id"], 40_00),
        (late["id"], 40_00),
    ]
    balances = [wallet(shop, one)["balance"] for one in (last, first, calls, books)]
    assert balances == [30_00, 0, 10_00, 10_00]
    proved(shop)


def test_what_is_not_had_in_time_is_lost_and_booked_nowhere(shop: Lived) -> None:
    """130.00 for 30 days: 1 July is past them."""
    mine = made(shop, expires_after_days=30)
    assert granted(shop, mine, "t", 130_00)["expires_on"] == "2013-07-01"
    billed(shop, "2013-06-01")
    assert wallet(shop, mine)["balance"] == 30_00
    assert billed(shop, "2013-07-01")["totals"]["net"] == 100_00
    (top,) = shop.call("GET", f"{PATH}/{mine}/top-ups")[1]["data"]
    assert (top["left"], top["used"], top["lost"]) == (0, 100_00, 30_00)
    assert moved(shop, mine) == [("expired", -30_00), ("top_up", 130_00), ("used", -100_00)]
    proved(shop)


def test_what_is_left_can_be_withdrawn(shop: Lived) -> None:
    mine = made(shop)
    first = granted(shop, mine, "a", 20_00)
    granted(shop, mine, "b", 30_00)
    path = f"{PATH}/{mine}/void"
    body = {"top_up": first["id"]}
    for key in ("v", "v2"):
        assert shop.call.made("POST", path, body, idempotency_key=key)["balance"] == 30_00
    assert shop.call.made("POST", path, {}, idempotency_key="all")["balance"] == 0
    assert moved(shop, mine) == [
        ("top_up", 20_00),
        ("top_up", 30_00),
        ("voided", -30_00),
        ("voided", -20_00),
    ]
    assert billed(shop, "2013-06-01")["totals"]["net"] == 100_00
    status, said, _ = shop.call("POST", path, {"top_up": "lot_x"}, idempotency_key="x")
    assert (status, said["code"]) == (404, "not_found")
    proved(shop)


def test_what_is_given_back_is_what_was_invoiced_and_moves_no_gift(shop: Lived) -> None:
    """100.00 less 40.00; cancelled for 15 of 30 days: half of 60.00 goes back."""
    mine = made(shop)
    granted(shop, mine, "t", 40_00)
    billed(shop, "2013-06-01")
    shop.at("2013-06-15")
    shop.does("cancel", effective_on="2013-06-16", credit="prorate")
    assert billed(shop, "2013-06-16")["totals"]["gross"] == 30_00
    assert wallet(shop, mine)["balance"] == 0
    assert moved(shop, mine) == [("top_up", 40_00), ("used", -40_00)]
    proved(shop)


def test_a_request_asked_again_grants_nothing_again(shop: Lived) -> None:
    mine = made(shop)
    granted(shop, mine, "t", 50_00)

    def forget() -> None:
        for key in [one for one in shop.call.model.items if one.pk.startswith("ID#")]:
            del shop.call.model.items[key]

    forget()
    assert granted(shop, mine, "t", 50_00)["left"] == 50_00
    assert wallet(shop, mine)["balance"] == 50_00
    for other in ({"amount": 51_00}, {"amount": 50_00, "expires_on": "2014-01-01"}):
        forget()
        path = f"{PATH}/{mine}/top-ups"
        status, said, _ = shop.call("POST", path, other, idempotency_key="t")
        assert (status, said["code"]) == (409, "state_conflict")


def test_nonsense_is_refused(shop: Lived) -> None:
    body = {"name": "x", "purpose": "granted", "refill": {"below": 5, "amount": 5}}
    status, said, _ = shop.call("POST", PATH, body)
    assert (status, said["detail"]) == (
        422,
        "refill: expected none where nothing is paid, found one",
    )
    path = f"{PATH}/{made(shop)}/top-ups"
    for wrong in ({"amount": 5, "currency": "USD"}, {"amount": 5, "expires_on": "2013-06-01"}):
        assert shop.call("POST", path, wrong, idempotency_key="n")[0] == 422
