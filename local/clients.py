"""Clients of the local cloud: the 12-digit key names the account, S3 by path."""

from typing import Any

import boto3
from botocore.config import Config

from local.places import ACCOUNT, REGION, Places

CONFIG = Config(
    s3={"addressing_style": "path"}, retries={"max_attempts": 2}, max_pool_connections=20
)


def client(service: str, places: Places) -> Any:  # noqa: ANN401 - made at run time by boto3
    make: Any = boto3.client
    return make(
        service,
        endpoint_url=places.endpoint,
        region_name=REGION,
        aws_access_key_id=ACCOUNT,
        aws_secret_access_key="test",  # noqa: S106 - the emulator looks at the key id only
        config=CONFIG,
    )
