"""A queue in SQS: a message is durable when the call returns, and delivered at least once."""

from typing import Any

from botocore.exceptions import ClientError, ConnectionError, HTTPClientError  # noqa: A004 - theirs

from solde.domain.errors import StoreUnavailableError

PASSING = frozenset(
    {"RequestThrottled", "ThrottlingException", "ServiceUnavailable", "InternalError"}
)


class SqsQueue:
    """The port `Queue` over one queue."""

    def __init__(self, client: Any, url: str) -> None:  # noqa: ANN401 - a boto3 client
        self._client = client
        self._url = url

    def send(self, body: str) -> None:
        try:
            self._client.send_message(QueueUrl=self._url, MessageBody=body)
        except (HTTPClientError, ConnectionError) as lost:
            raise StoreUnavailableError(f"queue: no answer: {lost}") from lost
        except ClientError as error:
            if error.response["Error"]["Code"] in PASSING:
                raise StoreUnavailableError(f"queue: {error}") from error
            raise
