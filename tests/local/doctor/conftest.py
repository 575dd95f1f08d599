"""An account that answers what a test says, in the shapes that botocore knows."""

from typing import Any

import boto3
import pytest
from botocore.stub import Stubber

from local.doctor.finding import Wanted

KEYS = {
    "aws_access_key_id": "k",
    "aws_secret_access_key": "s",
    "region_name": "eu-west-1",
}


class Account:
    """The port `Clients`; answers come in the order in which they were said, for each service."""

    def __init__(self) -> None:
        self._stubs: dict[str, Stubber] = {}

    def __call__(self, service: str) -> Any:
        return self._stub(service).client

    def says(self, service: str, call: str, answer: dict[str, Any], **asked: Any) -> None:
        self._stub(service).add_response(call, answer, asked)

    def refuses(self, service: str, call: str, code: str, said: str = "") -> None:
        self._stub(service).add_client_error(call, code, said)

    def done(self) -> None:
        for stub in self._stubs.values():
            stub.assert_no_pending_responses()

    def _stub(self, service: str) -> Stubber:
        if service not in self._stubs:
            self._stubs[service] = Stubber(boto3.client(service, **KEYS))
            self._stubs[service].activate()
        return self._stubs[service]


@pytest.fixture
def aws() -> Account:
    account = Account()
    yield account
    account.done()


@pytest.fixture
def live() -> Wanted:
    return Wanted(stage="live", mail_from="billing@solde.example", own_key=False)
