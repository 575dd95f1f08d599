"""Send: a refund that was asked for goes to the provider, once however often it is told."""

from typing import Any

from solde.ports.refunds import RefundStatus
from solde.runtime import wiring
from solde.runtime.clock import business_now
from solde.runtime.collect import refunder
from solde.runtime.messages import Event, each_detail
from solde.runtime.observe import alarm, tell
from solde.workflows.refund_payment import send_refund


def lambda_handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    return each_detail(event, _send)


def _send(detail: Event) -> None:
    status = send_refund(
        detail["customer"],
        detail["refund"],
        business_now(),
        store=wiring.refunds(),
        provider_of=refunder,
    )
    if status in (RefundStatus.REFUSED, RefundStatus.UNKNOWN):
        alarm("refund not sent", refund=detail["refund"], status=status.value)
    tell("refund worked", refund=detail["refund"], status=status.value)
