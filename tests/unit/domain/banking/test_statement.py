"""A statement proves itself: each booking once, and they lead from one balance to the other."""

from dataclasses import replace
from datetime import date

import pytest

from solde.domain.banking.statement import BankEntry, Statement, must_add_up
from solde.domain.errors import InvalidError
from solde.domain.money import Money

EUR = [Money(minor, "EUR") for minor in (100_00, -30_00, 70_00, 140_00)]
CAME = BankEntry("A1", EUR[0], date(2013, 6, 3))
WENT = BankEntry("A2", EUR[1], date(2013, 6, 3))
WHOLE = Statement("FR14", (CAME, WENT), EUR[2], EUR[3])  # 70 + 100 - 30 = 140


def test_balances_that_fit() -> None:
    must_add_up(WHOLE)
    must_add_up(replace(WHOLE, opening=None))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (replace(WHOLE, closing=EUR[2]), "expected opening and entries to come to 14000"),
        (replace(WHOLE, entries=(CAME, CAME)), "'A1' twice"),
        (replace(WHOLE, opening=Money(70_00, "USD")), "found EUR, USD"),
        (replace(WHOLE, entries=(CAME,) * 2001), "at most 2000, found 2001"),
    ],
)
def test_what_does_not_add_up_is_refused(wrong, said) -> None:
    with pytest.raises(InvalidError, match=said):
        must_add_up(wrong)
