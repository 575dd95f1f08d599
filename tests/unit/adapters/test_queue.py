"""A message is durable when the call returns; what may pass is told apart from what will not."""

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError

from solde.adapters.queue import SqsQueue
from solde.domain.errors import StoreUnavailableError
from tests.support.answering import answering

URL = "https://sqs.eu-west-1.amazonaws.com/123456789012/events"


def test_a_message_is_sent_as_it_is() -> None:
    client, calls = answering("sqs", send_message=[{"MessageId": "m"}])
    SqsQueue(client, URL).send("body é")
    assert calls == [{"QueueUrl": URL, "MessageBody": "body é"}]


@pytest.mark.parametrize("code", ["RequestThrottled", "ServiceUnavailable", "InternalError"])
def test_what_passes_is_to_be_repeated(code) -> None:
    client, _ = answering("sqs", send_message=[code])
    with pytest.raises(StoreUnavailableError, match="queue"):
        SqsQueue(client, URL).send("body")


def test_what_does_not_pass_is_raised() -> None:
    client, _ = answering("sqs", send_message=["AccessDenied"])
    with pytest.raises(ClientError, match="AccessDenied"):
        SqsQueue(client, URL).send("body")


def test_silence_is_to_be_repeated() -> None:
    class Silent:
        def send_message(self, **_call: object) -> None:
            raise EndpointConnectionError(endpoint_url=URL)

    with pytest.raises(StoreUnavailableError, match="queue: no answer"):
        SqsQueue(Silent(), URL).send("body")
