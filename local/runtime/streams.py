"""Streams are read on after a restart: the emulator keeps how far they were read, and no record."""

from typing import Any


def read_on(functions: Any) -> None:  # noqa: ANN401 - a module of the emulator
    """Let readers of streams begin where the empty streams of a new process begin."""
    restore = functions._restore_state

    def restored(state: dict[str, Any]) -> None:
        restore(state)
        positions = functions._dynamodb_stream_positions._data
        positions.update(dict.fromkeys(positions, 0))

    functions._restore_state = restored
