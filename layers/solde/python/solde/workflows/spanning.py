"""A commitment across subscriptions counts one currency: another would be there and not count."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from solde.domain.catalog import Catalog
from solde.domain.errors import InvalidError
from solde.domain.periods import NEVER, Period
from solde.domain.subscriptions import Subscription, closing, timeline
from solde.ports.catalogs import Catalogs

ONE_DAY = timedelta(days=1)


def must_count(one: Subscription, others: Sequence[Subscription], catalogs: Catalogs) -> None:
    """
    Prove that a subscription and those beside it count against each other's commitments.

    `others` are all that the customer has, itself among them or not. Prices are read only where
    there is another currency at all.

    Raises:
        InvalidError: one has another currency while the other has a commitment across them.

    """
    foreign = [each for each in others if each.currency != one.currency]
    if not foreign:
        return
    every = (one, *foreign)
    names = sorted({item.price_id for each in every for item in each.items_ever()})
    catalog = catalogs.catalog(names)
    for each in foreign:
        _must_share(one, each, catalog)
        _must_share(each, one, catalog)


def _must_share(owner: Subscription, other: Subscription, catalog: Catalog) -> None:
    """
    Refuse what is charged in a period of the owner's commitment: the two differ in currency.

    What counts is what is due in the period, also where the commitment holds for a part of it, or
    who is charged has ended by then.
    """
    charged_to = _charged_to(other)
    for days in _committed(owner, catalog):
        if days.start_on < charged_to and other.start_on < days.end_on:
            raise InvalidError(
                f"currency: expected {owner.currency}, in which a commitment of {owner.id} counts "
                f"all subscriptions of the customer from {days.start_on} on, found "
                f"{other.currency} of {other.id}",
                pointer="/currency",
            )


def _charged_to(one: Subscription) -> date:
    """Return the first day without a charge: what is left early may stay due to its term's end."""
    end = closing(one)
    return max(one.ends_on, end.due_to) if end and end.due_to else one.ends_on


def _committed(owner: Subscription, catalog: Catalog) -> Iterator[Period]:
    """Yield the whole billing periods in which a commitment holds on some day."""
    for segment in timeline(owner):
        if catalog.price(segment.item.price_id).across:
            first_on, end_on = segment.period.start_on, segment.period.end_on
            if end_on < NEVER:
                end_on = owner.period_on(end_on - ONE_DAY).end_on
            yield Period(owner.period_on(first_on).start_on, end_on)
