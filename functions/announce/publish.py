"""Announce: the table's stream brings outbox items and deliveries; the bus takes them."""

from typing import Any

from solde.runtime import wiring
from solde.runtime.consumed import consumed
from solde.runtime.observe import tell
from solde.storage.stream import announcement_of
from solde.workflows.announce import announce


def lambda_handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    images = [record["dynamodb"]["NewImage"] for record in event["Records"]]
    announcements = [one for image in images if (one := announcement_of(image))]
    announce(announcements, outbox=wiring.outbox(), bus=wiring.bus())
    tell("announced", count=len(announcements), **consumed())
    return {"batchItemFailures": []}
