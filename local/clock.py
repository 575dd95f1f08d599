"""
The business clock of the local cloud: it stands still until it is advanced.

Its hand is an item of the table, where functions that no message tells the time look it up, so
that a clock and its data are kept, restored and thrown away together.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from local.clients import client
from local.errors import LocalCloudError
from local.outputs import Outputs
from local.places import Places
from local.rest import Activity, wait_for_rest
from local.schedules import Firing, deployed, firings
from solde.storage import keys


class ClockError(LocalCloudError):
    """The clock cannot be set or moved so; the message says why."""


class ScheduleFailedError(LocalCloudError):
    """What a schedule started failed; the clock stands at that instant, to be advanced again."""


@dataclass(frozen=True, slots=True)
class Fired:
    """A schedule that fired, what its target answered, and what went wrong until rest."""

    at: datetime
    schedule: str
    answer: Any
    troubles: tuple[str, ...]


def _unwatched(_fired: Fired) -> None:
    """Watch nothing."""


@dataclass(frozen=True, slots=True)
class Clock:
    places: Places
    outputs: Outputs

    def now(self) -> datetime | None:
        """Return the business instant, in UTC; None before the clock was first set."""
        found = client("dynamodb", self.places).get_item(
            TableName=self.outputs.table, Key=_key(), ConsistentRead=True
        )
        return datetime.fromisoformat(found["Item"]["now"]["S"]) if "Item" in found else None

    def start(self, at: datetime) -> None:
        """
        Set a clock that was never set.

        Raises:
            ClockError: it was set before: business time does not go back.

        """
        if (now := self.now()) is not None:
            raise ClockError(f"business time is {now:%Y-%m-%d %H:%M:%S} UTC already: advance it")
        self._write(at)

    def advance(
        self, to: datetime, *, watch: Callable[[Fired], None] = _unwatched, passing: bool = False
    ) -> tuple[Fired, ...]:
        """
        Fire in order every schedule due until `to`, each once all before it is worked off.

        A clock that was never set begins with the machine's. One that goes on at once is
        `passing`: what fires every few minutes then waits for the end of the day.

        Raises:
            ClockError: `to` lies in the past of the clock, or has no zone.
            ScheduleFailedError: a target failed.
            NoRestError: what a target started does not end.

        """
        after = self._beginning(to)
        self._write(after)
        before = wait_for_rest(self.places)
        fired = []
        for firing in firings(deployed(self.places), after, to, passing=passing):
            self._write(firing.at)
            answer = self._fire(firing)
            now = wait_for_rest(self.places)
            troubles = tuple(_troubles(before, now))
            fired.append(Fired(firing.at, firing.schedule.name, answer, troubles))
            watch(fired[-1])
            before = now
        self._write(to)
        return tuple(fired)

    def due(self, to: datetime) -> int:
        """Count the firings that an advance to this instant brings."""
        return sum(1 for _ in firings(deployed(self.places), self._beginning(to), to))

    def _beginning(self, to: datetime) -> datetime:
        if to.tzinfo is None:
            raise ClockError(f"expected an instant with its zone, found {to.isoformat()}")
        after = self.now() or datetime.now(UTC).replace(microsecond=0)
        if to < after:
            raise ClockError(f"business time is {after:%Y-%m-%d %H:%M:%S} UTC and does not go back")
        return after

    def _write(self, at: datetime) -> None:
        item = {**_key(), "now": {"S": at.astimezone(UTC).isoformat()}, "schema": {"N": "1"}}
        client("dynamodb", self.places).put_item(TableName=self.outputs.table, Item=item)

    def _fire(self, firing: Firing) -> Any:  # noqa: ANN401 - whatever a function answers
        message = filled(firing)
        target = firing.schedule.target
        if ":states:" in target:
            machines = client("stepfunctions", self.places)
            return machines.start_execution(stateMachineArn=target, input=message)["executionArn"]
        answer = client("lambda", self.places).invoke(FunctionName=target, Payload=message)
        found = json.loads(answer["Payload"].read())
        if "FunctionError" in answer:
            raise ScheduleFailedError(
                f"{firing.schedule.name} of {firing.at:%Y-%m-%d %H:%M:%S} UTC: "
                f"{found.get('errorType')}: {found.get('errorMessage')}"
            )
        return found


def filled(firing: Firing) -> str:
    """Fill in the names that EventBridge Scheduler fills in: its user guide, "context"."""
    stamp = f"{firing.at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    values = {
        "scheduled-time": stamp,
        "execution-id": f"{firing.schedule.name}-{stamp.replace(':', '')}",
        "schedule-arn": firing.schedule.arn,
        "attempt-number": "1",
    }
    message = firing.schedule.message
    for name, value in values.items():
        message = message.replace(f"<aws.scheduler.{name}>", value)
    return message


def _key() -> dict[str, dict[str, str]]:
    key = keys.clock()
    return {"pk": {"S": key.pk}, "sk": {"S": key.sk}}


def _troubles(before: Activity, now: Activity) -> Iterator[str]:
    if now.failed > before.failed:
        yield f"{now.failed - before.failed} bill run(s) failed"
    for queue, count in now.dead.items():
        if count > (already := before.dead.get(queue, 0)):
            yield f"{count - already} message(s) given up: {queue}"
