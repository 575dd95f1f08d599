"""What a piece of work took: CPU time of the product and of the SDK apart, and what AWS counts."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock
from typing import Any
from unittest.mock import patch

from botocore.client import BaseClient

from bench.stub.cloud import StubCloud
from bench.stub.counters import Counters


@dataclass(slots=True)
class Spent:
    """
    CPU time in nanoseconds, and what was counted meanwhile.

    `sdk_ns` is what passes inside of a client's call, less what the stub takes to answer; `own_ns`
    is all that is left of the process's time.
    """

    own_ns: int = 0
    sdk_ns: int = 0
    counters: Counters = field(default_factory=Counters)

    def plus(self, other: "Spent") -> "Spent":
        return Spent(
            self.own_ns + other.own_ns,
            self.sdk_ns + other.sdk_ns,
            self.counters.plus(other.counters),
        )


LOOKS = 2_000
"""How often nothing is watched, to know what watching costs."""


class Watch:
    def __init__(self, cloud: StubCloud) -> None:
        self.spent = Spent()
        self._cloud = cloud
        self._within_ns = 0
        self._calls = 0
        self._alone = Lock()
        """Partitions of an index are asked at once, by several threads."""

    @contextmanager
    def running(self) -> Iterator[None]:
        before, stub = self._cloud.counters.copy(), self._cloud.spent_ns
        call: Any = BaseClient._make_api_call  # type: ignore[attr-defined]
        with patch.object(BaseClient, "_make_api_call", self._timed(call)):
            began = time.process_time_ns()
            yield
            whole = time.process_time_ns() - began
        calls, within_ns = self._calls, self._within_ns
        self.spent.own_ns = whole - within_ns - calls * self._watching_ns()
        self.spent.sdk_ns = within_ns - (self._cloud.spent_ns - stub)
        self.spent.counters = self._cloud.counters.since(before)

    def _timed(self, call: Callable[..., object]) -> Callable[..., object]:
        def timed(client: object, *said: object) -> object:
            began = time.thread_time_ns()
            try:
                return call(client, *said)
            finally:
                spent_ns = time.thread_time_ns() - began
                with self._alone:
                    self._within_ns += spent_ns
                    self._calls += 1

        return timed

    def _watching_ns(self) -> int:
        """Return what watching a call takes outside of it: that is the bench's, nobody else's."""
        self._within_ns = 0
        timed = self._timed(lambda *_: None)
        began = time.process_time_ns()
        for _ in range(LOOKS):
            timed(None)
        return (time.process_time_ns() - began - self._within_ns) // LOOKS
