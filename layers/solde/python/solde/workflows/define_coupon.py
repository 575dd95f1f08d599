"""Define a coupon: the products that it is good for must exist."""

from solde.domain.discounts import Coupon
from solde.domain.errors import InvalidError, NotFoundError
from solde.ports.discounts import Discounts
from solde.ports.records import Record
from solde.workflows.define import Definitions


def define_coupon(
    coupon: Coupon, discounts: Discounts, definitions: Definitions, record: Record | None = None
) -> None:
    """
    Store a coupon.

    Raises:
        InvalidError: it is good for a product that is not in the catalog.
        StateConflictError: its code is in use for another offer.

    """
    for code in sorted(coupon.offer.products):
        try:
            definitions.get("product", code)
        except NotFoundError as missing:
            raise InvalidError(
                f"products: expected those of the catalog, found {code!r}",
                pointer="/offer/products",
            ) from missing
    discounts.put(coupon, record)
