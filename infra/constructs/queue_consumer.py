"""A queue with its dead letters and the one function that works it."""

from dataclasses import dataclass

from aws_cdk import Duration
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_lambda_event_sources as sources
from aws_cdk import aws_sqs as sqs
from constructs import Construct

RECEIVES_MAX = 5
VISIBILITY_FACTOR = 6
"""A message stays hidden for six times the function's longest run."""


@dataclass(frozen=True, slots=True)
class Queues:
    queue: sqs.Queue
    dead: sqs.Queue


def queue(scope: Construct, name: str, *, worker_timeout: int) -> Queues:
    """Make a queue whose messages stay hidden long enough for a worker of `worker_timeout` s."""
    dead = sqs.Queue(scope, f"{name}-dead", retention_period=Duration.days(14), enforce_ssl=True)
    return Queues(
        sqs.Queue(
            scope,
            name,
            visibility_timeout=Duration.seconds(worker_timeout * VISIBILITY_FACTOR),
            retention_period=Duration.days(14),
            enforce_ssl=True,
            dead_letter_queue=sqs.DeadLetterQueue(queue=dead, max_receive_count=RECEIVES_MAX),
        ),
        dead,
    )


def consume(
    function: lambda_.Function,
    queues: Queues,
    *,
    batch: int = 10,
    window: int = 0,
    concurrency: int = 10,
) -> None:
    """Let a function work a queue: partial batches, and never more than `concurrency` at once."""
    function.add_event_source(
        sources.SqsEventSource(
            queues.queue,
            batch_size=batch,
            max_batching_window=Duration.seconds(window) if window else None,
            max_concurrency=concurrency,
            report_batch_item_failures=True,
        )
    )
