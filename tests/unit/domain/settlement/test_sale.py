"""A top-up that is sold: what its invoice says, and what its money is good for."""

from datetime import date

import pytest

from solde.domain.errors import InvalidError
from solde.domain.money import Money
from solde.domain.settlement import (
    Funds,
    Lot,
    Purpose,
    Scope,
    Wallet,
    lot_of_deposit,
    must_be_of_one_rate,
    said_of_sale,
    sold,
)

DAY = date(2027, 6, 1)
SCOPE = Scope(frozenset({"usage", "advance"}), frozenset({"sms", "calls"}))
WALLET = Wallet("wal", "cus", "fr", "EUR", "Calls", Purpose.SINGLE, rank=7, scope=SCOPE, days=30)
SAID = {
    "id": "dep",
    "wallet": "wal",
    "rank": 7,
    "products": ["calls", "sms"],
    "kinds": ["advance", "usage"],
    "until_on": "2027-07-01",
    "reference": "VIR 1",
}


def draft(*rates: str) -> dict:
    return {"taxes": [{"category": "S", "rate": rate} for rate in rates]}


def test_its_invoice_says_what_the_money_is_for() -> None:
    assert said_of_sale(WALLET, "dep", date(2027, 7, 1), "VIR 1") == SAID
    plain = Wallet(
        "wal", "cus", "fr", "EUR", "Calls", Purpose.SINGLE, scope=Scope(products=frozenset("a"))
    )
    assert said_of_sale(plain, "dep", None, "") == {
        "id": "dep",
        "wallet": "wal",
        "rank": 50,
        "products": ["a"],
    }


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ({"deposit": SAID}, True),
        ({"deposit": {"id": "dep", "order": "BC-7"}}, False),
        ({}, False),
    ],
)
def test_an_order_is_no_sale(document, expected) -> None:
    assert sold(document) is expected


def test_its_lot_is_empty_and_good_for_one_rate() -> None:
    closed = {
        "kind": "deposit",
        "currency": "EUR",
        "customer": {"id": "cus"},
        "entity": {"code": "fr"},
        "taxes": [{"category": "S", "rate": "20", "base": 100_00, "tax": 20_00}],
        "totals": {"gross": 120_00, "tax": 20_00},
        "deposit": SAID,
        "envelope": {"id": "inv_1", "number": "DP-1", "issued_on": "2027-06-01"},
    }
    scope = SCOPE._replace(rates=frozenset({"S/20"}))
    end = date(2027, 7, 1)
    held = Funds("wal", 120_00, 7, end, scope, 20_00, 120_00, number="DP-1", request="dep")
    lot = lot_of_deposit(closed)
    assert lot == Lot("inv_1", "cus", "fr", Money(0, "EUR"), DAY, funds=held)
    assert lot.invoiced
    few = {name: SAID[name] for name in ("id", "wallet", "rank", "products")}
    bare = lot_of_deposit({**closed, "deposit": few}).funds
    assert bare is not None
    assert (bare.until_on, bare.scope.kinds) == (None, frozenset())


@pytest.mark.parametrize(
    ("drafts", "found"),
    [
        ([draft("20", "5.5")], "S/20, S/5.5 on 1 documents"),
        ([draft("20"), draft("20")], "S/20 on 2 documents"),
        ([draft()], "no tax on 1 documents"),
    ],
)
def test_products_that_are_not_taxed_alike_have_not_one_purpose(drafts, found) -> None:
    with pytest.raises(InvalidError, match=f"due at one time, found {found}$") as refused:
        must_be_of_one_rate(drafts)
    assert refused.value.pointer == "/products"


def test_those_that_are_have_one_draft() -> None:
    one = draft("20")
    assert must_be_of_one_rate([one]) is one
