"""What messages carry: the business instant of a schedule, the detail of a bus event in a queue."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from solde.domain.errors import SoldeError

Event = Mapping[str, Any]


def as_of(event: Event) -> datetime:
    """
    Return the business instant that a schedule or a bus event carries.

    Raises:
        ValueError: it carries none, or one without a zone.

    """
    at = datetime.fromisoformat(event["as_of"])
    if at.tzinfo is None:
        raise ValueError(f"as_of: expected an instant with its zone, found {event['as_of']!r}")
    return at


def each_detail(event: Event, work: Callable[[Event], None]) -> dict[str, Any]:
    """
    Work the bus events of a queue's batch; report those that must be given again.

    Only a fault that repeating can help is left to the queue; any other raises, which gives the
    whole batch again and in the end leaves it with the dead letters.
    """
    failed = []
    for record in event["Records"]:
        detail = json.loads(record["body"])["detail"]
        try:
            work(detail)
        except SoldeError as fault:
            if not fault.retryable:
                raise
            failed.append({"itemIdentifier": record["messageId"]})
    return {"batchItemFailures": failed}
