"""The bill run's machine in this process: the handlers of its states, in their order."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from functions.bill_run import close, issue, plan, publish, review, seal, select, start
from solde.runtime import wiring
from solde.workflows.bill_run.files import batches_key, chunks_key

Handler = Callable[[dict[str, Any], object], dict[str, Any]]
CHILD_TRANSITIONS = 2
"""A child execution of a map: its start and its one state."""


@dataclass(slots=True)
class Machine:
    """`transitions` counts the states that were entered, and those of the maps' children."""

    transitions: int = 0
    children: int = 0
    entered: list[str] = field(default_factory=list)

    def open(self, at: datetime) -> str:
        """Let the daily schedule find what is due; return the run that it opened."""
        (run_id,) = start.lambda_handler({"as_of": at.isoformat()}, None)["runs"]
        return str(run_id)

    def select(self, run_id: str) -> None:
        self._state("Select", select.lambda_handler, {"run_id": run_id})

    def bill(self, run_id: str) -> dict[str, Any]:
        """Go from plan to close; return what the last state answered."""
        run = {"run_id": run_id}
        self._map("Plan", plan.lambda_handler, chunks_key(run_id))
        self._state("Review", review.lambda_handler, run)
        self._enter("Reviewed?")
        self._state("Seal", seal.lambda_handler, run)
        self._enter("Sealed?")
        self._state("Publish", publish.lambda_handler, run)
        self._map("Issue", issue.lambda_handler, batches_key(run_id))
        closed = self._state("Close", close.lambda_handler, run)
        self._enter("Done")
        return closed

    def _state(self, name: str, handler: Handler, event: dict[str, Any]) -> dict[str, Any]:
        self._enter(name)
        return handler(event, None)

    def _map(self, name: str, handler: Handler, file: str) -> None:
        """Read the file as the engine does, which is no call of ours, and work each element."""
        self._enter(name)
        for element in json.loads(wiring.archive().get(file) or b"[]"):
            self.children += 1
            self.transitions += CHILD_TRANSITIONS
            handler(element, None)

    def _enter(self, name: str) -> None:
        self.entered.append(name)
        self.transitions += 1
