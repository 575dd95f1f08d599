"""Settle: what a stored delivery tells is booked."""

from typing import Any

from solde.domain.payments import BANK
from solde.ports.payments import DeliveryStatus
from solde.runtime.collect import attempts, reader
from solde.runtime.messages import Event, as_of, each_detail
from solde.runtime.observe import alarm, tell
from solde.runtime.payments import payments
from solde.workflows.settle_payment import settle_delivery


def lambda_handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    return each_detail(event, _settle)


def _settle(detail: Event) -> None:
    status = settle_delivery(
        detail["provider"],
        detail["event"],
        read=reader(detail["provider"], detail["event"]),
        at=as_of(detail),
        store=payments(),
        attempts=attempts(),
    )
    if status is DeliveryStatus.PARKED and detail["provider"] != BANK:
        alarm("delivery parked", provider=detail["provider"], event=detail["event"])
    tell("delivery worked", provider=detail["provider"], event=detail["event"], status=status.value)
