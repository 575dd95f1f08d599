"""Who pays for a subject: subscriptions and customers by their ids and external ids."""

from collections.abc import Collection, Mapping
from itertools import islice

from solde.ports.usage import Payer, Unpaid
from solde.storage import keys
from solde.storage.reading import reading
from solde.storage.table import Item, Table

UNKNOWN = Unpaid(
    "unknown_subject", "the id or external id of a subscription, or of a customer who has one"
)
AMBIGUOUS = Unpaid("ambiguous_subject", "a subscription: the customer has more than one")


class PayerTable:
    """The port `Subjects` over the table."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def payers(self, subjects: Collection[str]) -> Mapping[str, Payer | Unpaid]:
        found: dict[str, Payer | Unpaid] = {}
        for subject, item in self._located("sub", subjects).items():
            found[subject] = _payer(item, item["subscription_id"])
        rest = [subject for subject in subjects if subject not in found]
        for subject, item in self._located("cus", rest).items():
            found[subject] = self._only_subscription(item)
        return {subject: found.get(subject, UNKNOWN) for subject in subjects}

    def _located(self, kind: str, subjects: Collection[str]) -> dict[str, Item]:
        items = self._table.get_many([keys.unique(kind, subject) for subject in subjects])
        named = {key.pk: item for key, item in items.items()}
        return {
            subject: named[pk]
            for subject in subjects
            if (pk := keys.unique(kind, subject).pk) in named
        }

    def _only_subscription(self, located: Item) -> Payer | Unpaid:
        """Return the one subscription of a customer; with several, usage must name its own."""
        items = self._table.query(
            keys.customer_pk(located["customer_id"]), first="B#2#", last=f"B#2#{keys.LAST}"
        )
        subscriptions = (item for item in items if "#chg#" not in item["sk"])
        match list(islice(subscriptions, 2)):
            case []:
                return UNKNOWN
            case [one]:
                own = self._table.get(keys.unique("sub", one["id"])) or located
                return _payer(own | {"entity": one["entity"]}, one["id"])
            case _:
                return AMBIGUOUS


def _payer(item: Item, subscription_id: str) -> Payer:
    with reading(item):
        return Payer(item["customer_id"], subscription_id, item["entity"], item["zone"])
