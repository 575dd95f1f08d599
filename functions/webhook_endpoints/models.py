"""Endpoints of the seller's own systems as the API speaks of them."""

from typing import Annotated, Any

from pydantic import Field

from solde.domain.endpoints import ATTEMPTS, Endpoint
from solde.ports.endpoints import Message
from solde.ports.records import Record
from solde.runtime.fields import Metadata, Strict, described, instant_text, recorded

Kind = Annotated[str, Field(pattern=r"^(\*|[a-z_]{1,20}\.[a-z_]{1,30})$")]


class NewEndpoint(Strict):
    """`events` are kinds such as `invoice.paid`, or `*` for every one, new ones included."""

    url: str = Field(max_length=600, examples=["https://erp.example.com/hooks/solde"])
    events: list[Kind] = Field(min_length=1, max_length=40, examples=[["invoice.paid"]])
    description: str = Field(default="", max_length=200)
    metadata: Metadata = Field(default_factory=dict)


class Replay(Strict):
    """Messages that were made since an instant: those that failed, or all of them."""

    since: str = Field(examples=["2027-01-31T00:00:00Z"])
    failed_only: bool = True


def endpoint_shown(one: Endpoint, record: Record, *, livemode: bool) -> dict[str, Any]:
    return described(
        "webhook_endpoint",
        id=one.id,
        url=one.url,
        events=list(one.kinds),
        description=one.description,
        state="disabled" if one.ended else "failing" if one.failing_since else "enabled",
        failing_since=instant_text(one.failing_since),
        disabled_because=one.ended or None,
        **recorded(record, livemode=livemode),
    )


def message_shown(one: Message, *, livemode: bool) -> dict[str, Any]:
    return described(
        "webhook_message",
        id=one.id,
        event=one.kind,
        about=one.of,
        state=one.state,
        attempts=one.attempts,
        attempts_max=ATTEMPTS,
        next_attempt_at=instant_text(one.next_at),
        outcome=one.note or None,
        body=one.body,
        created_at=instant_text(one.at),
        livemode=livemode,
    )
