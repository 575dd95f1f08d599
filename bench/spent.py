"""What a piece of work took: CPU time of the product and of the SDK apart, and what AWS counts."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
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


class Watch:
    def __init__(self, cloud: StubCloud) -> None:
        self.spent = Spent()
        self._cloud = cloud
        self._within_ns = 0

    @contextmanager
    def running(self) -> Iterator[None]:
        before, stub = self._cloud.counters.copy(), self._cloud.spent_ns
        call: Any = BaseClient._make_api_call  # type: ignore[attr-defined]

        def timed(client: object, *said: object) -> object:
            began = time.process_time_ns()
            try:
                return call(client, *said)
            finally:
                self._within_ns += time.process_time_ns() - began

        with patch.object(BaseClient, "_make_api_call", timed):
            began = time.process_time_ns()
            yield
            whole = time.process_time_ns() - began
        self.spent.own_ns = whole - self._within_ns
        self.spent.sdk_ns = self._within_ns - (self._cloud.spent_ns - stub)
        self.spent.counters = self._cloud.counters.since(before)
