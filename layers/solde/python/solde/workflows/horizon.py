"""How far back what is entered today may reach: behind it nothing is billed or corrected."""

from datetime import date

from solde.domain.periods import month_after

HORIZON_MONTHS = 13


def horizon_on(today: date) -> date:
    """Return the earliest day that a change entered today may reach back to."""
    return month_after(today, -HORIZON_MONTHS)
