"""What a document defers, as it lies in its header: accounts, minor units, days of service."""

from datetime import date

from solde.domain.ledger import Deferral
from solde.domain.periods import Period

Row = list[str | int]


def deferral_to_item(one: Deferral) -> Row:
    days = one.service
    return [
        one.revenue,
        one.deferred,
        one.minor,
        days.start_on.isoformat(),
        days.end_on.isoformat(),
    ]


def deferral_from_item(row: Row) -> Deferral:
    revenue, deferred, minor, start_on, end_on = row
    service = Period(date.fromisoformat(str(start_on)), date.fromisoformat(str(end_on)))
    return Deferral(str(revenue), str(deferred), int(minor), service)
