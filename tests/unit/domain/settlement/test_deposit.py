"""A deposit: split over rates to the cent, filled as it is paid, never below nothing."""

from dataclasses import replace
from datetime import date

import pytest

from solde.domain.errors import InvalidError, StateConflictError
from solde.domain.money import Money
from solde.domain.settlement import (
    Funds,
    Lot,
    deposit_document,
    lot_of_deposit,
    must_be_paid,
    note_of_deposit,
    received,
    taken_back,
)

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
                "subscription": {"id": f"adj_{at}", "external_id": "", "name": ""},
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


@pytest.mark.parametrize(
    ("wanted", "off"), [(0, ""), (-1, ""), (120_01, ", a difference of 1"), (130_00, ".* of 1000")]
)
def test_nothing_and_more_than_the_order_are_refused(wanted, off) -> None:
    said = f"^amount: expected 1 to 12000, which is the order, found {wanted}{off}$"
    with pytest.raises(InvalidError, match=said) as refused:
        deposit_document(order(("20", 100_00, 20_00)), wanted, SAID)
    assert refused.value.pointer == "/deposit/amount"


def test_the_least_and_the_whole_of_an_order_are_deposits() -> None:
    for wanted in (1, 120_00):
        found = deposit_document(order(("20", 100_00, 20_00)), wanted, SAID)
        assert found["totals"]["due"] == wanted


def test_another_currency_than_the_books_is_refused() -> None:
    said = "^currency: expected that of the entity, found EUR$"
    with pytest.raises(InvalidError, match=said) as refused:
        deposit_document(order(("20", 1_00, 20), accounting={"currency": "USD"}), 1, SAID)
    assert refused.value.pointer == "/currency"


def of_rate(place: int, rate: str, price: str, base: int, tax: int) -> dict:
    """Return the line of a deposit at a rate, as it is written."""
    return {
        "line": place,
        "description": f"at {rate}",
        "subscription": {"id": "dep_1", "external_id": "", "name": ""},
        "account": "4191",
        "net": base,
        "tax": {
            "category": "S",
            "rate": rate,
            "class": "x",
            "amount": tax,
            "due": {"at": "payment"},
        },
        "item": "dep_1",
        "component": "deposit",
        "price": {"id": "dep_1", "version": 1},
        "expression": {"quantity": "1", "unit": "C62", "price": price, "base_quantity": 1},
        "units": "1",
        "exact": price,
        "count": 0,
        "with_tax": base + tax,
        "steps": [],
        "inputs": "dep_1",
    }


def test_30_percent_of_two_rates_as_it_is_written() -> None:
    """518.25 of 1,727.50: 360.00 are 300.00 + 60.00, and 158.25 are 150.00 + 8.25."""
    of_the_order = {"allowances": [], "corrects": [], "tax_level": "line", "prepaid": []}
    whole = order(("20", 1_000_00, 200_00), ("5.5", 500_00, 27_50), **of_the_order)
    whole |= {"tax_due": "issue", "inclusive": "net_rounded", "tax_regime": "FR"}
    gone = ("allowances", "base", "gross", "discounts", "deferred", "credited", "corrects")
    whole["lines"][0] |= dict.fromkeys(gone, 1)
    assert deposit_document(whole, 518_25, SAID) == {
        "kind": "deposit",
        "currency": "EUR",
        "customer": {"id": "cus_1"},
        "entity": {"code": "fr"},
        "tax_due": "payment",
        "inclusive": "base",
        "tax_regime": "FR",
        "deposit": SAID,
        "lines": [
            of_rate(1, "20", "360", 300_00, 60_00),
            of_rate(2, "5.5", "158.25", 150_00, 8_25),
        ],
        "taxes": [
            {"category": "S", "rate": "20", "base": 300_00, "tax": 60_00, "with_tax": 360_00},
            {"category": "S", "rate": "5.5", "base": 150_00, "tax": 8_25, "with_tax": 158_25},
        ],
        "totals": {
            "net": 450_00,
            "tax": 68_25,
            "gross": 518_25,
            "prepaid": 0,
            "due": 518_25,
            "rounding": 0,
        },
    }


def test_an_order_of_prices_with_tax_is_split_by_them() -> None:
    """9.99 at 20 %, which are 8.33 + 1.67 less a cent, and 10.01 without tax: all of both."""
    whole = order(("20", 8_33, 1_67), ("0", 10_01, 0))
    whole["taxes"][0]["with_tax"] = 9_99
    whole["totals"]["gross"] = 20_00
    found = deposit_document(whole, 20_00, SAID)
    assert [one["with_tax"] for one in found["taxes"]] == [9_99, 10_01]


def test_the_lot_of_a_deposit_waits_for_all_of_it() -> None:
    draft = deposit_document(order(("20", 100_00, 20_00)), 120_00, SAID)
    said = {"id": "inv_1", "number": "DP-1", "issued_on": "2027-06-01"}
    held = Funds("dep_1", 120_00, 0, tax=20_00, waits=120_00, order="BC-7", number="DP-1")
    on = date(2027, 6, 1)
    assert lot_of_deposit({**draft, "envelope": said}) == Lot(
        "inv_1", "cus_1", "fr", Money(0, "EUR"), on, funds=held
    )


def lot(left: int, waits: int) -> Lot:
    held = Funds("dep_1", 120_00, tax=20_00, waits=waits, order="BC-7")
    return Lot("inv_1", "cus_1", "fr", Money(left, "EUR"), funds=held)


def test_it_is_filled_as_it_is_paid() -> None:
    draft = deposit_document(order(("20", 100_00, 20_00)), 120_00, SAID)
    mine = lot_of_deposit(
        {**draft, "envelope": {"id": "inv_1", "number": "DP-1", "issued_on": "2027-06-01"}}
    )
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


def test_what_is_left_of_an_order_after_other_deposits_is_the_most() -> None:
    said = "amount: expected 1 to 7000, which is left of the order after 5000, found 7001, "
    with pytest.raises(InvalidError, match=f"{said}a difference of 1"):
        deposit_document(order(("20", 100_00, 20_00)), 70_01, SAID, already=50_00)
    found = deposit_document(order(("20", 100_00, 20_00)), 70_00, SAID, already=50_00)
    assert found["totals"]["gross"] == 70_00


def test_its_lines_have_its_own_id_and_no_account_but_that_of_credit() -> None:
    references = {"purchase_order": "BC-7"}
    whole = order(("20", 100_00, 20_00))
    whole["lines"][0]["subscription"]["references"] = references
    (line,) = deposit_document(whole, 1_20, SAID)["lines"]
    assert (line["item"], line["price"]["id"], line["inputs"]) == ("dep_1", "dep_1", "dep_1")
    assert line["subscription"] == {
        "id": "dep_1",
        "external_id": "",
        "name": "",
        "references": references,
    }
    given = {"account": "704", "deferred": "487", "cancels": True, "net": 1}
    note = {"kind": "credit_note", "lines": [given]}
    found = note_of_deposit(note, {"deposit": SAID})
    assert found["lines"] == [{"account": "4191", "net": 1}]
    assert found["deposit"] == SAID


def taking(*rows: tuple[int, int]) -> dict:
    """What a note says to take of a deposit: with tax, and the tax inside."""
    return {"taxes": [{"with_tax": gross, "base": gross - tax, "tax": tax} for gross, tax in rows]}


@pytest.mark.parametrize(
    ("left", "waits", "taken", "after"),
    [
        (0, 120_00, (60_00, 10_00), (0, 60_00, 50_00)),  # nobody has paid: less waits
        (120_00, 0, (60_00, 10_00), (60_00, 0, 50_00)),  # paid: less is left
        (70_00, 50_00, (60_00, 10_00), (60_00, 0, 50_00)),  # what waits goes first
        (66_00, 0, (66_00, 11_00), (0, 0, 0)),  # 54.00 were used, with 9.00 of tax
    ],
)
def test_a_note_takes_back_what_is_not_used(left, waits, taken, after) -> None:
    found = taken_back(lot(left, waits), taking(taken))
    assert found.funds is not None
    assert (found.left.minor, found.funds.waits, found.booked) == after
    assert (found.funds.back, found.funds.tax_back) == taken


def test_the_tax_of_what_was_used_is_counted_anew_when_another_rate_goes_back() -> None:
    """360.00 with 60.00 and 158.25 with 8.25: 100.00 are used, then all of the first goes back."""
    held = Funds("dep_1", 518_25, tax=68_25, order="BC-7")
    used = Lot("inv_1", "cus_1", "fr", Money(418_25, "EUR"), funds=held)
    assert used.tax_gone == 13_17  # 68.25 × 100 / 518.25 = 13.169…
    left = taken_back(used, taking((360_00, 60_00)))
    assert (left.left.minor, left.tax_gone) == (58_25, 5_21)  # 8.25 × 100 / 158.25 = 5.213…
    whole = replace(left, left=Money(0, "EUR"))
    assert (whole.tax_gone, whole.booked) == (8_25, 0)


def test_more_than_is_not_used_is_refused() -> None:
    with pytest.raises(StateConflictError, match="credit inv_1: expected 0 or more, found -1"):
        taken_back(lot(50_00, 10_00), taking((60_01, 10_00)))
    plain = replace(lot(1, 0), funds=None)
    assert taken_back(plain, taking((1, 0))) == plain


def test_an_order_is_billed_when_its_deposits_are_paid() -> None:
    must_be_paid({"BC-7"}, [lot(120_00, 0), replace(lot(0, 1), funds=None)])
    must_be_paid({"BC-8"}, [lot(0, 120_00)])
    said = "^deposit DP-1: expected it paid, or taken back by a .*, found 2000 of 12000 open$"
    open_ = lot(100_00, 20_00)
    assert open_.funds is not None
    with pytest.raises(StateConflictError, match=said):
        must_be_paid({"BC-7"}, [replace(open_, funds=replace(open_.funds, number="DP-1"))])
