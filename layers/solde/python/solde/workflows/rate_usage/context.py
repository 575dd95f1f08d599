"""What rating works with."""

from dataclasses import dataclass

from solde.ports.billing import Entities
from solde.ports.objects import ObjectStore
from solde.ports.usage import Meters, RatingBook, Subjects, UsageStore


@dataclass(frozen=True, slots=True)
class RatingContext:
    """`buckets` overrides the number that follows from the volume: for tests of it."""

    objects: ObjectStore
    subjects: Subjects
    meters: Meters
    usage: UsageStore
    book: RatingBook
    entities: Entities
    buckets: int | None = None
