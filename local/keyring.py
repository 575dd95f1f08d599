"""The API keys of a deployment, with the rights of whoever runs it: the first is made here."""

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import boto3

from local.errors import LocalCloudError
from local.places import STAGE
from local.up import Cloud, attached
from solde.domain.errors import NotFoundError
from solde.runtime.access import hash_of, make_key
from solde.storage.api_keys import ApiKey, api_keys, put_api_key, revoke_api_key
from solde.storage.dynamo import DynamoTable

SCOPE = re.compile(r"\*|[a-z-]+:(read|write)")


class KeyRefusedError(LocalCloudError):
    """What was asked of a key makes no sense; the message says why."""


@dataclass(frozen=True, slots=True)
class Keyring:
    """The keys of one deployment."""

    stage: str
    table: DynamoTable

    def create(self, *, name: str, scopes: Sequence[str], at: datetime) -> str:
        """
        Return a new key; only its hash is stored, so it cannot be shown again.

        Raises:
            KeyRefusedError: a scope is none.

        """
        for scope in scopes:
            if not SCOPE.fullmatch(scope):
                raise KeyRefusedError(
                    f"scope: expected one such as customers:read, or *, found {scope!r}"
                )
        key = make_key(self.stage, secrets.randbits(130))
        put_api_key(self.table, hash_of(key), name=name, scopes=scopes, at=at)
        return key

    def every(self) -> Sequence[ApiKey]:
        return api_keys(self.table)

    def revoke(self, key_id: str) -> None:
        """
        Refuse a key from now on; functions that saw it last forget it within a minute.

        Raises:
            KeyRefusedError: there is no such key.

        """
        try:
            revoke_api_key(self.table, key_id)
        except NotFoundError as missing:
            raise KeyRefusedError(str(missing)) from missing


def keyring_of(cloud: Cloud) -> Keyring:
    """Return the keys of a local cloud."""
    return _keyring(STAGE, cloud.client("dynamodb"), cloud.outputs.table)


def keyring(home: Path, table: str, stage: str) -> Keyring:
    """Return the keys of a table on AWS, by the caller's own credentials, or else of `home`."""
    if not table:
        return keyring_of(attached(home))
    make: Any = boto3.client
    return _keyring(stage, make("dynamodb"), table)


def _keyring(stage: str, client: Any, table: str) -> Keyring:  # noqa: ANN401 - a boto3 client
    return Keyring(
        stage,
        DynamoTable(
            client, table, pause=lambda _attempt: None, token=lambda: secrets.token_hex(16)
        ),
    )
