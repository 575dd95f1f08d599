"""How far back what is entered may reach."""

from datetime import date

from solde.workflows.horizon import horizon_on


def test_the_horizon_is_thirteen_months() -> None:
    assert horizon_on(date(2015, 8, 1)) == date(2014, 7, 1)
    assert horizon_on(date(2015, 3, 31)) == date(2014, 2, 28)
