"""Who sells and who buys on a document: what a buyer writes for his seller turns them round."""

from collections.abc import Mapping
from typing import Any

from solde.domain.invoicing.draft import SELF_BILLED

Document = Mapping[str, Any]


def sides(document: Document) -> tuple[str, str]:
    """Return the fields of seller and buyer: an entity that bills itself buys from the customer."""
    return ("customer", "entity") if document["kind"] == SELF_BILLED else ("entity", "customer")


def sold_and_bought(document: Document) -> tuple[Document, Document]:
    """Return seller and buyer."""
    seller, buyer = sides(document)
    return document[seller], document[buyer]
