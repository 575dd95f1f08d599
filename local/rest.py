"""When the local cloud is at rest: nothing runs, no message waits to be worked, all is read."""

import json
import time
import urllib.request
from dataclasses import dataclass

from local.errors import LocalCloudError
from local.places import Places

PATIENCE_SECONDS = 45
"""Three times as long as a message that failed stays hidden."""
BETWEEN_SECONDS = 0.005
PAUSE_SECONDS_MAX = 0.1


class NoRestError(LocalCloudError):
    """Work is left that does not move; the message says what."""


@dataclass(frozen=True, slots=True)
class Activity:
    """
    What is under way, as counted inside the emulator.

    `waiting` are executions that wait for an approval; `dead` are messages in queues that no
    function works, by queue; `failed` counts executions that ended badly.
    """

    functions: int
    queued: dict[str, int]
    unread: int
    running: int
    waiting: int
    dead: dict[str, int]
    failing: list[str]
    failed: int

    @property
    def quiet(self) -> bool:
        return not (self.functions or self.queued or self.unread or self.running)


def activity(places: Places) -> Activity:
    with urllib.request.urlopen(f"{places.endpoint}/_solde/activity", timeout=30) as answer:  # noqa: S310 - our own address
        return Activity(**json.load(answer))


def wait_for_rest(places: Places, *, patience: float = PATIENCE_SECONDS) -> Activity:
    """
    Return once two looks in a row find nothing under way.

    Two, because one look is not taken at one instant: work may hop behind its back once.

    Raises:
        NoRestError: nothing runs nor has moved for `patience` seconds, and yet work is left.

    """
    before, moved, pause = activity(places), time.monotonic(), BETWEEN_SECONDS
    while True:
        time.sleep(pause)
        now = activity(places)
        if now.quiet and before.quiet:
            return now
        if now.functions or now != before:
            moved, pause = time.monotonic(), BETWEEN_SECONDS
        elif time.monotonic() - moved > patience:
            raise NoRestError(f"the local cloud does not come to rest: {now}; see {places.log}")
        else:
            pause = min(2 * pause, PAUSE_SECONDS_MAX)
        before = now
