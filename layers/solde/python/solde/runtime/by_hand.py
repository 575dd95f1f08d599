"""Lines by hand as the API speaks of them, and the ids that a repeat of a request gets again."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from solde.domain.catalog import Product
from solde.domain.errors import InvalidError, NotFoundError
from solde.domain.identity import derived_id
from solde.domain.invoicing.parties import Customer
from solde.domain.money import currency
from solde.domain.periods import Period
from solde.domain.rating import ExtraLine
from solde.runtime import wiring
from solde.runtime.access import Caller
from solde.runtime.custom_fields import CustomValues, given
from solde.runtime.fields import Amount, Code, Day, Strict, Text

ONE_DAY = timedelta(days=1)
ALWAYS = datetime(1970, 1, 1, tzinfo=UTC)


class LineByHand(Strict):
    """
    So many at a price each, before tax, of a product of the catalog.

    Service is from `start_on` and before `end_on`; without them, the day of billing.
    """

    product: Code
    description: Text
    quantity: Amount = Field(default=Decimal(1), validate_default=True)
    unit_amount: Amount
    currency: Annotated[str, Field(pattern="^[A-Z]{3}$")] | None = None
    start_on: Day | None = None
    end_on: Day | None = None
    custom_fields: CustomValues = Field(default_factory=dict)

    def fact(
        self, identity: str, customer: Customer, due_on: date, order: str | None = None
    ) -> ExtraLine:
        """
        Return the line as a fact, of an order of the buyer where one is named.

        Raises:
            InvalidError: it charges nothing, or serves on no day.
            NotFoundError: there is no such product.

        """
        entity = wiring.entities().entity(customer.entity)
        start_on = self.start_on or due_on
        end_on = self.end_on or start_on + ONE_DAY
        if end_on <= start_on:
            raise InvalidError(
                f"end_on: expected a day after {start_on}, found {end_on}", pointer="/end_on"
            )
        return ExtraLine(
            id=identity,
            customer_id=customer.id,
            entity=entity.code,
            product=product_named(self.product),
            currency=currency(self.currency or entity.currency),
            quantity=self.quantity,
            unit_amount=self.unit_amount,
            description=self.description,
            service=Period(start_on, end_on),
            due_on=due_on,
            purchase_order=order or "",
            fields=given(entity.code, "line", self.custom_fields),
        )


def id_by_hand(caller: Caller, asked: str, *parts: str) -> str:
    """Name a fact by the Idempotency-Key of its request: asked again, it is the same fact."""
    return derived_id("adj", caller.key_id, asked, *parts, at=ALWAYS)


def product_named(code: str) -> Product:
    """
    Return a product of the catalog.

    Raises:
        NotFoundError: there is none of that code.

    """
    found = wiring.catalogs().get("product", code)
    if not isinstance(found, Product):
        raise NotFoundError(
            f"product: expected one of the catalog, found {code!r}", pointer="/product"
        )
    return found


def applied_id(caller: Caller, asked: str) -> str:
    """Name credit that is applied by the Idempotency-Key of its request."""
    return derived_id("apc", caller.key_id, asked, at=ALWAYS)


def refund_id(caller: Caller, asked: str) -> str:
    """Name a refund by the Idempotency-Key of its request."""
    return derived_id("rfd", caller.key_id, asked, at=ALWAYS)


def attempt_id(caller: Caller, asked: str) -> str:
    """Name an attempt to collect by the Idempotency-Key of its request."""
    return derived_id("att", caller.key_id, asked, at=ALWAYS)


def late_id(caller: Caller, asked: str) -> str:
    """Name a request for late charges by its Idempotency-Key."""
    return derived_id("lrq", caller.key_id, asked, at=ALWAYS)


def waiver_id(caller: Caller, asked: str) -> str:
    """Name a request to waive late charges by its Idempotency-Key."""
    return derived_id("wvr", caller.key_id, asked, at=ALWAYS)


def write_off_id(caller: Caller, asked: str) -> str:
    """Name a write-off by the Idempotency-Key of its request."""
    return derived_id("wof", caller.key_id, asked, at=ALWAYS)
