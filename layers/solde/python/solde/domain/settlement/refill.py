"""
Asking for a top-up: once for each time that a wallet falls below what its customer agreed to.

A request stands until it is paid, or until there is enough in the wallet by other means; then the
next fall makes the next request. Requests of a wallet are numbered, so none is made twice.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import Enum

from solde.domain.errors import InvalidError
from solde.domain.identity import derived_id, instant_of
from solde.domain.money import Money
from solde.domain.settlement.wallet import Wallet


class RequestStatus(Enum):
    """OPEN waits for its money; NOT_NEEDED was open when there was enough again."""

    OPEN = "open"
    PAID = "paid"
    NOT_NEEDED = "not_needed"


@dataclass(frozen=True, slots=True)
class TopUpRequest:
    """`number` counts the requests of the wallet from 1; `balance` is what was left then."""

    id: str
    wallet: str
    customer_id: str
    entity: str
    number: int
    amount: Money
    balance: int
    on: date
    status: RequestStatus = RequestStatus.OPEN

    @property
    def lot_id(self) -> str:
        """The top-up that pays it: the same, however often it is told."""
        at = instant_of(self.id)
        assert at is not None  # noqa: S101 - it is an id of ours
        return derived_id("lot", self.id, at=at)

    def must_be(self, amount: Money) -> None:
        """
        Refuse to pay it with another amount.

        Raises:
            InvalidError: with the difference.

        """
        if amount != self.amount:
            raise InvalidError(
                f"amount: expected {self.amount.minor} {self.amount.currency}, which was asked "
                f"for, found {amount.minor} {amount.currency}",
                pointer="/amount",
            )


def followed(
    wallet: Wallet, latest: TopUpRequest | None, balance: int, at: datetime, on: date
) -> TopUpRequest | None:
    """
    Return the request that is new, or the latest that is not needed any more; None: all stands.

    `balance` must have been read after `latest`: so what paid a request is in it.
    """
    wanted = wallet.wants(balance)
    if latest and latest.status is RequestStatus.OPEN:
        return None if wanted else replace(latest, status=RequestStatus.NOT_NEEDED)
    if wanted is None:
        return None
    number = latest.number + 1 if latest else 1
    return TopUpRequest(
        id=derived_id("tur", wallet.id, str(number), at=at),
        wallet=wallet.id,
        customer_id=wallet.customer_id,
        entity=wallet.entity,
        number=number,
        amount=wanted,
        balance=balance,
        on=on,
    )
