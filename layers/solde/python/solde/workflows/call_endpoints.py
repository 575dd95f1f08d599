"""
Call: what happened is told to the seller's own systems, signed, of each object in order.

A message is stored before it is sent. What is open of an object to an endpoint is its lane: the
first of it is sent, and whoever has sent it looks for the next; so two that work at once never
overtake each other, and what nobody holds any more is taken up again.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from solde.domain.endpoints import (
    DISABLED_AFTER,
    TEST,
    Endpoint,
    Happening,
    happenings,
    next_call_at,
)
from solde.domain.identity import derived_id
from solde.ports.billing import Header
from solde.ports.endpoints import FAILED, SENT, WAITING, Endpoints, Message, Messages
from solde.ports.outbound import Outbound, OutboundRefusedError, OutboundUnavailableError

TAKEN = range(200, 300)
GONE = 410
HELD_SECONDS = 60
"""Longer than a call may take: until then nobody else sends what somebody holds."""
KEPT_FOR = timedelta(days=90)
"""How long what was sent can be looked at, and sent again."""
TOGETHER = 200
"""Messages that one caller takes on: a call may take ten seconds."""


@dataclass(frozen=True, slots=True)
class CallContext:
    """
    `sign(secrets, id, second, body)` makes the headers of a call.

    `known` says of endpoints whether they have taken a call of this caller. One that has not is
    not asked again; of one that has, a call that fails is about its message alone.
    """

    endpoints: Endpoints
    messages: Messages
    header: Callable[[str, str], Header | None]
    outbound: Outbound
    wall: Callable[[], int]
    sign: Callable[[Sequence[str], str, int, bytes], Mapping[str, str]]
    public_url: str
    known: dict[str, bool] = field(default_factory=dict)

    def down(self, endpoint: Endpoint) -> bool:
        return self.known.get(endpoint.id) is False


def call_endpoints(
    announced: str, detail: Mapping[str, Any], at: datetime, context: CallContext
) -> int:
    """Tell every endpoint that wants it what was announced; return how often; safe to repeat."""
    endpoints = [one for one, _ in context.endpoints.all() if not one.ended]
    told = 0
    for happening in happenings(announced, detail) if endpoints else ():
        listening = [one for one in endpoints if one.wants(happening.kind)]
        said = _said(happening, context) if listening else {}
        for endpoint in listening:
            _tell(endpoint, happening, said, at, context)
            told += 1
    return told


def call_again(endpoint_id: str, at: datetime, context: CallContext) -> bool:
    """
    Send what is due again to an endpoint; say whether more is left that could go out at once.

    An endpoint that fails is asked for what is due by its schedule. Once it takes one, all that
    waits goes out in order, and until that is done nothing overtakes it.
    """
    found = context.endpoints.find(endpoint_id)
    if found is None or found[0].ended:
        return False
    endpoint = found[0]
    sent = _lanes(endpoint, at, at, context)
    if not endpoint.failing_since or not sent:
        return sent >= TOGETHER
    if _lanes(endpoint, None, at, context) >= TOGETHER:
        return True
    context.endpoints.change(endpoint, replace(endpoint, failing_since=None), at)
    return False


def due_endpoints(at: datetime, endpoints: Endpoints, messages: Messages) -> list[str]:
    """Return the endpoints to which something is due again."""
    called = [one.id for one, _ in endpoints.all() if not one.ended]
    return [one for one in called if messages.due(one, at)]


def message_of(
    endpoint: Endpoint, happening: Happening, said: Mapping[str, Any], at: datetime
) -> Message:
    """Return what an endpoint is told of a happening; the same happening is the same message."""
    told = (endpoint.id, happening.kind, happening.of, json.dumps(said, sort_keys=True))
    identity = derived_id("msg", *told, at=at)
    body = {"id": identity, "type": happening.kind, "timestamp": at.isoformat(), "data": said}
    return Message(
        id=identity,
        endpoint_id=endpoint.id,
        of=happening.of,
        kind=happening.kind,
        place=f"{at.isoformat()}#{happening.rank:02d}#{identity}",
        body=json.dumps(body, separators=(",", ":")),
        at=at,
    )


def kept_until(second: int) -> int:
    """Return until when a message is kept that is stored at a second of the wall clock."""
    return second + int(KEPT_FOR.total_seconds())


def trial_message(endpoint: Endpoint, at: datetime, until: int) -> Message:
    """Return a message that says nothing but that an endpoint can be reached."""
    made = message_of(endpoint, Happening(TEST, endpoint.id, ""), {"id": endpoint.id}, at)
    return replace(made, state=WAITING, next_at=at, kept_until=until)


def _tell(
    endpoint: Endpoint,
    happening: Happening,
    said: Mapping[str, Any],
    at: datetime,
    context: CallContext,
) -> None:
    """Store a message and send it; where the endpoint fails it waits behind what waits."""
    second = context.wall()
    message = message_of(endpoint, happening, said, at)
    message = replace(message, kept_until=kept_until(second))
    if endpoint.failing_since or context.down(endpoint):
        context.messages.put(replace(message, state=WAITING, next_at=at))
        return
    message = replace(message, held_until=second + HELD_SECONDS)
    new = context.messages.put(message)
    _work(endpoint, message.of, at, context, fresh=message if new else None)


def _lanes(endpoint: Endpoint, until: datetime | None, at: datetime, context: CallContext) -> int:
    """Work the lanes of what is due until an instant, or of all that waits."""
    sent = 0
    due = context.messages.due(endpoint.id, until)[:TOGETHER]
    for of in dict.fromkeys(one.of for one in due):
        if not context.down(endpoint):
            sent += _work(endpoint, of, at, context, drain=until is None)
    return sent


def _work(
    endpoint: Endpoint,
    of: str,
    at: datetime,
    context: CallContext,
    *,
    fresh: Message | None = None,
    drain: bool = False,
) -> int:
    """Send what is open of an object, in order, until one fails, waits, or is another's."""
    sent = 0
    while lane := context.messages.lane(endpoint.id, of):
        if fresh and lane[0].id != fresh.id:
            context.messages.end(replace(fresh, state=WAITING, next_at=at))
            fresh = None
            continue  # who had the first may have ended it meanwhile, and left this one to us
        held = fresh or _taken(lane[0], at, context, drain=drain)
        fresh = None
        if held is None or not _send(endpoint, held, at, context):
            break
        sent += 1
    return sent


def _taken(first: Message, at: datetime, context: CallContext, *, drain: bool) -> Message | None:
    waits = first.attempts and first.next_at and first.next_at > at and not drain
    second = context.wall()
    until = second + HELD_SECONDS
    if waits or first.held_until > second or not context.messages.hold(first, until):
        return None
    return replace(first, held_until=until)


def _send(endpoint: Endpoint, message: Message, at: datetime, context: CallContext) -> bool:
    """Post a message that is held, and write what became of it; say whether it was taken."""
    body, secrets = message.body.encode(), context.endpoints.secrets(endpoint.id)
    headers = context.sign(secrets, message.id, context.wall(), body)
    status = 0
    try:
        status = context.outbound.post(endpoint.url, body, headers)
        note = str(status)
    except (OutboundRefusedError, OutboundUnavailableError) as none:
        note = str(none)
    tried = replace(message, attempts=message.attempts + 1, note=note)
    if status in TAKEN:
        context.known[endpoint.id] = True
        context.messages.end(replace(tried, state=SENT))
        return True
    again_at = next_call_at(message.id, tried.attempts, at)
    state = WAITING if again_at else FAILED
    context.messages.end(replace(tried, state=state, next_at=again_at or message.next_at))
    if not context.known.setdefault(endpoint.id, False) or status == GONE:
        _fails(endpoint, status, at, context)
    return False


def _fails(endpoint: Endpoint, status: int, at: datetime, context: CallContext) -> None:
    """Note since when an endpoint fails, and end it where it is gone or has failed too long."""
    since = endpoint.failing_since or at
    ended = f"{status}: gone" if status == GONE else ""
    if at - since >= DISABLED_AFTER:
        ended = f"failing since {since.isoformat()}"
    if ended or not endpoint.failing_since:
        context.endpoints.change(endpoint, replace(endpoint, failing_since=since, ended=ended), at)


def _said(happening: Happening, context: CallContext) -> Mapping[str, Any]:
    """Return what is told of a happening: what it was announced with, and what is known of it."""
    said = {"customer": happening.customer_id, **happening.data, "id": happening.of}
    if not happening.invoice_id:
        return said
    header = context.header(happening.customer_id, happening.invoice_id)
    if header is None:
        return said
    return {
        **said,
        "kind": header.kind,
        "number": header.number,
        "currency": header.currency,
        "total": header.gross_minor,
        "issued_on": header.issued_on.isoformat(),
        "due_on": header.due_on.isoformat(),
        "url": f"{context.public_url}/v1/invoices/{header.id}",
    }
