"""Settle: what a stored delivery tells is booked."""

from functools import partial
from typing import Any

from solde.adapters.stripe.events import fact
from solde.ports.payments import DeliveryStatus
from solde.runtime import wiring
from solde.runtime.messages import Event, as_of, each_detail
from solde.runtime.observe import alarm, tell
from solde.runtime.settings import settings
from solde.workflows.settle_payment import settle_delivery


def lambda_handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    return each_detail(event, _settle)


def _settle(detail: Event) -> None:
    status = settle_delivery(
        detail["provider"],
        detail["event"],
        read=partial(fact, live=settings.live),
        at=as_of(detail),
        store=wiring.payments(),
    )
    if status is DeliveryStatus.PARKED:
        alarm("delivery parked", provider=detail["provider"], event=detail["event"])
    tell("delivery worked", provider=detail["provider"], event=detail["event"], status=status.value)
