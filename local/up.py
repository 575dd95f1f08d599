"""Bring the local cloud up: synthesise, start the emulator, deploy."""

import json
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from local import deploy as deployment
from local import emulator
from local.places import Places
from local.synth import synthesise


@dataclass(frozen=True, slots=True)
class Cloud:
    """A running local cloud."""

    places: Places
    process: subprocess.Popen[bytes]
    outputs: dict[str, str]


@contextmanager
def running(places: Places, tell: Callable[[str], None]) -> Iterator[Cloud]:
    """Hold a local cloud for the length of the block, and stop it cleanly at its end."""
    places.home.mkdir(parents=True, exist_ok=True)
    tell("synthesising the CDK app")
    synthesise(places)
    tell("starting the emulated cloud")
    process = emulator.start(places)
    try:
        yield Cloud(places, process, deployment.deploy(places, tell))
    finally:
        emulator.stop(process)


def outputs(places: Places) -> dict[str, str]:
    """
    Return the outputs of the cloud that runs.

    Raises:
        FileNotFoundError: none was ever started here.

    """
    found: dict[str, str] = json.loads(places.outputs.read_text())
    return found
