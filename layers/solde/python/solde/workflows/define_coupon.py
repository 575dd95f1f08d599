"""Define a coupon: the products that it is good for must exist."""

from collections.abc import Iterable

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
    must_be_sold("products", coupon.offer.products, definitions)
    must_be_sold("together", coupon.offer.together, definitions)
    discounts.put(coupon, record)


def must_be_sold(field: str, products: Iterable[str], definitions: Definitions) -> None:
    """
    Prove that products which an offer names are in the catalog.

    Raises:
        InvalidError: one of them is not.

    """
    for code in sorted(products):
        try:
            definitions.get("product", code)
        except NotFoundError as missing:
            raise InvalidError(
                f"{field}: expected those of the catalog, found {code!r}",
                pointer=f"/offer/{field}",
            ) from missing
