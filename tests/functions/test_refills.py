"""Wallets that run low: each fall is asked for once, in the morning; what pays it closes it."""

from typing import Any

import pytest

from functions.chase_overdue import chase
from tests.functions.test_wallets import PATH, filled, made, wallet
from tests.support.lived import Lived
from tests.support.proved import proved

REFILL = {"below": 60_00, "amount": 50_00}


@pytest.fixture
def shop(lived: Lived) -> Lived:
    """Seats at 100.00 a month in advance, without tax, from 1 June."""
    lived.sells("team", "100.00")
    lived.subscribes()
    return lived


def morning(shop: Lived, day: str) -> int:
    """Look at wallets on a day, twice; return how many top-ups were asked for."""
    shop.at(day)
    night = {"as_of": f"{day}T07:00:00+00:00"}
    return sum(chase.lambda_handler(night, None)["top_ups_asked"] for _ in range(2))


def requests(shop: Lived, identity: str) -> list[dict[str, Any]]:
    return shop.call("GET", f"{PATH}/{identity}/top-up-requests")[1]["data"]


def states(shop: Lived, identity: str) -> list[tuple[int, str]]:
    return [(one["number"], one["status"]) for one in requests(shop, identity)]


def told(shop: Lived) -> int:
    items = shop.call.model.items.values()
    return sum(item.get("type") == "wallet.top_up_needed" for item in items)


def test_a_fall_is_asked_for_once_and_the_next_again(shop: Lived) -> None:
    """150.00 less 100.00 of June: 50.00 are below 60.00; paid, 100.00; July takes all."""
    mine = made(shop, refill=REFILL)
    filled(shop, mine, "t", 150_00)
    assert morning(shop, "2013-06-01") == 0
    shop.bills("2013-06-01")
    assert [morning(shop, f"2013-06-0{day}") for day in (2, 3, 4)] == [1, 0, 0]
    (asked,) = requests(shop, mine)
    assert (asked["amount"], asked["balance"], asked["on"]) == (50_00, 50_00, "2013-06-02")
    assert (asked["status"], asked["top_up"], told(shop)) == ("open", None, 1)
    path = f"{PATH}/{mine}/top-ups"
    for key in ("p", "again"):  # told twice, it is one
        top = shop.call.made("POST", path, {"request": asked["id"]}, idempotency_key=key)
    (paid,) = requests(shop, mine)
    assert (paid["status"], paid["top_up"], top["amount"]) == ("paid", top["id"], 50_00)
    assert wallet(shop, mine)["balance"] == 100_00
    assert morning(shop, "2013-06-05") == 0
    shop.bills("2013-07-01")
    assert [morning(shop, f"2013-07-0{day}") for day in (2, 3)] == [1, 0]
    assert states(shop, mine) == [(1, "paid"), (2, "open")]
    assert told(shop) == 2
    proved(shop)


def test_enough_by_other_means_closes_it_and_money_for_it_still_counts(shop: Lived) -> None:
    mine = made(shop, refill=REFILL)
    assert morning(shop, "2013-06-01") == 1
    filled(shop, mine, "t", 60_00)
    assert morning(shop, "2013-06-02") == 0
    assert states(shop, mine) == [(1, "not_needed")]
    (asked,) = requests(shop, mine)
    body = {"request": asked["id"], "amount": 50_00}
    shop.call.made("POST", f"{PATH}/{mine}/top-ups", body, idempotency_key="p")
    assert states(shop, mine) == [(1, "paid")]
    assert wallet(shop, mine)["balance"] == 110_00
    proved(shop)


def test_what_expires_makes_it_fall_on_that_morning(shop: Lived) -> None:
    mine = made(shop, refill=REFILL, expires_after_days=10, kinds=["usage"])
    filled(shop, mine, "t", 60_00)
    assert [morning(shop, f"2013-06-{day}") for day in (10, 11, 12)] == [0, 1, 0]
    assert requests(shop, mine)[0]["balance"] == 0
    proved(shop)


def test_another_amount_or_request_is_refused(shop: Lived) -> None:
    mine = made(shop, refill=REFILL)
    morning(shop, "2013-06-01")
    (asked,) = requests(shop, mine)
    path = f"{PATH}/{mine}/top-ups"
    body = {"request": asked["id"], "amount": 49_99}
    status, said, _ = shop.call("POST", path, body, idempotency_key="p")
    assert (status, said["errors"][0]["pointer"]) == (422, "/amount")
    status, said, _ = shop.call("POST", path, {"request": "tur_x"}, idempotency_key="q")
    assert (status, said["code"]) == (404, "not_found")
    assert states(shop, mine) == [(1, "open")]
    assert wallet(shop, mine)["balance"] == 0


def test_who_says_nothing_is_not_asked(shop: Lived) -> None:
    mine = made(shop)
    assert (morning(shop, "2013-06-01"), requests(shop, mine)) == (0, [])
