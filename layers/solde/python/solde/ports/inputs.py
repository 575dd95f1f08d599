"""What a plan follows from, kept so that it can be planned again (replay)."""

from typing import Protocol


class Inputs(Protocol):
    """Everything that was read of the table since `begin`: each item as it was read last."""

    def begin(self) -> None: ...

    def taken(self) -> bytes:
        """Return the items in one body, from which a table for reading can be made again."""
        ...
