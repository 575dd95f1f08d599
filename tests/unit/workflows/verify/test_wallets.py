"""Wallets: a top-up that does not add up, and money lost that the books do not know."""

from dataclasses import replace

from solde.domain.money import Money
from solde.domain.settlement import Funds, Lot, Use
from solde.ports.audit import Stored
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
