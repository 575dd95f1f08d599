"""Wallets as items of their customer; what moves them lies right behind, each with its entry."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from solde.domain.money import Money
from solde.domain.settlement import Lot, Purpose, Refill, TopUpRequest, Wallet
from solde.ports.wallets import Moved, WalletFact, WalletFactKind
from solde.storage import index_keys, keys
from solde.storage.journal import entry_to_item
from solde.storage.lots import (
    credited,
    lot_from_item,
    lot_moved,
    lot_put,
    lots_of,
    scope_from_item,
    scope_to_item,
)
from solde.storage.open_months import open_day
from solde.storage.outbox import announcement
from solde.storage.reading import present, reading
from solde.storage.refills import request_paid
from solde.storage.table import ConditionFailedError, Item, NoItem, Put, Table, Write

SCHEMA = 1


class WalletTable:
    """The port `Wallets` over the table."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def make(self, wallet: Wallet, *, at: datetime) -> bool:
        return self._written(Put(wallet_to_item(wallet, at), (NoItem(guard="wallet_new"),)))

    def wallet(self, customer_id: str, wallet_id: str) -> Wallet | None:
        item = self._table.get(keys.wallet(customer_id, wallet_id))
        return wallet_from_item(item) if item else None

    def wallets(self, customer_id: str) -> Sequence[Wallet]:
        key = keys.wallet(customer_id, "")
        items = self._table.query(key.pk, first=key.sk, last=f"{key.sk}{keys.LAST}")
        return [wallet_from_item(item) for item in items if "jrn" not in item]

    def refilled(self, entity: str) -> Sequence[Wallet]:
        found = self._table.due_in(index_keys.due_refill_shards(entity), keys.LAST)
        items = [item for key in found if (item := self._table.get(key))]
        return [wallet_from_item(item) for item in items]

    def lots(self, customer_id: str) -> Sequence[Lot]:
        return lots_of(self._table, customer_id)

    def facts(self, customer_id: str, wallet_id: str) -> Sequence[Moved]:
        key = keys.wallet_fact(customer_id, wallet_id, "")
        items = self._table.query(key.pk, first=key.sk, last=f"{key.sk}{keys.LAST}")
        return sorted(map(_fact_from_item, items), key=lambda one: (one.on, one.id))

    def put(self, fact: WalletFact, *, at: datetime, pays: TopUpRequest | None = None) -> bool:
        lot = fact.lot
        return self._booked(
            fact,
            at,
            NoItem(guard="top_up_once"),
            lot_put(lot),
            credited(lot.customer_id, lot.entity, lot.id),
            _announced("wallet.topped_up", fact, at),
            *((request_paid(pays),) if pays else ()),
        )

    def end(self, read: Lot, fact: WalletFact, *, at: datetime) -> bool:
        return self._booked(
            fact,
            at,
            NoItem(guard="wallet_end_once"),
            lot_moved(read, fact.lot),
            _announced(f"wallet.{fact.kind.value.removeprefix('wallet_')}", fact, at),
        )

    def expiring(self, entity: str, until: date) -> Sequence[Lot]:
        bound = index_keys.due_until(until)
        found = self._table.due_in(index_keys.due_expire_shards(entity), bound)
        items = [item for key in found if (item := self._table.get(key))]
        lots = [lot_from_item(item) for item in items]
        return [lot for lot in lots if lot.left.minor]

    def reserved(self, customer_id: str, entity: str) -> bool:
        item = self._table.get(keys.billing_state(customer_id, entity))
        return item is not None and "resv" in item

    def _booked(self, fact: WalletFact, at: datetime, once: NoItem, *beside: Write) -> bool:
        """Write a fact, in an open month of the books however late it is worked, once."""
        on, checks = open_day(self._table, fact.lot.entity, at.date(), None)
        return self._written(*checks, Put(_fact_to_item(fact, at, on), (once,)), *beside)

    def _written(self, *writes: Write) -> bool:
        try:
            self._table.write(*writes)
        except ConditionFailedError:
            return False
        return True


def _announced(kind: str, fact: WalletFact, at: datetime) -> Put:
    lot = fact.lot
    detail = {
        "customer": lot.customer_id,
        "wallet": lot.funds.wallet if lot.funds else "",
        "top_up": lot.id,
        "amount": fact.amount.minor,
        "currency": fact.amount.currency,
    }
    return announcement(kind, detail, at=at)


def wallet_to_item(wallet: Wallet, at: datetime) -> Item:
    key = keys.wallet(wallet.customer_id, wallet.id)
    refill = wallet.refill
    return {
        "pk": key.pk,
        "sk": key.sk,
        "schema": SCHEMA,
        "entity": wallet.entity,
        "currency": wallet.currency,
        "name": wallet.name,
        "purpose": wallet.purpose.value,
        "rank": wallet.rank,
        "value": str(wallet.credit_value),
        "at": at.isoformat(),
        **_looked_at(wallet, at),
        **present(
            scope=scope_to_item(wallet.scope),
            days=wallet.days,
            refill=[refill.below, refill.amount] if refill else None,
        ),
    }


def _looked_at(wallet: Wallet, at: datetime) -> Item:
    """Name a wallet that is to be topped up to the daily look, every day from its first."""
    if wallet.refill is None:
        return {}
    return {
        "due_pk": index_keys.due_refill(wallet.entity, wallet.customer_id),
        "due_sk": index_keys.due_day(at.date(), wallet.id),
    }


def wallet_from_item(item: Item) -> Wallet:
    with reading(item):
        return Wallet(
            id=item["sk"].removeprefix("W#"),
            customer_id=item["pk"].removeprefix("A#"),
            entity=item["entity"],
            currency=item["currency"],
            name=item["name"],
            purpose=Purpose(item["purpose"]),
            rank=item["rank"],
            scope=scope_from_item(item.get("scope")),
            days=item.get("days"),
            credit_value=Decimal(item["value"]),
            refill=Refill(*item["refill"]) if "refill" in item else None,
        )


def _fact_to_item(fact: WalletFact, at: datetime, booked_on: date) -> Item:
    lot = fact.lot
    key = keys.wallet_fact(lot.customer_id, lot.funds.wallet if lot.funds else "", fact.id)
    return {
        "pk": key.pk,
        "sk": key.sk,
        "schema": SCHEMA,
        "kind": fact.kind.value,
        "lot": lot.id,
        "entity": lot.entity,
        "amount": fact.amount.minor,
        "on": fact.on.isoformat(),
        "at": at.isoformat(),
        "booked_on": booked_on.isoformat(),
        **present(reference=fact.reference or None, adv=fact.advance or None),
        **entry_to_item(fact.entry),
    }


def _fact_from_item(item: Item) -> Moved:
    with reading(item):
        return Moved(
            id=item["sk"].rpartition("#")[2],
            kind=WalletFactKind(item["kind"]),
            lot_id=item["lot"],
            amount=Money(item["amount"], item["currency"]),
            on=date.fromisoformat(item["on"]),
            reference=item.get("reference", ""),
        )
