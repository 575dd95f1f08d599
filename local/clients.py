"""Clients of the local cloud: the 12-digit key names the account, S3 by path."""

from functools import cache
from typing import Any

import boto3
from botocore.config import Config

from local.places import ACCOUNT, REGION, Places

CONFIG = Config(
    s3={"addressing_style": "path"},
    retries={"total_max_attempts": 1},
    max_pool_connections=20,
    read_timeout=900,
)
"""No repeats: a schedule that is fired twice would hide what the first firing did."""


@cache
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
