"""What messages carry: the business instant of a schedule, the detail of a bus event in a queue."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from solde.domain.errors import SoldeError
from solde.runtime.observe import tell

Event = Mapping[str, Any]
FAULTS = (SoldeError, BotoCoreError, ClientError, LookupError, TypeError, ValueError)
"""What one message, or what is stored of it, can cause; anything else stops the function."""


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
    """Work the details of a queue's batch of bus events, of a queue that brings one kind."""
    return each_event(event, lambda _kind, detail: work(detail))


def each_event(event: Event, work: Callable[[str, Event], None]) -> dict[str, Any]:
    """
    Work the bus events of a queue's batch, kind and detail; report those to be given again.

    Each message fails alone: the queue gives it again, and in the end leaves it with the dead
    letters, without those that came with it.
    """
    failed = []
    for record in event["Records"]:
        try:
            told = json.loads(record["body"])
            work(told.get("detail-type", ""), told["detail"])
        except FAULTS as fault:
            tell("message failed", message=record["messageId"], error=_named(fault))
            failed.append({"itemIdentifier": record["messageId"]})
    return {"batchItemFailures": failed}


def each_invoice(detail: Event, work: Callable[[str, str], None]) -> None:
    """
    Work all invoices that an event names, customer and invoice; none waits for another.

    Raises:
        Exception: the first fault, after all were worked.

    """
    _each(detail["invoices"], work)


def each_sending(detail: Event, work: Callable[[str, str, str], None]) -> None:
    """
    Work all sendings that an event names: customer, invoice and sending.

    Raises:
        Exception: the first fault, after all were worked.

    """
    _each(detail["sendings"], work)


def _each(names: Iterable[Sequence[str]], work: Callable[..., None]) -> None:
    faults = []
    for named in names:
        try:
            work(*named)
        except FAULTS as fault:
            tell("invoice failed", invoice=named[1], error=_named(fault))
            faults.append(fault)
    if faults:
        raise faults[0]


def _named(fault: Exception) -> str:
    return fault.code if isinstance(fault, SoldeError) else type(fault).__name__
