"""Items become values here; what cannot be read is named, and parks its customer."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime

from solde.domain.errors import SoldeError
from solde.storage.table import Item


class CorruptItemError(SoldeError):
    """A stored item is not what its schema says."""

    code = "corrupt_item"


@contextmanager
def reading(item: Item) -> Iterator[None]:
    """Name the item in whatever goes wrong while it is read."""
    try:
        yield
    except (KeyError, ValueError, TypeError, ArithmeticError, AttributeError) as wrong:
        key = f"{item.get('pk')} {item.get('sk')}"
        raise CorruptItemError(f"item {key}: {type(wrong).__name__}: {wrong}") from wrong


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def present(**attributes: object) -> Item:
    """Leave out what has no value: an absent attribute costs nothing and can be a condition."""
    return {name: value for name, value in attributes.items() if value not in (None, "", (), [])}
