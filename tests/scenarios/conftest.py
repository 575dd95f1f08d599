"""The demo as a newcomer starts it, lived through once for all stories that look at it."""

from collections.abc import Iterator

import pytest

from local.places import Places
from tests.support.commands import free_port
from tests.support.demo import Demo, lived


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    yield from lived("demo", places=Places(tmp_path_factory.mktemp("cloud"), free_port()))
