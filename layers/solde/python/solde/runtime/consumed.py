"""What the calls of a function consume: units as DynamoDB itself counts them, calls to S3."""

from collections import defaultdict
from decimal import Decimal
from threading import Lock
from typing import Any

READS = frozenset({"GetItem", "BatchGetItem", "Query", "Scan", "TransactGetItems"})
OBJECT_READS = frozenset({"GetObject", "HeadObject"})
NAMES = ("write_units", "read_units", "object_writes", "object_reads")
_spent: defaultdict[str, Decimal] = defaultdict(Decimal)
_alone = Lock()
"""Partitions of an index are asked at once, by several threads."""


def metered(client: Any) -> Any:  # noqa: ANN401 - made at run time by boto3
    """Let a client ask what each call consumed, and add it up; asking costs nothing."""
    events = client.meta.events
    events.register("provide-client-params.dynamodb", _ask)
    events.register("after-call.dynamodb", _add)
    events.register("after-call.s3", _call)
    return client


def consumed() -> dict[str, object]:
    """Return what was consumed since this was last asked: a fact tells it, and a run sums it up."""
    found = {name: str(_spent[name]) for name in NAMES}
    _spent.clear()
    return dict(found)


def _ask(params: dict[str, Any], model: Any, **_rest: object) -> None:  # noqa: ANN401 - botocore's
    if "ReturnConsumedCapacity" in model.input_shape.members:
        params["ReturnConsumedCapacity"] = "TOTAL"


def _add(parsed: dict[str, Any], model: Any, **_rest: object) -> None:  # noqa: ANN401 - botocore's
    said = parsed.get("ConsumedCapacity", [])
    name = "read_units" if model.name in READS else "write_units"
    units = [Decimal(str(one["CapacityUnits"])) for one in _several(said)]
    with _alone:
        _spent[name] += sum(units, Decimal(0))


def _call(model: Any, **_rest: object) -> None:  # noqa: ANN401 - botocore's
    """Count what S3 bills like a PUT (a list is), and what it bills like a GET."""
    with _alone:
        _spent["object_reads" if model.name in OBJECT_READS else "object_writes"] += 1


def _several(said: Any) -> list[Any]:  # noqa: ANN401 - botocore's
    return said if isinstance(said, list) else [said]
