"""Pack: small requests of the queue become few objects."""

from datetime import UTC, datetime
from typing import Any

from solde.runtime import wiring
from solde.runtime.observe import tell
from solde.workflows.ingest_usage.pack import pack


def lambda_handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    messages = {record["messageId"]: record["body"] for record in event["Records"]}
    packed = pack(messages, at=datetime.now(UTC), objects=wiring.usage_objects())
    tell("events packed", events=packed.events, objects=len(packed.keys))
    return {"batchItemFailures": [{"itemIdentifier": one} for one in packed.malformed]}
