"""From the bus to a queue: consumers stand behind queues, never on the bus itself."""

from aws_cdk import Duration
from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from constructs import Construct

from infra.constructs.queue_consumer import Queues


def route(scope: Construct, name: str, *, bus: events.EventBus, detail: str, to: Queues) -> None:
    """Send events of one detail type to a queue; what the queue will not take is a dead letter."""
    events.Rule(
        scope,
        f"{name}-rule",
        event_bus=bus,
        event_pattern=events.EventPattern(source=["solde"], detail_type=[detail]),
        targets=[
            targets.SqsQueue(to.queue, dead_letter_queue=to.dead, max_event_age=Duration.hours(24))
        ],
    )
