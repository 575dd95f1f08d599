"""Tax of notes, each on its own, the last one closing."""

import pytest

from solde.domain.credit.policies import each_on_its_own
from solde.domain.money import Money
from solde.domain.tax import Treatment

TWENTY = Treatment("S", 20, "standard")


@pytest.mark.parametrize(
    ("bases", "taxes"),
    [
        # 68.33 × 20 % is 13.666; of 273.32 it is 54.664, so the last takes 54.66 - 48.21
        ((68_33, 68_33, 68_33, 13_67, 22_33, 32_33), [13_67, 13_67, 13_67, 2_73, 4_47, 6_45]),
        ((68_33, 68_33), [13_67, 13_67]),  # it does not close: nothing is left over for it
        ((273_32,), [54_66]),
    ],
)
def test_the_one_that_closes_takes_what_is_left(bases, taxes) -> None:
    amounts = [Money(one, "EUR") for one in bases]
    found = each_on_its_own(amounts, TWENTY, Money(273_32, "EUR"))
    assert [one.minor for one in found] == taxes
