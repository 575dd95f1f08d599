"""What was asked of AWS, counted as AWS bills it."""

from collections import Counter
from dataclasses import dataclass, field, fields
from decimal import Decimal

HALF = Decimal("0.5")


@dataclass(slots=True)
class Counters:
    """
    Calls by `service.Operation`, bytes by service, request units by operation or index.

    Read units are counted in halves (an eventually consistent read), index writes under
    `index.<name>`, all else under the operation that caused them.
    """

    calls: Counter[str] = field(default_factory=Counter)
    bytes_sent: Counter[str] = field(default_factory=Counter)
    bytes_received: Counter[str] = field(default_factory=Counter)
    write_units: Counter[str] = field(default_factory=Counter)
    half_read_units: Counter[str] = field(default_factory=Counter)
    messages: Counter[str] = field(default_factory=Counter)
    """Entries of batches: messages, events and mails, by `service.Operation`."""

    @property
    def write_unit_total(self) -> int:
        return self.write_units.total()

    @property
    def read_unit_total(self) -> Decimal:
        return self.half_read_units.total() * HALF

    def copy(self) -> "Counters":
        return Counters(*(Counter(getattr(self, one.name)) for one in fields(self)))

    def since(self, before: "Counters") -> "Counters":
        """Return what has been counted after a copy was taken."""
        return Counters(
            *(getattr(self, one.name) - getattr(before, one.name) for one in fields(self))
        )

    def plus(self, other: "Counters") -> "Counters":
        return Counters(
            *(getattr(self, one.name) + getattr(other, one.name) for one in fields(self))
        )
