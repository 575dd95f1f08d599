"""What AWS carries from one function to the next: the table's stream, the bus, its queues."""

import json
from typing import Any

from bench.account import Account
from functions.announce import publish

STREAM_RECORDS = 100
"""The batch of the stream's consumer."""


def announce(held: Account, prefix: str) -> None:
    """Give the stream's consumer all items of a kind (`O#` or `EV#`) that lie in the table."""
    items = [
        item for (pk, _), item in held.cloud.dynamo.table.items.items() if pk.startswith(prefix)
    ]
    for first in range(0, len(items), STREAM_RECORDS):
        records = [
            {"dynamodb": {"NewImage": item}} for item in items[first : first + STREAM_RECORDS]
        ]
        publish.lambda_handler({"Records": records}, None)


def queued(held: Account, kind: str, batch: int) -> list[dict[str, Any]]:
    """Take the bus events of a kind, as the batches of the queue that they are routed to."""
    taken = held.cloud.taken.events
    records = [
        {"messageId": str(place), "body": json.dumps({"detail": json.loads(one["Detail"])})}
        for place, one in enumerate(taken)
        if one["DetailType"] == kind
    ]
    taken[:] = [one for one in taken if one["DetailType"] != kind]
    return [{"Records": records[at : at + batch]} for at in range(0, len(records), batch)]
