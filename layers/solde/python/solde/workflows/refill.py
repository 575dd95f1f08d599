"""Refill: the daily look at wallets that are to be topped up; each fall is told of once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from solde.domain.errors import NotFoundError
from solde.domain.identity import no_id
from solde.domain.periods import day_of
from solde.domain.settlement import RequestStatus, TopUpRequest, Wallet, followed
from solde.ports.billing import Entities
from solde.ports.refills import Refills
from solde.ports.wallets import Wallets


@dataclass(frozen=True, slots=True)
class RefillContext:
    refills: Refills
    wallets: Wallets
    entities: Entities


def refill(at: datetime, context: RefillContext) -> int:
    """
    Ask for the top-ups that are needed, and return how many were new; safe to repeat.

    What was asked for and is not needed any more is closed, so that the next fall asks again.
    """
    asked = 0
    for entity in context.entities.all():
        today = day_of(at, entity.time_zone)
        for wallet in context.wallets.refilled(entity.code):
            asked += _looked_at(wallet, at, today, context)
    return asked


def _looked_at(wallet: Wallet, at: datetime, today: date, context: RefillContext) -> bool:
    """Read the request first: money that has paid it is then among what is read after it."""
    latest = context.refills.latest(wallet.customer_id, wallet.id)
    found = followed(wallet, latest, _balance(wallet, today, context), at, today)
    if found is None:
        return False
    if found.status is RequestStatus.OPEN:
        return context.refills.ask(found, at=at)
    context.refills.not_needed(found)
    return False


def _balance(wallet: Wallet, today: date, context: RefillContext) -> int:
    """Return what can be used today; what is over counts no more, booked or not."""
    return sum(
        lot.left.minor
        for lot in context.wallets.lots(wallet.customer_id)
        if lot.funds
        and lot.funds.wallet == wallet.id
        and (lot.funds.until_on is None or today < lot.funds.until_on)
    )


def request_of(wallet: Wallet, request_id: str, context: RefillContext) -> TopUpRequest:
    """
    Return a request of a wallet.

    Raises:
        NotFoundError: there is none of that id.

    """
    every: Sequence[TopUpRequest] = context.refills.requests(wallet.customer_id, wallet.id)
    found = next((one for one in every if one.id == request_id), None)
    if found is None:
        raise NotFoundError(f"request: {no_id('tur', request_id)}", pointer="/request")
    return found
