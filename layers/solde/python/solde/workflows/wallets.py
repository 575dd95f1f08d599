"""Wallets: money is put in, and what is left expires or is given up; each a fact with its entry."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from solde.domain.errors import NotFoundError, StateConflictError, StoreUnavailableError
from solde.domain.identity import derived_id, no_id
from solde.domain.ledger import entry_of_end, entry_of_top_up
from solde.domain.money import Money
from solde.domain.periods import day_of
from solde.domain.settlement import Lot, TopUpRequest, Wallet
from solde.ports.billing import Entities
from solde.ports.wallets import WalletFact, WalletFactKind, Wallets

ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class WalletContext:
    wallets: Wallets
    entities: Entities


@dataclass(frozen=True, slots=True)
class TopUp:
    """Money that was received, for a request or by itself; `id` is the same for the same act."""

    id: str
    amount: Money
    until_on: date | None = None
    reference: str = ""
    pays: TopUpRequest | None = None


def top_up(wallet: Wallet, wanted: TopUp, at: datetime, context: WalletContext) -> Lot:
    """
    Put money into a wallet; asked again, it changes nothing.

    Raises:
        InvalidError: another currency than the wallet's, nothing, a day that is over, or another
            amount than was asked for.
        StateConflictError: the id is that of another top-up.
        StoreUnavailableError: the books were closed meanwhile, again and again.

    """
    on = day_of(at, context.entities.entity(wallet.entity).time_zone)
    if wanted.pays:
        wanted.pays.must_be(wanted.amount)
    lot = wallet.filled(wanted.id, wanted.amount, on, until_on=wanted.until_on)
    fact = WalletFact(
        id=lot.id,
        kind=WalletFactKind.TOP_UP,
        lot=lot,
        amount=wanted.amount,
        on=on,
        entry=entry_of_top_up(wanted.amount),
        reference=wanted.reference,
    )
    for _ in range(ATTEMPTS):
        if context.wallets.put(fact, at=at, pays=wanted.pays):
            return lot
        there = [one for one in lots_in(wallet, context) if one.id == lot.id]
        if there:
            must_be_same(there[0], wanted)
            return there[0]
    raise StoreUnavailableError(f"{lot.id}: not written in {ATTEMPTS} attempts")


def must_be_same(found: Lot, wanted: TopUp) -> None:
    """
    Refuse a top-up that another has the id of; a day that is not said follows its own.

    Raises:
        StateConflictError: it has another amount or last day.

    """
    held = found.funds
    same = held and held.put == wanted.amount.minor and wanted.until_on in (None, held.until_on)
    if not same:
        raise StateConflictError("Idempotency-Key: expected one not in use for another top-up")


def lots_in(wallet: Wallet, context: WalletContext) -> Sequence[Lot]:
    lots = context.wallets.lots(wallet.customer_id)
    return [one for one in lots if one.funds and one.funds.wallet == wallet.id]


def lot_of(wallet: Wallet, lot_id: str, context: WalletContext) -> Lot:
    """
    Return a top-up of a wallet as it stands.

    Raises:
        NotFoundError: there is none of that id.

    """
    found = next((one for one in lots_in(wallet, context) if one.id == lot_id), None)
    if found is None:
        raise NotFoundError(f"top_up: {no_id('lot', lot_id)}")
    return found


def give_up(
    wallet: Wallet, lot_ids: Sequence[str], at: datetime, context: WalletContext
) -> Sequence[Lot]:
    """
    Void what is left of top-ups; what is void already stays so.

    Raises:
        NotFoundError: one of them is none of the wallet.
        StateConflictError: a run has planned with it.
        StoreUnavailableError: others moved it again and again.

    """
    if context.wallets.reserved(wallet.customer_id, wallet.entity):
        raise StateConflictError(f"{wallet.id}: expected no run that has planned with it")
    return [
        _ended(lot_of(wallet, one, context), WalletFactKind.VOIDED, at, context) for one in lot_ids
    ]


def expire(at: datetime, context: WalletContext) -> int:
    """
    Book what has expired, and return of how many lots; safe to repeat.

    What a run has planned with waits until it has issued, or let go.
    """
    expired = 0
    for entity in context.entities.all():
        today = day_of(at, entity.time_zone)
        for lot in context.wallets.expiring(entity.code, today):
            if not context.wallets.reserved(lot.customer_id, lot.entity):
                _ended(lot, WalletFactKind.EXPIRED, at, context)
                expired += 1
    return expired


def _ended(lot: Lot, kind: WalletFactKind, at: datetime, context: WalletContext) -> Lot:
    zone = context.entities.entity(lot.entity).time_zone
    for _ in range(ATTEMPTS):
        if not lot.left.minor:
            return lot
        after = lot.ended()
        booked = lot.booked - after.booked
        # More may have come since an earlier end, and that one be asked for again.
        lost = str(lot.funds.lost if lot.funds else 0)
        fact = WalletFact(
            id=derived_id("wfa", lot.id, kind.value, lost, at=at),
            kind=kind,
            lot=after,
            amount=lot.left,
            on=day_of(at, zone),
            entry=entry_of_end(lot.left.currency, booked=booked),
            advance=booked if lot.invoiced else 0,
        )
        if context.wallets.end(lot, fact, at=at):
            return after
        lots = context.wallets.lots(lot.customer_id)
        lot = next(one for one in lots if one.id == lot.id)
    raise StoreUnavailableError(f"{lot.id}: moved {ATTEMPTS} times meanwhile")
