"""Items become values here; what cannot be read is named, and parks its customer."""

from datetime import date, datetime
from types import TracebackType

from solde.domain.errors import SoldeError
from solde.storage.table import Item


class CorruptItemError(SoldeError):
    """A stored item is not what its schema says."""

    code = "corrupt_item"


UNREADABLE = (KeyError, ValueError, TypeError, ArithmeticError, AttributeError)


class reading:  # noqa: N801 - stands after `with`, as a function would
    """Name the item in whatever goes wrong while it is read: of each item, so it costs little."""

    __slots__ = ("_item",)

    def __init__(self, item: Item) -> None:
        self._item = item

    def __enter__(self) -> None:
        """Begin to read."""

    def __exit__(
        self, _kind: object, wrong: BaseException | None, _trace: TracebackType | None
    ) -> None:
        if isinstance(wrong, UNREADABLE):
            key = f"{self._item.get('pk')} {self._item.get('sk')}"
            raise CorruptItemError(f"item {key}: {type(wrong).__name__}: {wrong}") from wrong


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


NOTHING: tuple[object, ...] = (None, "", (), [])


def present(**attributes: object) -> Item:
    """Leave out what has no value: an absent attribute costs nothing and can be a condition."""
    return {name: value for name, value in attributes.items() if value or value not in NOTHING}
