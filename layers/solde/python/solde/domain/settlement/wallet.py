"""
A wallet: money that a customer has paid in advance, classified when it is made (R22).

Each top-up is a lot of its own. Single-purpose money is taxed when it is received, so its use books
no new tax; multi-purpose money is taxed when it is used. What is granted is no money: a gift, which
is taken off before tax.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from solde.domain.discounts import Gift
from solde.domain.errors import InvalidError
from solde.domain.money import Money, Rounding, money
from solde.domain.settlement.funds import EVERYTHING, RANK, Funds, Scope
from solde.domain.settlement.lot import Lot

RANKS = 100
DAYS_MOST = 36_500


class Purpose(Enum):
    """
    SINGLE is of one place and rate of tax, due at receipt; MULTI is taxed when it is used.

    GRANTED was paid by nobody: it is a discount.
    """

    SINGLE = "single_purpose"
    MULTI = "multi_purpose"
    GRANTED = "granted"


@dataclass(frozen=True, slots=True)
class Refill:
    """A wallet with less than `below` is to be topped up by `amount`: minor units, both above 0."""

    below: int
    amount: int

    def __post_init__(self) -> None:
        for name in ("below", "amount"):
            if getattr(self, name) <= 0:
                raise InvalidError(
                    f"{name}: expected above 0, found {getattr(self, name)}",
                    pointer=f"/refill/{name}",
                )


@dataclass(frozen=True, slots=True)
class Wallet:
    """
    `days` is how long a top-up can be used, from its own day on; None is for ever.

    `credit_value` is what one credit is worth in major units, where top-ups are told in credits.
    """

    id: str
    customer_id: str
    entity: str
    currency: str
    name: str
    purpose: Purpose
    rank: int = RANK
    scope: Scope = EVERYTHING
    days: int | None = None
    credit_value: Decimal = Decimal(1)
    refill: Refill | None = None

    def __post_init__(self) -> None:
        if not 0 < self.rank <= RANKS:
            raise InvalidError(f"rank: expected 1 to {RANKS}, found {self.rank}", pointer="/rank")
        if self.days is not None and not 0 < self.days <= DAYS_MOST:
            raise InvalidError(
                f"days: expected 1 to {DAYS_MOST}, found {self.days}", pointer="/days"
            )
        if self.credit_value <= 0:
            raise InvalidError(
                f"credit_value: expected above 0, found {self.credit_value}",
                pointer="/credit_value",
            )
        self._must_suit_its_purpose()

    def _must_suit_its_purpose(self) -> None:
        if self.refill and self.purpose is not Purpose.MULTI:
            why = {Purpose.GRANTED: "nothing is paid", Purpose.SINGLE: "each top-up is invoiced"}
            raise InvalidError(
                f"refill: expected none where {why[self.purpose]}, found one", pointer="/refill"
            )
        if self.purpose is Purpose.SINGLE and not self.scope.products:
            raise InvalidError(
                "products: expected those that the one purpose is, found none",
                pointer="/products",
            )

    def worth(self, credits_: Decimal) -> Money:
        """Return what so many credits are worth, rounded to the currency's minor units."""
        exact = Fraction(credits_) * Fraction(self.credit_value)
        return money(exact, self.currency, Rounding.HALF_AWAY)

    def filled(self, lot_id: str, amount: Money, on: date, *, until_on: date | None = None) -> Lot:
        """
        Return the lot of money that is received on a day; it can be used before `until_on`.

        Raises:
            InvalidError: another currency than the wallet's, nothing, or a day that is over.

        """
        self.must_fit(amount)
        held = Funds(self.id, amount.minor, self.rank, self.until(on, until_on), self.scope)
        return Lot(lot_id, self.customer_id, self.entity, amount, on, funds=held)

    def given(
        self,
        gift_id: str,
        amount: Money,
        on: date,
        *,
        until_on: date | None = None,
        reference: str = "",
    ) -> Gift:
        """
        Return what is granted on a day; it can be had before `until_on`.

        Raises:
            InvalidError: another currency than the wallet's, nothing, or a day that is over.

        """
        self.must_fit(amount)
        return Gift(
            id=gift_id,
            wallet=self.id,
            name=self.name,
            amount=amount,
            on=on,
            until_on=self.until(on, until_on),
            rank=self.rank,
            kinds=self.scope.kinds,
            products=self.scope.products,
            reference=reference,
        )

    def until(self, on: date, asked: date | None = None) -> date | None:
        """
        Return the first day on which a top-up of a day cannot be used; None is never.

        Raises:
            InvalidError: that day is over.

        """
        until_on = asked or (on + timedelta(days=self.days) if self.days else None)
        if until_on is not None and until_on <= on:
            raise InvalidError(
                f"expires_on: expected after {on}, found {until_on}", pointer="/expires_on"
            )
        return until_on

    def must_fit(self, amount: Money) -> None:
        """
        Refuse what no top-up of this wallet can be.

        Raises:
            InvalidError: another currency than the wallet's, or nothing.

        """
        if amount.currency != self.currency:
            raise InvalidError(
                f"currency: expected {self.currency}, found {amount.currency}", pointer="/currency"
            )
        if amount.minor <= 0:
            raise InvalidError(f"amount: expected above 0, found {amount.minor}", pointer="/amount")

    def wants(self, balance: int) -> Money | None:
        """Return what the wallet is to be topped up by, with so many minor units in it."""
        if self.refill is None or balance >= self.refill.below:
            return None
        return Money(self.refill.amount, self.currency)
