"""Links as items: a token by its digest, the one document that it opens, and for whom."""

from datetime import date

from solde.ports.documents import Link
from solde.storage import keys
from solde.storage.reading import day, present, reading
from solde.storage.table import Item

SCHEMA = 2


def link_to_item(token_digest: str, link: Link) -> Item:
    key = keys.token(token_digest)
    return {
        "pk": key.pk,
        "sk": key.sk,
        "schema": SCHEMA,
        "customer": link.customer_id,
        "invoice": link.invoice_id,
        **present(
            made=link.made_on.isoformat() if link.made_on else None,
            until=link.expires_on.isoformat() if link.expires_on else None,
            to=link.contact,
            expires_at=link.forgotten_at or None,
        ),
    }


def link_from_item(item: Item) -> Link:
    """Read a link; of schema 1 are those that say their last day themselves."""
    with reading(item):
        return Link(
            item["customer"],
            item["invoice"],
            expires_on=date.fromisoformat(item["until"]) if "until" in item else None,
            made_on=day(item.get("made")),
            contact=item.get("to", ""),
            forgotten_at=item.get("expires_at", 0),
        )
