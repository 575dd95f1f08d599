"""Choose a version of a price for a subscription: the explicit act that may change the past."""

from datetime import date

from solde.domain.errors import InvalidError
from solde.domain.subscriptions import Change, PriceChosen
from solde.workflows.change_subscription import Entering, Make


def choose_price(price_id: str, version: int, effective_on: date) -> Make:
    """Give the items of a price a version of it from a day on; billed days are corrected."""

    def make(entering: Entering) -> Change:
        known = sorted({one.price_id for one in entering.subscription.items_ever()})
        if price_id not in known:
            raise InvalidError(
                f"price: expected one of the subscription's {known}, found {price_id!r}",
                pointer="/price",
            )
        catalog = entering.catalogs.catalog([price_id])
        versions = catalog.versions.get(price_id, (catalog.price(price_id),))
        if version not in {one.version for one in versions}:
            raise InvalidError(
                f"version: expected 1 to {versions[-1].version}, found {version}",
                pointer="/version",
            )
        return PriceChosen(effective_on, entering.sequence, price_id, version)

    return make
