"""
What is still under way inside the emulator.

Read in its own process, since no public call tells how far the reader of a stream has come. The
names below are those of the pinned version; `tests/local/test_rest.py` fails when they change.
"""

import asyncio
import sys
from typing import Any

SERVICES = "ministack.services."
BETWEEN_SECONDS = 0.002
PAUSE_SECONDS_MAX = 0.05
LOOKS = 30
"""Together about a second: whoever asks for rest asks again, and sees what has moved."""
Module = Any
"""A service of the emulator, or None while nobody has asked for it."""


async def rest() -> dict[str, Any]:
    """
    Return what is under way once two looks in a row find nothing, or after the last look.

    Two, because one look is not taken at one instant: work may hop behind its back once. The
    looks are taken here, where one costs less than a tenth of a request.
    """
    before, pause = activity(), BETWEEN_SECONDS
    for _ in range(LOOKS):
        await asyncio.sleep(pause)
        now = activity()
        if _quiet(now) and _quiet(before):
            return {**now, "rested": True}
        before, pause = now, min(1.2 * pause, PAUSE_SECONDS_MAX)
    return {**before, "rested": False}


def activity() -> dict[str, Any]:
    """
    Count the work in hand: functions, queued messages, unread stream records, executions.

    Every piece of work is in at least one of these places at any moment. `waiting` are executions
    that wait for an approval; `dead` are messages that nobody works, by queue; `failed` counts
    executions that ended badly.
    """
    functions = sys.modules.get(SERVICES + "lambda_svc")
    queued, dead = _messages(functions)
    waiting = _open_tokens()
    return {
        "functions": functions.executions_in_flight()[0] if functions else 0,
        "queued": queued,
        "unread": _unread(functions),
        "running": max(0, _executions("RUNNING") - waiting),
        "waiting": waiting,
        "dead": dead,
        "failing": _failing(functions),
        "failed": _executions("FAILED", "TIMED_OUT", "ABORTED"),
    }


def _quiet(found: dict[str, Any]) -> bool:
    """Tell whether a look found no work in hand."""
    return not (found["functions"] or found["queued"] or found["unread"] or found["running"])


def _mappings(functions: Module, service: str) -> list[tuple[tuple[str, str, str], Any]]:
    if functions is None:
        return []
    found = list(functions._esms._data.items())
    return [(scope, one) for scope, one in found if f":{service}:" in one["EventSourceArn"]]


def _messages(functions: Module) -> tuple[dict[str, int], dict[str, int]]:
    queues = sys.modules.get(SERVICES + "sqs")
    if queues is None:
        return {}, {}
    worked = {one["EventSourceArn"].rsplit(":", 1)[1] for _, one in _mappings(functions, "sqs")}
    held = {
        one["name"]: len(one["messages"])
        for one in list(queues._queues._data.values())
        if one["messages"]
    }
    queued = {name: count for name, count in held.items() if name in worked}
    return queued, {name: count for name, count in held.items() if name not in worked}


def _unread(functions: Module) -> int:
    tables: Any = sys.modules.get(SERVICES + "dynamodb")
    unread = 0
    for (account, region, mapping), one in _mappings(functions, "dynamodb"):
        table = one["EventSourceArn"].split("/")[1]
        end = tables.stream_end_position(table, account_id=account, region=region)
        read = functions._dynamodb_stream_positions._data.get((account, region, mapping), end)
        unread += max(0, end - read)
    return unread


def _failing(functions: Module) -> list[str]:
    sources = _mappings(functions, "dynamodb") + _mappings(functions, "sqs")
    return [one["FunctionName"] for _, one in sources if one["LastProcessingResult"] == "FAILED"]


def _executions(*statuses: str) -> int:
    machines = sys.modules.get(SERVICES + "stepfunctions")
    if machines is None:
        return 0
    executions = list(machines._executions._data.values())
    return sum(1 for one in executions if one["status"] in statuses)


def _open_tokens() -> int:
    machines = sys.modules.get(SERVICES + "stepfunctions")
    if machines is None:
        return 0
    tokens = list(machines._task_tokens._data.values())
    return sum(1 for one in tokens if not one["event"].is_set())
