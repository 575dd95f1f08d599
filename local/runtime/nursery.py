"""
Processes for functions, born with what all of them import.

Most of a cold start is reading the SDK. The nursery has read it once, and forks a process for
each environment that `local.runtime.born` asks for, over a socket in the scratch folder. Nothing
of the product is read here: a change of its sources is seen by the next environment.

Started by `local.runtime.server`, and ends with it: the pipe at its standard input says so.
"""

import importlib
import json
import os
import runpy
import select
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import boto3

READ = (
    "awslambdaric.bootstrap",
    "aws_lambda_powertools.event_handler",
    "aws_lambda_powertools.event_handler.openapi.params",
    "boto3.dynamodb.types",
    "botocore.httpsession",
    "botocore.signers",
    "jinja2",
    "orjson",
    "pydantic",
)
SERVICES = ("dynamodb", "events", "s3", "sesv2", "stepfunctions")
MESSAGE_BYTES = 100_000
PATH_BYTES_MAX = 100
"""What the name of a socket may have."""


def start(path: str) -> None:
    """Start the nursery of this process, where the system can fork a process that has read much."""
    if sys.platform == "linux" and len(path) <= PATH_BYTES_MAX:
        command = [sys.executable, "-P", "-u", "-m", "local.runtime.nursery", path]
        subprocess.Popen(command, stdin=subprocess.PIPE)


def main(path: str) -> None:
    for name in READ:
        importlib.import_module(name)
    _read_models()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    Path(path).unlink(missing_ok=True)
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as door:
        door.bind(path)
        door.listen()
        while _asked(door):
            asking, _ = door.accept()
            message, fds, _, _ = socket.recv_fds(asking, MESSAGE_BYTES, 3)
            if message and os.fork() == 0:
                door.close()
                _live(asking, json.loads(message), fds)
            asking.close()
            for one in fds:
                os.close(one)


def _read_models() -> None:
    """Let the SDK keep its descriptions of services; credentials are asked for after the birth."""
    boto3.setup_default_session()
    session: Any = boto3.DEFAULT_SESSION
    loader = session._session.get_component("data_loader")
    loader.load_data("endpoints")
    loader.load_data("sdk-default-configuration")
    for service in SERVICES:
        loader.load_service_model(service, "service-2")
        loader.load_service_model(service, "endpoint-rule-set-1")


def _asked(door: socket.socket) -> bool:
    """Wait for somebody at the door; false once the emulator is gone."""
    watched: list[Any] = [door, 0]
    ready, _, _ = select.select(watched, [], [])
    return 0 not in ready


def _live(asking: socket.socket, wanted: dict[str, Any], fds: list[int]) -> None:
    """Be the process that was asked for, as long as whoever asked is there."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    for number, one in enumerate(fds):
        os.dup2(one, number)
        os.close(one)
    os.chdir(wanted["cwd"])
    os.environ.clear()
    os.environ.update(wanted["environment"])
    os.set_inheritable(asking.fileno(), True)  # noqa: FBT003 - a handed-over call keeps it open
    threading.Thread(target=_follow, args=[asking], daemon=True).start()
    runpy.run_module("local.runtime.client", run_name="__main__")
    os._exit(0)


def _follow(asking: socket.socket) -> None:
    asking.recv(1)
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1])
