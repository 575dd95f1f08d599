"""What rating, and reading usage, work with in a function."""

from datetime import UTC, datetime

from solde.runtime import wiring
from solde.runtime.clock import business_now
from solde.storage.payers import PayerTable
from solde.storage.rating_book import RatingBookTable
from solde.workflows.rate_usage.context import RatingContext
from solde.workflows.read_usage.context import ReadingContext


def rating_context() -> RatingContext:
    return RatingContext(
        objects=wiring.usage_objects(),
        subjects=PayerTable(wiring.table()),
        meters=wiring.meters(),
        usage=wiring.measured(),
        book=RatingBookTable(wiring.table()),
        entities=wiring.entities(),
    )


def reading_context() -> ReadingContext:
    return ReadingContext(
        objects=wiring.usage_objects(),
        usage=wiring.measured(),
        meters=wiring.meters(),
        book=RatingBookTable(wiring.table()),
        now=business_now(),
        looked_at=datetime.now(UTC),
    )
