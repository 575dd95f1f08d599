"""The engine that drives a run's steps; the run record stays the truth."""

from typing import Protocol


class Engine(Protocol):
    def start(self, run_id: str) -> None:
        """Start the execution of a run; starting it again is no second execution."""
        ...

    def approved(self, task_token: str) -> bool:
        """Let a waiting execution go on; False when nobody waits with this token any more."""
        ...
