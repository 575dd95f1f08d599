"""The journal: entries wherever they lie, each on the day that its fact is booked on."""

from datetime import date

from solde.domain.ledger import Entry, Posting
from solde.ports.books import Fact
from solde.storage.deferrals import deferral_from_item
from solde.storage.reading import reading
from solde.storage.table import Item

BOOKED_ON = ("booked_on", "issued_on", "received_on", "at")
"""Where the day of a fact stands, the first there is: facts of before have no `booked_on`."""


def fact_from_item(item: Item) -> Fact:
    """Return what is booked of a fact; all with `jrn` are facts of the books."""
    with reading(item):
        day = next(item[name] for name in BOOKED_ON if name in item)
        invoice = item["sk"].startswith("I#")
        return Fact(
            name=f"{item['pk']} {item['sk']}",
            entity=item["entity"],
            on=date.fromisoformat(day[:10]),
            currency=item["currency"],
            movements=item["jrn"],
            customer_id=item["pk"].removeprefix("A#") if item["pk"].startswith("A#") else "",
            invoice_id=item["sk"].removeprefix("I#") if invoice else "",
            deferrals=tuple(map(deferral_from_item, item.get("defer", ()))),
        )


def entry_to_item(entry: Entry) -> Item:
    """Return the two fields by which a fact carries its entry."""
    return {
        "currency": entry.currency,
        "jrn": entry.movements,
    }


def entry_from_item(item: Item) -> Entry:
    postings = [Posting(account, minor) for account, minor in sorted(item["jrn"].items())]
    return Entry(item["currency"], tuple(postings))
