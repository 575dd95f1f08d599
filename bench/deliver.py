"""Delivery: what a run has announced is carried on, and its documents are rendered."""

from dataclasses import dataclass
from decimal import Decimal

from bench import carry, prices
from bench.account import Account
from bench.spent import Spent
from functions.render_documents import render

RENDER_BATCH = 5
"""The batch of the rendering queue."""
PER_MESSAGE = Decimal("1.4")
"""SQS requests of a message in batches of five: sent by the bus, received and deleted."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """`messages` are what the bus has put into queues."""

    spent: Spent
    messages: int
    invocations: int

    @property
    def dollars(self) -> Decimal:
        counted = self.spent.counters
        cpu_ns = self.spent.own_ns + self.spent.sdk_ns
        return (
            prices.table(counted)
            + prices.objects(counted)
            + prices.compute(cpu_ns, counted, self.invocations)
            + counted.messages["eventbridge.PutEvents"] * prices.BUS_EVENT
            + self.messages * PER_MESSAGE * prices.SQS_REQUEST
        )


def delivered(held: Account) -> Delivered:
    """Announce what a run issued and render it; then announce that it is ready for the mail."""
    with held.measured() as first:
        carry.announce(held, "O#")
    polls = carry.queued(held, "invoice.issued", RENDER_BATCH)
    with held.measured() as second:
        failed = [render.lambda_handler(one, None)["batchItemFailures"] for one in polls]
        carry.announce(held, "O#")
    if any(failed):
        raise RuntimeError(f"render: expected every document rendered, found {failed}")
    messages = sum(len(one["Records"]) for one in polls)
    return Delivered(first.plus(second), messages, 2 + len(polls))
