"""A commitment across subscriptions counts one currency: another would be there and not count."""

from collections.abc import Iterator, Sequence

from solde.domain.catalog import Catalog
from solde.domain.errors import InvalidError
from solde.domain.periods import Period
from solde.domain.subscriptions import Subscription, timeline
from solde.ports.catalogs import Catalogs


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
    """Refuse what is served while the owner's commitment holds: the two differ in currency."""
    for days in _committed(owner, catalog):
        if days.start_on < other.ends_on and other.start_on < days.end_on:
            raise InvalidError(
                f"currency: expected {owner.currency}, in which a commitment of {owner.id} counts "
                f"all subscriptions of the customer, found {other.currency} of {other.id}",
                pointer="/currency",
            )


def _committed(owner: Subscription, catalog: Catalog) -> Iterator[Period]:
    for segment in timeline(owner):
        if catalog.price(segment.item.price_id).across:
            yield segment.period
