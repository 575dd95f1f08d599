"""Settle: what a stored delivery tells is booked."""

from typing import Any

from solde.adapters.stripe.events import fact
from solde.runtime import wiring
from solde.runtime.messages import Event, as_of, each_detail
from solde.runtime.observe import tell
from solde.workflows.settle_payment import settle_delivery


def lambda_handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    return each_detail(event, _settle)


def _settle(detail: Event) -> None:
    status = settle_delivery(
        detail["provider"],
        detail["event"],
        read=fact,
        at=as_of(detail),
        store=wiring.payments(),
    )
    tell("delivery worked", provider=detail["provider"], event=detail["event"], status=status.value)
