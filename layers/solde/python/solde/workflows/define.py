"""Define prices and plans: what they name must exist, and must fit."""

from collections.abc import Sequence
from typing import Protocol

from solde.domain.catalog import Catalog, ChargeKind, Meter, Plan, Price, Product
from solde.domain.errors import InvalidError
from solde.domain.pricing.matrix import Matrix
from solde.ports.records import Record


class Definitions(Protocol):
    def put(self, thing: Product | Meter | Price | Plan, record: Record | None) -> None: ...

    def get(self, kind: str, identity: str) -> Product | Meter | Price | Plan: ...

    def catalog(self, price_ids: Sequence[str]) -> Catalog: ...


def define_price(price: Price, definitions: Definitions, record: Record | None = None) -> None:
    """
    Store a price.

    Raises:
        NotFoundError: product or meter is not in the catalog.
        InvalidError: usage without a meter, a meter without usage, or dimensions it has not.

    """
    definitions.get("product", price.product_id)
    if (price.kind is ChargeKind.USAGE) != bool(price.meter):
        raise InvalidError(
            f"meter: expected one for usage and for nothing else, found {price.meter!r}",
            pointer="/meter",
        )
    if price.meter:
        _fits(price, definitions.get("meter", price.meter))
    elif isinstance(price.model, Matrix):
        raise InvalidError("model: expected a matrix on a metered price only", pointer="/model")
    definitions.put(price, record)


def define_plan(plan: Plan, definitions: Definitions, record: Record | None = None) -> None:
    """
    Store a plan.

    Raises:
        NotFoundError: a price is not in the catalog.
        InvalidError: a component code twice, or prices of several currencies.

    """
    codes = [one.code for one in plan.components]
    if len(set(codes)) != len(codes):
        raise InvalidError(f"components: expected each code once, found {codes}")
    prices = definitions.catalog([one.price_id for one in plan.components]).prices
    currencies = sorted({price.currency for price in prices.values()})
    if len(currencies) != 1:
        raise InvalidError(f"components: expected prices of one currency, found {currencies}")
    definitions.put(plan, record)


def _fits(price: Price, meter: Product | Meter | Price | Plan) -> None:
    if not isinstance(price.model, Matrix) or not isinstance(meter, Meter):
        return
    if price.model.dimensions != meter.dimensions:
        raise InvalidError(
            f"dimensions: expected those of the meter {list(meter.dimensions)}, "
            f"found {list(price.model.dimensions)}",
            pointer="/model/dimensions",
        )
