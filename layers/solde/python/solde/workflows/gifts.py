"""Gifts: what is granted to a customer, what documents have had of it, and what is withdrawn."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import NamedTuple

from solde.domain.discounts import Gift
from solde.domain.errors import NotFoundError, StateConflictError
from solde.domain.identity import no_id
from solde.domain.periods import day_of
from solde.domain.settlement import Use, Wallet
from solde.ports.billing import BillingStore, Entities
from solde.ports.gifts import Gifts
from solde.ports.wallets import Wallets
from solde.workflows.wallets import TopUp


@dataclass(frozen=True, slots=True)
class GiftContext:
    gifts: Gifts
    wallets: Wallets
    billing: BillingStore
    entities: Entities


class Standing(NamedTuple):
    """A gift as it stands on a day; what is left and lost are minor units."""

    gift: Gift
    uses: tuple[Use, ...]
    left: int
    lost: int


def give(wallet: Wallet, wanted: TopUp, at: datetime, context: GiftContext) -> Standing:
    """
    Grant an amount; asked again, it changes nothing.

    Raises:
        InvalidError: another currency than the wallet's, nothing, or a day that is over.
        StateConflictError: the id is that of another gift.

    """
    on = _today(wallet, at, context)
    gift = wallet.given(
        wanted.id, wanted.amount, on, until_on=wanted.until_on, reference=wanted.reference
    )
    context.gifts.give(wallet.customer_id, gift, at=at)
    found = standing_of(wallet, gift.id, at, context)
    if found.gift.amount != wanted.amount or wanted.until_on not in (None, found.gift.until_on):
        raise StateConflictError("Idempotency-Key: expected one not in use for another top-up")
    return found


def standing(wallet: Wallet, at: datetime, context: GiftContext) -> Sequence[Standing]:
    """Return the gifts of a wallet as they stand, used up and lost ones too."""
    gifts = [one for one in context.gifts.gifts(wallet.customer_id) if one.wallet == wallet.id]
    if not gifts:
        return ()
    today, since = _today(wallet, at, context), min(one.on for one in gifts)
    headers = context.billing.headers(wallet.customer_id, issued_since=since)
    found = []
    for gift in gifts:
        uses = [Use(one.id, one.gifts[gift.id]) for one in headers if gift.id in one.gifts]
        rest = gift.amount.minor - sum(one.minor for one in uses)
        there = gift.there(today)
        found.append(Standing(gift, tuple(uses), rest if there else 0, 0 if there else rest))
    return found


def standing_of(wallet: Wallet, gift_id: str, at: datetime, context: GiftContext) -> Standing:
    """
    Return a gift of a wallet as it stands.

    Raises:
        NotFoundError: there is none of that id.

    """
    every = standing(wallet, at, context)
    found = next((one for one in every if one.gift.id == gift_id), None)
    if found is None:
        raise NotFoundError(f"top_up: {no_id('lot', gift_id)}")
    return found


def withdraw(wallet: Wallet, gift_ids: Sequence[str], at: datetime, context: GiftContext) -> None:
    """
    Withdraw what is left of gifts from today on; what is withdrawn already stays so.

    Raises:
        NotFoundError: one of them is none of the wallet.
        StateConflictError: a run has planned with it.

    """
    if context.wallets.reserved(wallet.customer_id, wallet.entity):
        raise StateConflictError(f"{wallet.id}: expected no run that has planned with it")
    today = _today(wallet, at, context)
    for found in [standing_of(wallet, one, at, context) for one in gift_ids]:
        if found.left:
            ended = replace(found.gift, ended_on=today)
            context.gifts.end(wallet.customer_id, ended, found.left, at=at)


def _today(wallet: Wallet, at: datetime, context: GiftContext) -> date:
    return day_of(at, context.entities.entity(wallet.entity).time_zone)
