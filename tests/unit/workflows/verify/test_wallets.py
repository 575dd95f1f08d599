"""Wallets: a top-up that does not add up, money lost unknown to the books, gifts overdrawn."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from solde.domain.discounts import Gift
from solde.domain.money import Money
from solde.domain.settlement import Funds, Lot, RequestStatus, TopUpRequest, Use
from solde.ports.audit import Stored
from solde.ports.billing import Header, PackSlice
from solde.workflows.verify.wallets import wallets_add_up

LOT = Lot(
    "lot_1",
    "cus_1",
    "fr",
    Money(66_00, "EUR"),
    uses=(Use("inv_1", 54_00),),
    funds=Funds("wal_1", 120_00, tax=20_00),
)


def said(*lots: Lot) -> tuple[str, ...]:
    return wallets_add_up(Stored(lots={one.id: one for one in lots})).violations


def test_what_is_left_and_used_is_what_was_put_in() -> None:
    assert said(LOT) == ()
    assert said(replace(LOT, funds=None, left=Money(1, "EUR"))) == ()
    assert said(replace(LOT, left=Money(65_99, "EUR"))) == (
        "top-up lot_1: expected 12000, found 11999",
    )


def test_less_than_nothing_is_named() -> None:
    wrong = replace(LOT, left=Money(-1, "EUR"), uses=(Use("inv_1", 120_01),))
    assert said(wrong) == ("top-up lot_1: left: expected 0 or more, found -1",)


def test_what_is_lost_is_income_without_the_tax_inside() -> None:
    """66.00 are lost, 11.00 of them tax: 55.00 are income."""
    assert said(LOT.ended()) == (
        "7588 in EUR against what was lost of wallets: expected 5500, found 0",
    )


def headed(taken: Mapping[str, int]) -> Header:
    """Return a head as far as this looks at it: what its document took of gifts."""
    day, place = date(2027, 6, 1), PackSlice("pack", 0, 1)
    named = ("inv_1", "F-1", "cus_1", "fr", "invoice", "EUR")
    return Header(*named, 0, 0, day, day, day, "run_1", "", "", place, gifts=taken)


def test_no_more_is_taken_of_a_gift_than_there_is() -> None:
    gift = Gift("lot_9", "wal_9", "Welcome", Money(50_00, "EUR"), date(2027, 6, 1))
    one, two = {"lot_9": 30_00}, {"lot_9": 20_01}

    def found(*taken: Mapping[str, int]) -> tuple[str, ...]:
        headers = [headed(each) for each in taken]
        return wallets_add_up(Stored(headers=headers, gifts={gift.id: gift})).violations

    assert found(one, {}) == ()
    assert found(one, {"lot_9": 20_00}) == ()
    assert found(one, two) == ("gift lot_9: expected at most 5000 taken of it, found 5001",)
    assert found({"lot_8": 1}) == ("gift lot_8: expected at most 0 taken of it, found 1",)
    assert found({"lot_9": -1}) == ("gift lot_9: expected at most 5000 taken of it, found -1",)


def test_at_most_one_request_of_a_wallet_waits() -> None:
    first = TopUpRequest("tur", "wal", "cus", "fr", 1, Money(5, "EUR"), 0, date(2027, 6, 1))
    second = replace(first, number=2)

    def found(*requests: TopUpRequest) -> tuple[str, ...]:
        return wallets_add_up(Stored(requests=list(requests))).violations

    paid = replace(first, status=RequestStatus.PAID)
    assert found(second, paid) == ()
    assert found(first, replace(first, wallet="other")) == ()
    assert found(first, second) == ("wallet wal: expected at most 1 open request, found 2",)
    assert found(paid, replace(second, number=3)) == (
        "wallet wal: expected requests 1 to 2, found [1, 3]",
    )
