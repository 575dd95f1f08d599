"""Announce: from the outbox to the bus; consumers are idempotent, so twice does no harm."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from solde.ports.announcements import Announcement, Bus, Deliveries, Outbox

KEPT_FOR = timedelta(hours=48)
"""How far back the sweep of every hour looks: twice what the stream keeps."""
LATELY = timedelta(hours=2)
"""How far back the others look."""
HOURLY_MINUTES = 5
RESTS_FOR = timedelta(minutes=5)
WORKED_WITHIN = timedelta(minutes=15)


def announce(announcements: Sequence[Announcement], *, outbox: Outbox, bus: Bus) -> None:
    """Publish, then forget: a crash between the two publishes again."""
    if not announcements:
        return
    bus.publish(announcements)
    for one in announcements:
        if one.key[0]:
            outbox.forget(one)


def sweep_deliveries(at: datetime, *, deliveries: Deliveries, bus: Bus) -> int:
    """
    Tell again of deliveries that nobody has worked for a quarter of an hour; return how many.

    They are told by the stream, which keeps nothing for longer than a day, and a message that
    failed too often lies on its dead-letter queue: what is stored as open is the truth.
    """
    waiting = deliveries.unworked(at - WORKED_WITHIN)
    if waiting:
        bus.publish(waiting)
    return len(waiting)


def sweep_outbox(at: datetime, *, outbox: Outbox, bus: Bus) -> int:
    """Publish what the stream has not brought within five minutes; return how many."""
    back = KEPT_FOR if at.minute < HOURLY_MINUTES else LATELY
    waiting = [one for one in outbox.waiting(at - back, at) if one.at <= at - RESTS_FOR]
    announce(waiting, outbox=outbox, bus=bus)
    return len(waiting)
