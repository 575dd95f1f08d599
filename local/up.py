"""Bring the local cloud up: synthesise, start the emulator, deploy."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from local import emulator
from local.clients import client
from local.clock import Clock
from local.deploy import deploy
from local.outputs import NotRunningError, Outputs
from local.places import Places
from local.synth import synthesise

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Cloud:
    """A running local cloud."""

    places: Places
    outputs: Outputs

    @property
    def url(self) -> str:
        return self.places.api_url

    @property
    def clock(self) -> Clock:
        return Clock(self.places, self.outputs)

    def client(self, service: str) -> Any:  # noqa: ANN401 - made at run time by boto3
        return client(service, self.places)


@contextmanager
def running(places: Places, tell: Tell) -> Iterator[Cloud]:
    """
    Hold a local cloud for the length of the block, and stop it cleanly at its end.

    Raises:
        SynthError, EmulatorError, DeployError: it did not come up; a port that is taken is told
            before anything else is done.

    """
    emulator.expect_free(places.port)
    tell("synthesising the CDK app")
    assembly = synthesise()
    tell("starting the emulated cloud")
    process = emulator.start(places)
    try:
        yield Cloud(places, deploy(assembly, places, tell))
    finally:
        tell("saving and stopping")
        emulator.stop(process)


def attached(home: Path) -> Cloud:
    """
    Return the cloud that another process holds.

    Raises:
        NotRunningError: none is up.

    """
    outputs = Outputs.read(Places(home))
    places = Places(home, outputs.port)
    if not emulator.answers(places):
        raise NotRunningError("no local cloud is up: run `solde up` first")
    return Cloud(places, outputs)


def forget(places: Places) -> None:
    """
    Throw away the state of a cloud that is not up.

    Raises:
        EmulatorError: it is up.

    """
    with emulator.claim(places):
        for folder in (places.state, places.scratch):
            shutil.rmtree(folder, ignore_errors=True)
        for file in (places.outputs, places.log):
            file.unlink(missing_ok=True)
