"""Collect: an attempt that was stored goes to its provider, once however often it is told."""

from typing import Any

from solde.runtime.clock import business_now
from solde.runtime.collect import collect_context
from solde.runtime.messages import Event, each_detail
from solde.runtime.observe import tell
from solde.workflows.collect_payment import make_attempt


def lambda_handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    return each_detail(event, _collect)


def _collect(detail: Event) -> None:
    made = make_attempt(
        detail["customer"], detail["invoice"], detail["number"], business_now(), collect_context()
    )
    tell("attempt worked", attempt=made.id, state=made.state.value, code=made.code)
