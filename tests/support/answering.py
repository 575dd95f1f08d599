"""A client of AWS that answers what it is told, and holds each call to the service's model."""

from typing import Any

import boto3
from botocore.stub import Stubber


def answering(service: str, **answers: list[Any]) -> tuple[Any, list[dict[str, Any]]]:
    """
    Return a client and the list of its calls; an answer is a response, or a code of an error.

    A call that nothing is left to answer fails, and so does one that the model does not allow.
    """
    keys = {"aws_access_key_id": "k", "aws_secret_access_key": "s", "region_name": "eu-west-1"}
    client, calls = boto3.client(service, **keys), []
    stubber = Stubber(client)
    for method, found in answers.items():
        for answer in found:
            if isinstance(answer, str):
                stubber.add_client_error(method, answer)
            else:
                stubber.add_response(method, answer)
    client.meta.events.register(
        "provide-client-params.*.*", lambda params, **_: calls.append(dict(params))
    )
    stubber.activate()
    return client, calls
