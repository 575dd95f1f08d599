"""When the local cloud is at rest: nothing runs, no message waits to be worked, all is read."""

import json
import time
import urllib.request
from dataclasses import dataclass

from local.errors import LocalCloudError
from local.places import Places

PATIENCE_SECONDS = 45
"""Three times as long as a message that failed stays hidden."""


class NoRestError(LocalCloudError):
    """Work is left that does not move; the message says what."""


@dataclass(frozen=True, slots=True)
class Activity:
    """
    What is under way, as counted inside the emulator.

    `waiting` are executions that wait for an approval; `dead` are messages in queues that no
    function works, by queue; `failed` counts executions that ended badly; `rested` says that two
    looks in a row found nothing.
    """

    functions: int
    queued: dict[str, int]
    unread: int
    running: int
    waiting: int
    dead: dict[str, int]
    failing: list[str]
    failed: int
    rested: bool


def wait_for_rest(places: Places, *, patience: float = PATIENCE_SECONDS) -> Activity:
    """
    Return once nothing is under way: the emulator looks, and answers within about a second.

    Raises:
        NoRestError: nothing runs nor has moved for `patience` seconds, and yet work is left.

    """
    before, moved = _looked(places), time.monotonic()
    while not before.rested:
        now = _looked(places)
        if now.functions or now != before:
            moved = time.monotonic()
        elif time.monotonic() - moved > patience:
            raise NoRestError(f"the local cloud does not come to rest: {now}; see {places.log}")
        before = now
    return before


def _looked(places: Places) -> Activity:
    with urllib.request.urlopen(f"{places.endpoint}/_solde/rest", timeout=30) as answer:  # noqa: S310 - our own address
        return Activity(**json.load(answer))
