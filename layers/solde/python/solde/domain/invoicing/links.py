"""Until when a mailed link opens its document, by the days of the trade."""

from datetime import date, timedelta

from solde.domain.periods import month_after

AFTER_DUE = timedelta(days=60)
AFTER_PAID = timedelta(days=30)
MONTHS_MOST = 13


def opens_until(made_on: date, *, due_on: date, paid_on: date | None) -> date:
    """
    Return the last day of a link: two months behind the due date, or one behind the payment.

    One that is made later, since somebody asked for it, counts from its own day; none lasts for
    more than thirteen months.
    """
    until = max(due_on, made_on) + AFTER_DUE
    if paid_on is not None:
        until = max(paid_on, made_on) + AFTER_PAID
    return min(until, month_after(made_on, MONTHS_MOST))
