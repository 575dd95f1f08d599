"""The demo, lived through once on a local cloud of its own, for all stories that look at it."""

import socket
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from rich.console import Console

from local.demo.caller import Caller
from local.demo.story import lived
from local.places import Places
from local.up import Cloud, running


@dataclass(frozen=True)
class Demo:
    cloud: Cloud
    caller: Caller
    invoices: list[dict[str, Any]]


@pytest.fixture
def port() -> int:
    return _free_port()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    port = _free_port()
    places = Places(tmp_path_factory.mktemp("cloud"), port)
    quiet = Console(quiet=True)
    with running(places, lambda _line: None) as cloud:
        story = lived(cloud, quiet, lambda _line: None, full=False)
        invoices = [
            story.caller.read("invoices", row["id"]) for row in story.caller.every("invoices")
        ]
        yield Demo(cloud, story.caller, invoices)
