"""The stub's other services, its faults, and what it refuses rather than guesses."""

import pytest
from botocore.exceptions import ClientError

from bench.stub.answers import NotStubbedError
from bench.stub.cloud import StubCloud
from solde.adapters.engine import StepFunctions
from solde.adapters.objects_s3 import S3Objects


@pytest.fixture(scope="module")
def account():
    cloud = StubCloud(secrets={"stripe": "whsec_1"})
    return cloud, cloud.session()


@pytest.fixture
def dynamodb(account):
    account[0].dynamo.clear()
    return account[1].client("dynamodb")


def test_objects_are_written_once_and_read_whole_or_by_range(account) -> None:
    cloud, session = account
    objects = S3Objects(session.client("s3"), "archive")
    assert objects.put_new("packs/é 1.jsonl", b"0123456789", content_type="text/plain")
    assert not objects.put_new("packs/é 1.jsonl", b"other", content_type="text/plain")
    assert objects.get("packs/é 1.jsonl") == b"0123456789"
    assert objects.get_range("packs/é 1.jsonl", offset=3, length=4) == b"3456"
    assert objects.get_range("packs/é 1.jsonl", offset=8, length=9) == b"89"
    assert objects.get("packs/none") is None
    assert cloud.s3.buckets == {"archive": {"packs/é 1.jsonl": b"0123456789"}}


def test_objects_are_listed_in_order_over_pages(account) -> None:
    objects = S3Objects(account[1].client("s3"), "many")
    for number in range(1001):
        objects.put_new(f"a/{number:04d}", b"", content_type="text/plain")
    objects.put_new("b", b"", content_type="text/plain")
    assert len(list(objects.list_keys("a/"))) == 1001
    assert list(objects.list_keys("a/", after="a/0998")) == ["a/0999", "a/1000"]


def test_an_object_has_a_head_and_can_be_deleted(account) -> None:
    s3 = account[1].client("s3")
    s3.put_object(Bucket="b", Key="k", Body=b"123")
    assert s3.head_object(Bucket="b", Key="k")["ContentLength"] == 3
    s3.delete_object(Bucket="b", Key="k")
    with pytest.raises(ClientError, match="404"):
        s3.head_object(Bucket="b", Key="k")


def test_queues_bus_mail_and_secrets_take_what_they_are_given(account) -> None:
    cloud, session = account
    sqs = session.client("sqs")
    sqs.send_message(QueueUrl="https://q", MessageBody="one")
    entries = [{"Id": str(number), "MessageBody": f"m{number}"} for number in range(3)]
    done = sqs.send_message_batch(QueueUrl="https://q", Entries=entries)
    assert [one["Id"] for one in done["Successful"]] == ["0", "1", "2"]
    assert [one["MessageBody"] for one in cloud.taken.messages["https://q"]] == [
        "one",
        "m0",
        "m1",
        "m2",
    ]
    entry = {"Source": "solde", "DetailType": "invoice.issued", "Detail": "{}"}
    assert session.client("events").put_events(Entries=[entry])["FailedEntryCount"] == 0
    assert cloud.taken.events == [entry]
    sent = session.client("sesv2").send_email(Content={"Raw": {"Data": b"Subject: x\n\n"}})
    assert sent["MessageId"] == "mail-1"
    raw = session.client("ses").send_raw_email(RawMessage={"Data": b"Subject: y\n\n"})
    assert raw["MessageId"] == "mail-2"
    secrets = session.client("secretsmanager")
    assert secrets.get_secret_value(SecretId="stripe")["SecretString"] == "whsec_1"
    assert cloud.counters.messages["sqs.SendMessageBatch"] == 3


def test_a_run_has_one_execution(account) -> None:
    cloud, session = account
    engine = StepFunctions(session.client("stepfunctions"), "arn:aws:states:::bill-run")
    engine.start("run_1")
    engine.start("run_1")
    assert list(cloud.taken.executions) == ["run_1"]
    assert engine.approved("token-1")


def test_calls_and_bytes_are_counted(account, dynamodb) -> None:
    cloud, _ = account
    before = cloud.counters.copy()
    dynamodb.put_item(TableName="t", Item={"pk": {"S": "a"}, "sk": {"S": "b"}})
    counted = cloud.counters.since(before)
    assert counted.calls == {"dynamodb.PutItem": 1}
    sent = b'{"TableName": "t", "Item": {"pk": {"S": "a"}, "sk": {"S": "b"}}}'  # 64 bytes
    assert counted.bytes_sent == {"dynamodb": len(sent)}
    assert counted.bytes_received == {"dynamodb": 2}  # {}


KEY = {"pk": {"S": "a"}, "sk": {"S": "b"}}


def test_what_a_call_consumed_is_answered_where_it_is_asked(account, dynamodb) -> None:
    asked = {"TableName": "t", "ReturnConsumedCapacity": "TOTAL"}
    put = {"TableName": "t", "Item": KEY}
    read = dynamodb.get_item(**asked, Key=KEY)
    assert read["ConsumedCapacity"]["CapacityUnits"] == 0.5  # not consistent
    assert dynamodb.put_item(**asked, Item=KEY)["ConsumedCapacity"]["CapacityUnits"] == 1
    written = dynamodb.transact_write_items(
        TransactItems=[{"Put": put}], ReturnConsumedCapacity="TOTAL"
    )
    assert [one["CapacityUnits"] for one in written["ConsumedCapacity"]] == [2]
    assert "ConsumedCapacity" not in dynamodb.put_item(**put)


@pytest.mark.parametrize(
    ("act", "call"),
    [
        ("update_item", {"Key": KEY, "UpdateExpression": "ADD #0 :0"}),
        ("update_item", {"Key": KEY, "UpdateExpression": "SET #0 = #0 + :0"}),
        ("update_item", {"Key": KEY, "UpdateExpression": "SET n = :0"}),
        ("put_item", {"Item": KEY, "ConditionExpression": "size(#0) > :0"}),
        ("put_item", {"Item": KEY, "ConditionExpression": "NOT #0 = :0"}),
        ("put_item", {"Item": KEY, "ConditionExpression": "#0 = :0 OR"}),
        ("put_item", {"Item": KEY, "ReturnValues": "ALL_OLD"}),
        ("query", {"KeyConditionExpression": "#0 = :0", "FilterExpression": "#0 = :0"}),
        ("query", {"KeyConditionExpression": "#0 = :0", "Select": "COUNT"}),
        ("get_item", {"Key": KEY, "ProjectionExpression": "#0"}),
        ("describe_table", {}),
    ],
)
def test_what_the_stub_does_not_know_it_refuses_loudly(dynamodb, act, call) -> None:
    said = {
        "ExpressionAttributeNames": {"#0": "n"},
        "ExpressionAttributeValues": {":0": {"N": "1"}},
    }
    used = {name: value for name, value in said.items() if next(iter(value)) in str(call)}
    with pytest.raises(NotStubbedError):
        getattr(dynamodb, act)(TableName="t", **call, **used)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        ({"ConditionExpression": "#0 = :0"}, "unused"),
        ({"Item": {**KEY, "due_pk": {"S": ""}, "due_sk": {"S": "x"}}}, "due_pk"),
        ({"Item": {"pk": {"S": "a"}}}, "sk"),
        ({"Item": {**KEY, "x": {"S": "-" * 410_000}}}, "size"),
    ],
)
def test_what_dynamodb_refuses_is_a_validation_error(dynamodb, call, said) -> None:
    more = {}
    if said == "unused":
        more = {
            "ExpressionAttributeNames": {"#0": "n", "#1": "never"},
            "ExpressionAttributeValues": {":0": {"N": "1"}},
        }
        said = "#1"
    with pytest.raises(ClientError, match=said) as refused:
        dynamodb.put_item(**{"TableName": "t", "Item": KEY, **call, **more})
    assert refused.value.response["Error"]["Code"] == "ValidationException"


def test_an_index_is_never_read_consistently(dynamodb) -> None:
    with pytest.raises(ClientError, match="not supported on global secondary indexes"):
        dynamodb.query(
            TableName="t",
            IndexName="due",
            ConsistentRead=True,
            KeyConditionExpression="#0 = :0",
            ExpressionAttributeNames={"#0": "due_pk"},
            ExpressionAttributeValues={":0": {"S": "D#1"}},
        )
