"""Usage, rejects and events as the API says them: quantities as text, times in UTC."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from solde.domain.invoicing.texts import plain
from solde.domain.periods import Period
from solde.domain.pricing import Quantity
from solde.domain.usage.event import CANCELS, EPOCH, MICROSECOND, ORIGINAL_SOURCE, Event
from solde.runtime.fields import described
from solde.workflows.read_usage.find_event import Found, RatedEvent, RejectedEvent
from solde.workflows.read_usage.list_rejects import Listed
from solde.workflows.read_usage.usage_of import UsageRow


def row_shown(row: UsageRow, period: Period, *, rated_to_on: date | None) -> dict[str, Any]:
    return described(
        "usage",
        subscription=row.subscription_id,
        meter=row.meter.code,
        start_on=f"{period.start_on}",
        end_on=f"{period.end_on}",
        quantity=plain(row.live.total),
        events=row.live_events,
        cells=_cells(row, row.live),
        rated={
            "quantity": plain(row.rated.total),
            "events": row.rated_events,
            "to_on": f"{rated_to_on}" if rated_to_on else None,
        },
    )


def reject_shown(row: Listed) -> dict[str, Any]:
    return described(
        "rejected_event",
        status="open" if row.open else "final",
        code=row.reject.code,
        pointer=row.reject.pointer,
        detail=row.reject.detail,
        rated_first_by=row.reject.since,
        event=_event(row.reject.event),
    )


def event_shown(found: Found) -> dict[str, Any]:
    match found:
        case RatedEvent():
            event = _event(found.event) if found.event else None
            said = {"status": "rated", "day": f"{found.day}", "rated_by": found.number}
            said |= _amended(found.amended_by)
        case RejectedEvent():
            one = found.reject
            event = _event(one.event)
            said = {"code": one.code, "pointer": one.pointer, "detail": one.detail}
            said["status"] = "rejected" if not found.open else "parked"
        case _:
            event, said = _event(found.event), {"status": "waiting"}
    return described("event", **said, event=event)


def _amended(by: Event | None) -> dict[str, Any]:
    """Say that an event counts no more, and which one has taken its place."""
    if by is None or by.amends is None:
        return {}
    status = "cancelled" if by.amends[0] == CANCELS else "corrected"
    return {"status": status, "amended_by": {"source": by.source, "id": by.id}}


def _event(event: Event) -> dict[str, Any]:
    received = EPOCH + event.received_ms * timedelta(milliseconds=1)
    amends = {}
    if event.amends:
        kind, source, event_id = event.amends
        amends = {kind: event_id, ORIGINAL_SOURCE: source}
    return amends | {
        "source": event.source,
        "id": event.id,
        "type": event.type,
        "subject": event.subject,
        "time": _instant(EPOCH + event.at_us * MICROSECOND),
        "data": dict(event.data),
        "received_at": _instant(received),
    }


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _cells(row: UsageRow, found: Quantity) -> list[dict[str, Any]]:
    names = row.meter.dimensions
    return [
        {"values": dict(zip(names, values, strict=True)), "quantity": plain(part)}
        for values, part in found.cells
    ]
