"""Links to a customer's own pages: beside him as a row, and by the digest of their token."""

from collections.abc import Sequence
from datetime import date

from solde.domain.invoicing.customer_links import CustomerLink
from solde.storage import keys, sending_keys
from solde.storage.reading import present, reading
from solde.storage.table import Item, ItemExists, NoItem, Put, Table, Update

SCHEMA = 1
KIND = "customer"


class CustomerLinkTable:
    """The port `CustomerLinks` over the table."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def of(self, customer_id: str) -> Sequence[CustomerLink]:
        first = sending_keys.customer_link(customer_id, "")
        items = self._table.query(first.pk, first=first.sk, last=f"{first.sk}{keys.LAST}")
        return [_from_item(one) for one in items]

    def make(self, link: CustomerLink, token_digest: str, forgotten_at: int) -> None:
        token = keys.token(token_digest)
        pointer = {
            "pk": token.pk,
            "sk": token.sk,
            "schema": SCHEMA,
            "opens": KIND,
            "customer": link.customer_id,
            "link": link.id,
            "expires_at": forgotten_at,
        }
        once = (NoItem(guard="link_once"),)
        self._table.write(Put(_to_item(link), once), Put(pointer, once))

    def opened(self, token_digest: str) -> CustomerLink | None:
        pointer = self._table.get(keys.token(token_digest)) or {}
        if pointer.get("opens") != KIND:
            return None
        item = self._table.get(sending_keys.customer_link(pointer["customer"], pointer["link"]))
        return _from_item(item) if item else None

    def revoke(self, link: CustomerLink) -> None:
        key = sending_keys.customer_link(link.customer_id, link.id)
        self._table.write(Update(key, set={"revoked": True}, conditions=(ItemExists(),)))


def _to_item(one: CustomerLink) -> Item:
    key = sending_keys.customer_link(one.customer_id, one.id)
    return {
        "pk": key.pk,
        "sk": key.sk,
        "schema": SCHEMA,
        "made": one.made_on.isoformat(),
        "until": one.expires_on.isoformat(),
        **present(label=one.label),
    }


def _from_item(item: Item) -> CustomerLink:
    with reading(item):
        return CustomerLink(
            id=item["sk"].removeprefix("J#link#"),
            customer_id=item["pk"].removeprefix("A#"),
            made_on=date.fromisoformat(item["made"]),
            expires_on=date.fromisoformat(item["until"]),
            label=item.get("label", ""),
            revoked=item.get("revoked", False),
        )
