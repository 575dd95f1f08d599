"""Units are asked for with every call, and told once."""

import boto3
import pytest
from botocore.exceptions import ClientError
from botocore.stub import Stubber

from solde.runtime.consumed import consumed, metered

NAMED = {"TableName": "t"}
KEY = {"pk": {"S": "A#1"}, "sk": {"S": "B#1"}}


def made(service: str):
    keys = {"aws_access_key_id": "k", "aws_secret_access_key": "s", "region_name": "eu-west-1"}
    client = metered(boto3.client(service, **keys))
    return client, Stubber(client)


@pytest.fixture(autouse=True)
def nothing_before() -> None:
    consumed()


NOTHING = {"write_units": "0", "read_units": "0", "object_writes": "0", "object_reads": "0"}


def units(number: float) -> dict[str, object]:
    return {"TableName": "t", "CapacityUnits": number}


def test_reads_and_writes_are_added_up_apart_and_told_once() -> None:
    dynamodb, answers = made("dynamodb")
    asked = {**NAMED, "ReturnConsumedCapacity": "TOTAL"}
    answers.add_response("get_item", {"ConsumedCapacity": units(1.0)}, {**asked, "Key": KEY})
    answers.add_response("put_item", {"ConsumedCapacity": units(3.0)}, {**asked, "Item": KEY})
    put = {"Put": {**NAMED, "Item": KEY}}
    answers.add_response(
        "transact_write_items",
        {"ConsumedCapacity": [units(6.0)]},
        {"TransactItems": [put], "ReturnConsumedCapacity": "TOTAL"},
    )
    answers.add_response(
        "batch_get_item",
        {"ConsumedCapacity": [units(0.5), units(2.0)]},
        {"RequestItems": {"t": {"Keys": [KEY]}}, "ReturnConsumedCapacity": "TOTAL"},
    )
    with answers:
        dynamodb.get_item(**NAMED, Key=KEY)
        dynamodb.put_item(**NAMED, Item=KEY)
        dynamodb.transact_write_items(TransactItems=[put])
        dynamodb.batch_get_item(RequestItems={"t": {"Keys": [KEY]}})
    # reads 1.0 + 0.5 + 2.0, writes 3.0 + 6.0
    assert consumed() == NOTHING | {"write_units": "9.0", "read_units": "3.5"}
    assert consumed() == NOTHING


def test_a_call_that_is_refused_or_says_nothing_adds_nothing() -> None:
    dynamodb, answers = made("dynamodb")
    answers.add_client_error("put_item", "ConditionalCheckFailedException")
    answers.add_response("describe_table", {}, NAMED)
    with answers:
        with pytest.raises(ClientError):
            dynamodb.put_item(**NAMED, Item=KEY)
        dynamodb.describe_table(**NAMED)
    assert consumed() == NOTHING


def test_calls_to_the_object_store_are_counted_as_they_are_billed() -> None:
    s3, answers = made("s3")
    answers.add_response("put_object", {})
    answers.add_response("list_objects_v2", {})
    answers.add_response("head_object", {})
    with answers:
        s3.put_object(Bucket="b", Key="k", Body=b"x")
        s3.list_objects_v2(Bucket="b")
        s3.head_object(Bucket="b", Key="k")
    assert consumed() == NOTHING | {"object_writes": "2", "object_reads": "1"}
