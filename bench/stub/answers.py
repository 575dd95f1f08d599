"""Answers as botocore reads them from a connection."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import orjson
from botocore.awsrequest import AWSResponse, HeadersDict

JSON = {"Content-Type": "application/x-amz-json-1.0"}
XML = {"Content-Type": "application/xml"}


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: the operation by its API's name, and what went over the wire."""

    operation: str
    url: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Answer:
    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)

    def response(self, url: str) -> AWSResponse:
        headers: Any = HeadersDict({"content-length": str(len(self.body)), **self.headers})
        return AWSResponse(url, self.status, headers, _Raw(self.body))


class NotStubbedError(LookupError):
    """The stub does not know this part of AWS: teach it, or do not use it."""


def json_answer(body: object, status: int = 200) -> Answer:
    return Answer(orjson.dumps(body), status, JSON)


def json_error(code: str, message: str, **more: object) -> Answer:
    return json_answer({"__type": code, "message": message, "Message": message, **more}, 400)


def xml_error(status: int, code: str) -> Answer:
    body = f"<Error><Code>{code}</Code><Message>{code}</Message></Error>"
    return Answer(body.encode(), status, XML)


class _Raw(BytesIO):
    """What urllib3 would hand over: a body that can be streamed."""

    def stream(self, amt: int = 65_536, **_: object) -> Iterator[bytes]:
        while chunk := self.read(amt):
            yield chunk

    def release_conn(self) -> None:
        """Nothing was connected."""
