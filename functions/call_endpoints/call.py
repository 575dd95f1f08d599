"""Call the seller's own systems: what happened, as the bus tells it, or what is due again."""

from typing import Any

from solde.runtime.endpoints import DUE, call_context, endpoints
from solde.runtime.messages import Event, as_of, each_event
from solde.runtime.observe import alarm, tell
from solde.workflows.call_endpoints import CallContext, call_again, call_endpoints

ROUNDS = 5
"""How often an invocation goes on with what is left for an endpoint: the sweep does the rest."""


def lambda_handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    context = call_context()
    answer = each_event(event, lambda kind, detail: _work(kind, detail, context))
    for endpoint in (one for one, taken in context.known.items() if not taken):
        found = endpoints().find(endpoint)
        if found and found[0].ended:
            alarm("endpoint ended", endpoint=endpoint, why=found[0].ended)
    return answer


def _work(kind: str, detail: Event, context: CallContext) -> None:
    at = as_of(detail)
    if kind != DUE:
        told = call_endpoints(kind, detail, at, context)
        tell("endpoints called", kind=kind, messages=told)
        return
    rounds = 0
    while rounds < ROUNDS and call_again(detail["endpoint"], at, context):
        rounds += 1
    tell("endpoint called again", endpoint=detail["endpoint"], rounds=rounds)
