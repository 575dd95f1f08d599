"""What was billed and is on the timeline no more: proposed as nothing, so that it goes back."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from solde.domain.catalog import Catalog
from solde.domain.rating.charge import ChargeKey, Proposal
from solde.domain.rating.stages import in_money
from solde.domain.rating.tiers import in_tier
from solde.domain.subscriptions import Item, Subscription

_Named = tuple[str, str, str]
"""Id, component and price: the segments that share their rounding keys."""


def withdrawn(gone: Mapping[ChargeKey, Subscription], catalog: Catalog) -> Iterator[Proposal]:
    """Propose nothing for keys that were billed and are on the timeline no more."""
    agreed: dict[str, dict[_Named, Item]] = {}
    for key, subscription in gone.items():
        if subscription.id not in agreed:
            agreed[subscription.id] = _items_by_name(subscription)
        named = (key.item_id, key.component, key.price_id)
        price = catalog.price(key.price_id, key.price_version).of(subscription.currency)
        if key.part or price.priced_in:  # what goes back is what was said when it was billed
            unit = catalog.unit(price.priced_in) if price.priced_in else None
            price = in_tier(in_money(price, key.part, unit), key.part)
        yield Proposal(
            key=key,
            subscription=subscription,
            item=agreed[subscription.id].get(named) or Item(*named, Decimal(0)),
            price=price,
            product=catalog.product(price.product_id),
            due_on=key.period.start_on,
            stretches=(),
            inputs="",
        )


def _items_by_name(subscription: Subscription) -> dict[_Named, Item]:
    """Return the items as they were agreed first, for the words that describe them."""
    items: dict[_Named, Item] = {}
    for item in subscription.items_ever():
        items.setdefault((item.id, item.component, item.price_id), item)
    return items
