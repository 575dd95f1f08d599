"""A deposit: split over rates to the cent, filled as it is paid, never below nothing."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solde.domain.errors import InvalidError
from solde.domain.money import Money
from solde.domain.settlement import Funds, Lot, deposit_document, lot_of_deposit, received

SAID = {"id": "dep_1", "order": "BC-7"}


def order(*taxes: tuple[str, int, int], **more) -> dict:
    """A draft with a line for each rate: its rate, base and tax."""
    gross = sum(base + tax for _, base, tax in taxes)
    return {
        "kind": "invoice",
        "currency": "EUR",
        "customer": {"id": "cus_1"},
        "entity": {"code": "fr"},
        "lines": [
            {
                "line": at,
                "description": f"at {rate}",
                "account": "706",
                "net": base,
                "tax": {"category": "S", "rate": rate, "class": "x", "amount": tax},
            }
            for at, (rate, base, tax) in enumerate(taxes, 1)
        ],
        "taxes": [
            {"category": "S", "rate": rate, "base": base, "tax": tax} for rate, base, tax in taxes
        ],
        "totals": {"net": 0, "tax": 0, "gross": gross, "prepaid": 0, "due": gross},
        **more,
    }


def test_prices_with_tax_keep_their_cent() -> None:
    """9.99 at 20 %: 8.33 + 1.67 - 0.01, as of any price with tax."""
    found = deposit_document(order(("20", 100_00, 20_00)), 9_99, SAID)
    totals = {"net": 8_33, "tax": 1_67, "gross": 9_99, "prepaid": 0, "due": 9_99, "rounding": -1}
    assert (found["kind"], found["totals"]) == ("deposit", totals)
    (line,) = found["lines"]
    assert (line["account"], line["net"], line["with_tax"]) == ("4191", 8_33, 9_99)
    assert line["tax"]["due"] == {"at": "payment"}
    assert line["expression"]["price"] == "9.99"


def test_a_rate_that_gets_nothing_has_no_line() -> None:
    found = deposit_document(order(("20", 100_00, 20_00), ("5.5", 1, 0)), 1, SAID)
    assert [one["tax"]["rate"] for one in found["lines"]] == ["20"]
    assert len(found["taxes"]) == 1


@pytest.mark.parametrize("wanted", [0, -1, 120_01])
def test_nothing_and_more_than_the_order_are_refused(wanted) -> None:
    said = f"amount: expected 1 to 12000, which is the order, found {wanted}"
    with pytest.raises(InvalidError, match=said):
        deposit_document(order(("20", 100_00, 20_00)), wanted, SAID)


def test_another_currency_than_the_books_is_refused() -> None:
    with pytest.raises(InvalidError, match="currency: expected that of the entity, found EUR"):
        deposit_document(order(("20", 1_00, 20), accounting={"currency": "USD"}), 1, SAID)


@given(st.integers(1, 17_275), st.integers(0, 10_000), st.integers(0, 10_000))
def test_it_sums_to_what_was_asked_for(wanted, first, second) -> None:
    bases = (("20", first, first // 5), ("5.5", second, second // 20))
    whole = order(*bases)
    if not 0 < wanted <= whole["totals"]["gross"]:
        return
    found = deposit_document(whole, wanted, SAID)
    assert sum(one["with_tax"] for one in found["lines"]) == wanted
    assert sum(one["with_tax"] for one in found["taxes"]) == wanted
    assert abs(found["totals"]["rounding"]) <= len(found["taxes"])


def lot(left: int, waits: int) -> Lot:
    held = Funds("dep_1", 120_00, tax=20_00, waits=waits, order="BC-7")
    return Lot("inv_1", "cus_1", "fr", Money(left, "EUR"), funds=held)


def test_it_is_filled_as_it_is_paid() -> None:
    draft = deposit_document(order(("20", 100_00, 20_00)), 120_00, SAID)
    mine = lot_of_deposit({**draft, "envelope": {"id": "inv_1", "number": "DP-1"}})
    assert (mine.left.minor, mine.gone, mine.booked) == (0, 0, 100_00)
    half = received(mine, 50_00, 120_00)
    assert (half.left.minor, half.funds and half.funds.waits) == (50_00, 70_00)
    assert (half.booked, received(half, -50_00, 70_00)) == (100_00, mine)


def test_what_was_used_and_then_taken_back_is_owed_first() -> None:
    """100.00 of 120.00 are used, then all of the money goes back: 20.00 of it wait again."""
    used = lot(20_00, 0)
    back = received(used, -120_00, 0)
    assert (back.left.minor, back.funds and back.funds.waits, back.gone) == (0, 20_00, 100_00)
    owed = received(back, 100_00, 120_00)
    assert owed == back
    assert received(owed, 20_00, 20_00) == used
    plain = replace(used, funds=None)
    assert received(plain, 5, 5) == plain
