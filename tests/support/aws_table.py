"""The table's description for what stands in for DynamoDB in tests, and the port over it."""

import itertools

import boto3

from solde.storage.dynamo import DynamoTable
from solde.storage.table import LISTED

NAME = "solde-state"
REGION = "eu-west-1"
TEXT_KEYS = ("pk", "sk", "due_pk", "due_sk", "list_pk", "list_sk")


def client(service: str):
    nobody = dict.fromkeys(("aws_access_key_id", "aws_secret_access_key"), "none")
    return boto3.client(service, region_name=REGION, **nobody)


def create_table(dynamodb) -> None:
    dynamodb.create_table(
        TableName=NAME,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name in TEXT_KEYS],
        KeySchema=_keys("pk", "sk"),
        GlobalSecondaryIndexes=[
            {
                "IndexName": "due",
                "KeySchema": _keys("due_pk", "due_sk"),
                "Projection": {"ProjectionType": "KEYS_ONLY"},
            },
            {
                "IndexName": "list",
                "KeySchema": _keys("list_pk", "list_sk"),
                "Projection": {"ProjectionType": "INCLUDE", "NonKeyAttributes": list(LISTED)},
            },
        ],
    )


def table_over(dynamodb) -> DynamoTable:
    """Make the port without pauses; transactions are named one after the other."""
    numbers = itertools.count()
    return DynamoTable(
        dynamodb, NAME, pause=lambda _attempt: None, token=lambda: f"token-{next(numbers)}"
    )


def _keys(hashed: str, ranged: str) -> list[dict[str, str]]:
    return [
        {"AttributeName": hashed, "KeyType": "HASH"},
        {"AttributeName": ranged, "KeyType": "RANGE"},
    ]
