"""What an offer must fit where it is granted: a scope of nothing would silently do nothing."""

from collections.abc import Collection

from solde.domain.discounts import Offer
from solde.domain.errors import InvalidError


def must_fit(
    offer: Offer, currency: str, components: Collection[str], products: Collection[str]
) -> None:
    """
    Prove that what an offer names is there, in its currency.

    Raises:
        InvalidError: with what there is.

    """
    amount = offer.discount.amount
    if amount is not None and amount.currency != currency:
        raise InvalidError(
            f"currency: expected {currency}, found {amount.currency}", pointer="/offer/currency"
        )
    _named("components", offer.components, components)
    _named("products", offer.products, products)


def _named(field: str, wanted: frozenset[str], known: Collection[str]) -> None:
    if missing := sorted(wanted.difference(known)):
        raise InvalidError(
            f"{field}: expected some of {sorted(known)}, found {missing}",
            pointer=f"/offer/{field}",
        )
