"""Pro formas as items: no entry, no status, nothing that bills, reminds or settles ever reads."""

from collections.abc import Sequence
from datetime import date, datetime

from solde.domain.errors import StateConflictError
from solde.domain.invoicing.draft import PRO_FORMA
from solde.ports.billing import PackSlice
from solde.ports.pro_formas import Numbered, ProForma
from solde.storage import index_keys, keys
from solde.storage.invoices import rendered_from_item, rendered_to_item
from solde.storage.reading import reading
from solde.storage.run_items import head_write, record_to_item
from solde.storage.table import ConditionFailedError, Item, NoItem, Put, Table

SCHEMA = 1


class ProFormaTable:
    """The port `ProFormas` over the table."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def claimed(self, customer_id: str, claim: str) -> Sequence[ProForma]:
        known = self._table.get(keys.unique(PRO_FORMA, claim))
        if known is None:
            return ()
        if known["customer"] != customer_id:
            raise StateConflictError(
                "Idempotency-Key: expected one not in use for another customer"
            )
        wanted = [keys.pro_forma(customer_id, one) for one in known["ids"]]
        found = self._table.get_many(wanted)
        return [pro_forma_from_item(found[one]) for one in wanted]

    def make(self, numbered: Numbered, *, at: datetime) -> bool:
        record = numbered.record
        try:
            self._table.write(
                head_write(record, numbered.head),
                Put(record_to_item(record), (NoItem(guard="record_absent"),)),
                Put(_claim_item(numbered, at), (NoItem(guard="pro_forma_once"),)),
                *(
                    Put(pro_forma_to_item(one), (NoItem(guard="pro_forma_absent"),))
                    for one in numbered.made
                ),
            )
        except ConditionFailedError:
            return False
        return True


def _claim_item(numbered: Numbered, at: datetime) -> Item:
    key = keys.unique(PRO_FORMA, numbered.claim)
    return {
        "pk": key.pk,
        "sk": key.sk,
        "schema": SCHEMA,
        "customer": numbered.made[0].customer_id,
        "ids": [one.id for one in numbered.made],
        "at": at.isoformat(),
    }


def pro_forma_to_item(one: ProForma) -> Item:
    key = keys.pro_forma(one.customer_id, one.id)
    return {
        "pk": key.pk,
        "sk": key.sk,
        "schema": SCHEMA,
        "list_pk": index_keys.listing("pfi", one.id),
        "list_sk": f"{one.issued_on.isoformat()}#{one.id}",
        "kind": PRO_FORMA,
        "number": one.number,
        "name": one.customer_name,
        "entity": one.entity,
        "currency": one.currency,
        "total": one.gross_minor,
        "issued_on": one.issued_on.isoformat(),
        "sha": one.sha256,
        "pack": one.place.key,
        "at": one.place.offset,
        "len": one.place.length,
        "docs": rendered_to_item(one.documents),
    }


def pro_forma_from_item(item: Item) -> ProForma:
    with reading(item):
        return ProForma(
            id=item["sk"].removeprefix("F#"),
            number=item["number"],
            customer_id=item["pk"].removeprefix("A#"),
            customer_name=item["name"],
            entity=item["entity"],
            currency=item["currency"],
            gross_minor=item["total"],
            issued_on=date.fromisoformat(item["issued_on"]),
            sha256=item["sha"],
            place=PackSlice(item["pack"], item["at"], item["len"]),
            documents=rendered_from_item(item["docs"]),
        )
