"""What ingest and rating work with in a function; nothing heavy is imported."""

import time
from datetime import UTC, datetime
from functools import cache

from solde.adapters.queue import SqsQueue
from solde.domain.usage.metering import MetersByType, by_event_type
from solde.runtime import wiring
from solde.runtime.clock import business_now
from solde.runtime.settings import settings
from solde.storage.meters import MeterTable
from solde.storage.payers import PayerTable
from solde.storage.rating_book import RatingBookTable
from solde.workflows.ingest_usage.accept import IngestContext
from solde.workflows.rate_usage.context import RatingContext
from solde.workflows.read_usage.context import ReadingContext

FRESH_SECONDS = 60
_meters: tuple[float, MetersByType] | None = None


@cache
def meter_table() -> MeterTable:
    return MeterTable(wiring.table())


@cache
def queue() -> SqsQueue:
    return SqsQueue(wiring.client("sqs"), settings.events_queue)


def ingest_context() -> IngestContext:
    """Hold events against the later of wall and business time: a test clock may run ahead."""
    received_at = datetime.now(UTC)
    return IngestContext(
        objects=wiring.usage_objects(),
        queue=queue(),
        meters=_known_meters(),
        received_at=received_at,
        now=max(received_at, business_now()),
    )


def rating_context() -> RatingContext:
    return RatingContext(
        objects=wiring.usage_objects(),
        subjects=PayerTable(wiring.table()),
        meters=meter_table(),
        usage=wiring.measured(),
        book=RatingBookTable(wiring.table()),
        entities=wiring.entities(),
    )


def reading_context() -> ReadingContext:
    return ReadingContext(
        objects=wiring.usage_objects(),
        usage=wiring.measured(),
        meters=meter_table(),
        book=RatingBookTable(wiring.table()),
        now=business_now(),
        looked_at=datetime.now(UTC),
    )


def _known_meters() -> MetersByType:
    """Look up meters once a minute: one that is younger is missed here, and found by rating."""
    global _meters  # noqa: PLW0603 - one copy a process
    now = time.monotonic()
    if _meters is None or now - _meters[0] > FRESH_SECONDS:
        _meters = (now, by_event_type(meter_table().meters()))
    return _meters[1]
