"""The stores of a deployed system, opened with the rights of whoever runs a command."""

from typing import NamedTuple

from local.keyring import keyring_of
from local.up import Cloud
from solde.adapters.objects_s3 import S3Objects
from solde.storage.dynamo import DynamoTable


class Stores(NamedTuple):
    table: DynamoTable
    archive: S3Objects
    usage: S3Objects


def stores_of(cloud: Cloud) -> Stores:
    s3 = cloud.client("s3")
    archive, usage = (S3Objects(s3, one) for one in (cloud.outputs.archive, cloud.outputs.usage))
    return Stores(keyring_of(cloud).table, archive, usage)
