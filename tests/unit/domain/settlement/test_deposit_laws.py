"""Deposits whatever is asked for and whatever comes: sums, and the books at every step."""

from hypothesis import given
from hypothesis import strategies as st

from solde.domain.money import Money
from solde.domain.settlement import Funds, Lot, deposit_document, received, taken_back
from tests.unit.domain.settlement.test_deposit import SAID, order, taking


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


STEPS = st.lists(
    st.tuples(st.sampled_from(["pay", "withdraw", "use", "back"]), st.integers(1, 600_00)),
    max_size=12,
)


@given(STEPS, st.integers(0, 2))
def test_whatever_comes_the_books_say_what_is_owed_for_it(steps, cent) -> None:
    """
    518.25 with 68.25 of tax: paid, taken back by the bank, used and given back in any order.

    A note has the tax of its part, or a cent more or less, as rates and roundings have it; one that
    takes all that is left when nothing was used takes all the tax.
    """
    held = Funds("dep_1", 518_25, tax=68_25, waits=518_25, order="BC-7")
    mine = Lot("inv_1", "cus_1", "fr", Money(0, "EUR"), funds=held)
    owed, open_, vat = 450_00, 518_25, 0
    for what, most in steps:
        funds, before = mine.funds, mine
        assert funds is not None
        if what == "pay" and open_:
            minor = min(most, open_)
            mine, open_ = received(mine, minor, open_), open_ - minor
        elif what == "withdraw" and (paid := 518_25 - funds.back - open_) > 0:
            minor = min(most, paid)
            mine, open_ = received(mine, -minor, open_), open_ + minor
        elif what == "use" and mine.left.minor:
            minor = min(most, mine.left.minor)
            mine = mine.moved(-minor).moved(minor, "inv_2")
            tax = mine.tax_gone - before.tax_gone
            owed, vat = owed - minor + tax, vat + tax
        elif what == "back" and mine.unused:
            minor = min(most, mine.unused)
            rest = funds.tax - funds.tax_back
            whole = minor == funds.put - funds.back
            tax = (
                rest
                if whole
                else min(max(rest * minor // (funds.put - funds.back) + cent - 1, 0), rest)
            )
            open_ -= min(funds.waits, minor)
            mine = taken_back(mine, taking((minor, tax)))
            anew = mine.tax_gone - before.tax_gone
            owed, vat = owed - minor + tax + anew, vat + tax + anew
        after = mine.funds
        assert after is not None
        assert mine.booked == owed
        assert mine.left.minor + after.waits + after.back + mine.used == 518_25
        if not mine.unused:
            assert (owed, vat) == (0, 68_25)
