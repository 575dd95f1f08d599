"""Gifts as items of their customer, read with all that he is billed for; they move no books."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from solde.domain.discounts import Gift
from solde.domain.money import Money
from solde.storage import keys
from solde.storage.outbox import announcement
from solde.storage.reading import day, present, reading
from solde.storage.table import ConditionFailedError, Item, NoItem, Put, Table

SCHEMA = 1
END = "#end"


class GiftTable:
    """The port `Gifts` over the table."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def gifts(self, customer_id: str) -> Sequence[Gift]:
        key = keys.gift(customer_id, "")
        return gifts_from_items(
            self._table.query(key.pk, first=key.sk, last=f"{key.sk}{keys.LAST}")
        )

    def give(self, customer_id: str, gift: Gift, *, at: datetime) -> bool:
        key = keys.gift(customer_id, gift.id)
        item = gift_to_item(gift) | {"pk": key.pk, "sk": key.sk, "at": at.isoformat()}
        return self._written(item, "wallet.topped_up", _told(customer_id, gift), at)

    def end(self, customer_id: str, gift: Gift, left: int, *, at: datetime) -> bool:
        key = keys.gift(customer_id, gift.id)
        ended_on = gift.ended_on.isoformat() if gift.ended_on else ""
        item = {"pk": key.pk, "sk": f"{key.sk}{END}", "schema": SCHEMA, "on": ended_on}
        told = _told(customer_id, gift) | {"amount": left}
        return self._written({**item, "at": at.isoformat()}, "wallet.voided", told, at)

    def _written(self, item: Item, kind: str, told: Item, at: datetime) -> bool:
        try:
            self._table.write(
                Put(item, (NoItem(guard="gift_new"),)), announcement(kind, told, at=at)
            )
        except ConditionFailedError:
            return False
        return True


def _told(customer_id: str, gift: Gift) -> Item:
    return {
        "customer": customer_id,
        "wallet": gift.wallet,
        "top_up": gift.id,
        "amount": gift.amount.minor,
        "currency": gift.amount.currency,
    }


def gift_to_item(gift: Gift) -> Item:
    return {
        "schema": SCHEMA,
        "id": gift.id,
        "wallet": gift.wallet,
        "name": gift.name,
        "amount": gift.amount.minor,
        "currency": gift.amount.currency,
        "on": gift.on.isoformat(),
        "rank": gift.rank,
        **present(
            until=gift.until_on.isoformat() if gift.until_on else None,
            kinds=sorted(gift.kinds),
            products=sorted(gift.products),
            reference=gift.reference,
        ),
    }


def gifts_from_items(items: Iterable[Item]) -> tuple[Gift, ...]:
    """Read gifts, each with its end, which lies right behind it."""
    found: list[Gift] = []
    for item in items:
        with reading(item):
            if item["sk"].endswith(END):
                found[-1] = replace(found[-1], ended_on=date.fromisoformat(item["on"]))
            else:
                found.append(gift_from_item(item))
    return tuple(found)


def gift_from_item(item: Item) -> Gift:
    return Gift(
        id=item["id"],
        wallet=item["wallet"],
        name=item["name"],
        amount=Money(item["amount"], item["currency"]),
        on=date.fromisoformat(item["on"]),
        until_on=day(item.get("until")),
        rank=item["rank"],
        kinds=frozenset(item.get("kinds", ())),
        products=frozenset(item.get("products", ())),
        reference=item.get("reference", ""),
    )
