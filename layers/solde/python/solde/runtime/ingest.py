"""What ingest works with in a function: a cold start waits for little else."""

import time
from datetime import UTC, datetime
from functools import cache

from solde.adapters.queue import SqsQueue
from solde.domain.usage.metering import MetersByType, by_event_type
from solde.runtime import wiring
from solde.runtime.clock import business_now
from solde.runtime.settings import settings
from solde.workflows.ingest_usage.accept import IngestContext

FRESH_SECONDS = 60
_meters: tuple[float, MetersByType] | None = None


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


def _known_meters() -> MetersByType:
    """Look up meters once a minute: one that is younger is missed here, and found by rating."""
    global _meters  # noqa: PLW0603 - one copy a process
    now = time.monotonic()
    if _meters is None or now - _meters[0] > FRESH_SECONDS:
        _meters = (now, by_event_type(wiring.meters().meters()))
    return _meters[1]
