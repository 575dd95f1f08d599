"""What reading usage works with."""

from dataclasses import dataclass
from datetime import datetime

from solde.ports.objects import ObjectStore
from solde.ports.usage import Meters, RatingBook, UsageReader
from solde.workflows.rate_usage.manifest import Asked, Manifest, next_manifest
from solde.workflows.rate_usage.state import State, read_state


@dataclass(frozen=True, slots=True)
class ReadingContext:
    """`now` is business time, `looked_at` the wall clock's, by which raw objects are filed."""

    objects: ObjectStore
    usage: UsageReader
    meters: Meters
    book: RatingBook
    now: datetime
    looked_at: datetime

    def state(self) -> State:
        return read_state(self.book.generation(), self.objects)

    def next_manifest(self, state: State) -> Manifest:
        """Return what the next execution would read: the events that wait."""
        return next_manifest(state, Asked(self.now, self.looked_at, lambda _: 1), self.objects)
