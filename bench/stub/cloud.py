"""The stub as a whole: it hangs on a session's events and answers what would be sent."""

import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from types import MappingProxyType
from typing import Any, Protocol

import boto3
from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.exceptions import ConnectionClosedError

from bench.stub.answers import Answer, Asked, json_error
from bench.stub.counters import Counters
from bench.stub.dynamo.service import DynamoStub
from bench.stub.recorders import Recorders
from bench.stub.s3 import S3Stub

REGION = "eu-west-1"
NOBODY = ("aws_access_key_id", "aws_secret_access_key")
NOTHING: Mapping[str, str] = MappingProxyType({})


class _Service(Protocol):
    def answer(self, asked: Asked) -> Answer: ...


class StubCloud:
    """
    An account of its own: nothing leaves the process, nothing is shared with another stub.

    `folder` keeps the bodies of S3 on disk, where memory is measured.

    `lost` and `refused` are faults for tests, by operation: so many replies are lost after the
    operation was done, or an error code is answered instead of doing it. `spent_ns` is the CPU
    time of the stub itself: neither the product's nor the SDK's.
    """

    def __init__(self, secrets: Mapping[str, str] = NOTHING, folder: Path | None = None) -> None:
        self.counters = Counters()
        self.dynamo = DynamoStub(self.counters)
        self.s3 = S3Stub(folder)
        self._recorders = Recorders(self.counters, secrets)
        self.taken = self._recorders.taken
        self.lost: Counter[str] = Counter()
        self.refused: dict[str, list[str]] = {}
        self._alone = Lock()
        self.spent_ns = 0
        self._services: dict[str, _Service] = {"dynamodb": self.dynamo, "s3": self.s3}

    def session(self) -> Any:  # noqa: ANN401 - boto3's session has no types
        nobody: dict[str, Any] = dict.fromkeys(NOBODY, "none")
        session: Any = boto3.Session(region_name=REGION, **nobody)
        session.events.register("before-send", self._answer)
        return session

    @contextmanager
    def installed(self) -> Iterator["StubCloud"]:
        """Let every client that boto3 makes meanwhile speak to this stub."""
        module: Any = boto3
        before = module.DEFAULT_SESSION
        module.DEFAULT_SESSION = self.session()
        try:
            yield self
        finally:
            module.DEFAULT_SESSION = before

    def _answer(self, request: AWSPreparedRequest, event_name: str, **_: object) -> AWSResponse:
        with self._alone:
            began = time.thread_time_ns()
            try:
                return self._answer_to(request, event_name)
            finally:
                self.spent_ns += time.thread_time_ns() - began

    def _answer_to(self, request: AWSPreparedRequest, event_name: str) -> AWSResponse:
        service, operation = event_name.split(".")[1:]
        asked = Asked(operation, request.url, _headers(request), _body(request))
        name = f"{service}.{operation}"
        self.counters.calls[name] += 1
        self.counters.bytes_sent[service] += len(asked.body)
        if codes := self.refused.get(operation):
            return json_error(codes.pop(0), "as told").response(request.url)
        answer = self._answered(service, asked)
        if self.lost[operation] > 0:
            self.lost[operation] -= 1
            raise ConnectionClosedError(endpoint_url=request.url)
        self.counters.bytes_received[service] += len(answer.body)
        return answer.response(request.url)

    def _answered(self, service: str, asked: Asked) -> Answer:
        if service in self._services:
            return self._services[service].answer(asked)
        return self._recorders.answer(service, asked)


def _headers(request: AWSPreparedRequest) -> dict[str, str]:
    return {
        name: value.decode() if isinstance(value, bytes) else value
        for name, value in request.headers.items()
    }


def _body(request: AWSPreparedRequest) -> bytes:
    body: Any = request.body or b""
    if isinstance(body, str):
        return body.encode()
    return bytes(body.read() if hasattr(body, "read") else body)
