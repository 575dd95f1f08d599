"""From the bus to a queue: consumers stand behind queues, never on the bus itself."""

from collections.abc import Sequence

from aws_cdk import Duration
from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from constructs import Construct

from infra.constructs.queue_consumer import Queues


def route(
    scope: Construct,
    name: str,
    *,
    bus: events.EventBus | None,
    detail: str | Sequence[str],
    to: Queues,
    source: str = "solde",
) -> None:
    """
    Send events of some detail types to a queue; what the queue will not take is a dead letter.

    Without a `bus` they are those that AWS puts on the account's own.
    """
    types = [detail] if isinstance(detail, str) else list(detail)
    events.Rule(
        scope,
        f"{name}-rule",
        event_bus=bus,
        event_pattern=events.EventPattern(source=[source], detail_type=types),
        targets=[
            targets.SqsQueue(to.queue, dead_letter_queue=to.dead, max_event_age=Duration.hours(24))
        ],
    )
