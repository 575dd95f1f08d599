"""A queue in SQS: a message is durable when the call returns, and delivered at least once."""

from typing import Any


class SqsQueue:
    """The port `Queue` over one queue."""

    def __init__(self, client: Any, url: str) -> None:  # noqa: ANN401 - a boto3 client
        self._client = client
        self._url = url

    def send(self, body: str) -> None:
        self._client.send_message(QueueUrl=self._url, MessageBody=body)
