"""A bare emulator, started once for the tests that look at what it does by itself."""

import json
import socket
from collections.abc import Iterator

import pytest

from local import emulator
from local.clients import client
from local.places import Places


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Places]:
    places = Places(tmp_path_factory.mktemp("bare"), free_port())
    process = emulator.start(places)
    yield places
    emulator.stop(process)


@pytest.fixture(scope="module")
def role(bare: Places) -> str:
    """A role that functions and state machines may take, and that allows nothing."""
    service = {"Service": ["lambda.amazonaws.com", "states.amazonaws.com"]}
    trust = {"Effect": "Allow", "Principal": service, "Action": "sts:AssumeRole"}
    made = client("iam", bare).create_role(
        RoleName="any",
        AssumeRolePolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [trust]}),
    )
    arn: str = made["Role"]["Arn"]
    return arn
