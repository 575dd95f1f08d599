"""Hear: an address to which mail bounces for good, or whose owner complains, gets no more of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from email.utils import parseaddr
from typing import Any

from solde.domain.identity import derived_id, instant_of
from solde.domain.invoicing.sending import BEGINNING, issued_id
from solde.domain.invoicing.ways import MAIL
from solde.ports.sendings import (
    BOUNCED,
    COMPLAINED,
    RETURNED,
    Contacts,
    Sending,
    Sendings,
    Stop,
)

Event = Mapping[str, Any]
FOR_GOOD = "Permanent"
"""What the provider says of a bounce that comes again; any other may be over tomorrow."""


@dataclass(frozen=True, slots=True)
class HearContext:
    contacts: Contacts
    sendings: Sendings


def hear_mail(event: Event, at: datetime, context: HearContext) -> list[str]:
    """
    Stop mail to the addresses of an event, and return the reasons, one for each stopped now.

    What has come back goes to the next contact of its customer, where there is one. An event that
    is told again stops nobody twice, and sends nothing twice.
    """
    stopped = []
    for address, stop in _told(event, at):
        if context.contacts.stop(address, stop):
            stopped.append(stop.reason)
        _give_back(event, stop, context)
    return stopped


def _told(event: Event, at: datetime) -> Iterator[tuple[str, Stop]]:
    kind = event.get("eventType", "")
    if kind == "Bounce" and event["bounce"]["bounceType"] == FOR_GOOD:
        for one in event["bounce"]["bouncedRecipients"]:
            yield _plain(one), Stop(BOUNCED, one.get("diagnosticCode", ""), at)
    if kind == "Complaint":
        for one in event["complaint"]["complainedRecipients"]:
            yield _plain(one), Stop(COMPLAINED, event["complaint"].get("feedbackType") or "", at)


def _plain(recipient: Event) -> str:
    return parseaddr(recipient["emailAddress"])[1]


def _give_back(event: Event, stop: Stop, context: HearContext) -> None:
    """Say of the sending what became of it; a bounced one is asked for to the next contact."""
    tags = event["mail"].get("tags", {})
    customer_id, invoice_id, job = (tags.get(n, [""])[0] for n in ("customer", "invoice", "job"))
    if not customer_id or not invoice_id:
        return
    sending_id = issued_id(invoice_id, MAIL) if job == invoice_id else job
    sending = context.sendings.find(customer_id, invoice_id, sending_id)
    if sending is None:
        return
    context.sendings.returned(replace(sending, state=stop.reason, note=stop.detail))
    if stop.reason == BOUNCED and context.contacts.reach(customer_id).addresses:
        context.sendings.ask(_following(sending, stop.at))


def _following(sending: Sending, at: datetime) -> Sending:
    identity = derived_id(
        "dlv", sending.id, RETURNED, at=instant_of(sending.invoice_id) or BEGINNING
    )
    return Sending(identity, sending.customer_id, sending.invoice_id, MAIL, RETURNED, at)
