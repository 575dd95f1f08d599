"""
What the emulator does other than AWS, and the local cloud therefore puts right or avoids.

The day a test here fails, an upgrade has mended that trap: what it names can go.
"""

import json
import time
from typing import Any

import pytest
from botocore.exceptions import ClientError

from local.clients import client
from local.places import ACCOUNT, REGION, Places

pytestmark = pytest.mark.cloud

TABLE = {
    "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}],
    "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
    "BillingMode": "PAY_PER_REQUEST",
    "TimeToLiveSpecification": {"AttributeName": "expires", "Enabled": True},
    "PointInTimeRecoverySpecification": {"PointInTimeRecoveryEnabled": True},
}
EXPIRE = {"Id": "old", "Status": "Enabled", "ExpirationInDays": 30}
NIGHTLY = {
    "Name": "nightly",
    "ScheduleExpression": "cron(0 2 * * ? *)",
    "ScheduleExpressionTimezone": "America/New_York",
    "FlexibleTimeWindow": {"Mode": "OFF"},
    "Target": {"Arn": f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:x", "RoleArn": "arn:aws:iam::0"},
    "State": "DISABLED",
}
RESOURCES: dict[str, Any] = {
    "Table": {"Type": "AWS::DynamoDB::Table", "Properties": TABLE},
    "Bucket": {
        "Type": "AWS::S3::Bucket",
        "Properties": {
            "ObjectLockEnabled": True,
            "VersioningConfiguration": {"Status": "Enabled"},
            "LifecycleConfiguration": {"Rules": [EXPIRE]},
        },
    },
    "Schedule": {"Type": "AWS::Scheduler::Schedule", "Properties": NIGHTLY},
    "Secret": {"Type": "AWS::SecretsManager::Secret", "Properties": {"GenerateSecretString": {}}},
}
OUTPUTS = {name: {"Value": {"Ref": name}} for name in RESOURCES}


@pytest.fixture(scope="module")
def refs(bare: Places) -> dict[str, str]:
    """What `Ref` gives for each resource of a stack."""
    formation = client("cloudformation", bare)
    template = {"Resources": RESOURCES, "Outputs": OUTPUTS}
    formation.create_stack(StackName="traps", TemplateBody=json.dumps(template))
    formation.get_waiter("stack_create_complete").wait(
        StackName="traps", WaiterConfig={"Delay": 1, "MaxAttempts": 20}
    )
    (stack,) = formation.describe_stacks(StackName="traps")["Stacks"]
    return {one["OutputKey"]: one["OutputValue"] for one in stack["Outputs"]}


def test_time_to_live_is_left_out_so_fix_table_applies_it(bare, refs) -> None:
    found = client("dynamodb", bare).describe_time_to_live(TableName=refs["Table"])
    assert found["TimeToLiveDescription"]["TimeToLiveStatus"] == "DISABLED"


def test_recovery_is_left_out_so_fix_table_applies_it(bare, refs) -> None:
    found = client("dynamodb", bare).describe_continuous_backups(TableName=refs["Table"])
    recovery = found["ContinuousBackupsDescription"]["PointInTimeRecoveryDescription"]
    assert recovery["PointInTimeRecoveryStatus"] == "DISABLED"


@pytest.mark.parametrize(
    "ask", ["get_object_lock_configuration", "get_bucket_lifecycle_configuration"]
)
def test_lock_and_lifecycle_are_left_out_so_fix_bucket_applies_them(bare, refs, ask) -> None:
    with pytest.raises(ClientError, match=r"NotFound|NoSuch"):
        getattr(client("s3", bare), ask)(Bucket=refs["Bucket"])


def test_the_zone_of_a_schedule_is_lost_so_fix_schedule_applies_it(bare, refs) -> None:
    found = client("scheduler", bare).get_schedule(Name=refs["Schedule"])
    assert found["ScheduleExpressionTimezone"] == "UTC"


def test_a_secret_is_born_empty_so_fix_secret_generates_it(bare, refs) -> None:
    found = client("secretsmanager", bare).get_secret_value(SecretId=refs["Secret"])
    assert found["SecretString"] == ""


def test_the_ref_of_a_secret_is_its_name_so_localize_asks_for_the_arn(refs) -> None:
    assert not refs["Secret"].startswith("arn:")


def test_reads_are_counted_by_the_call_so_read_units_of_the_demo_are_low(bare, refs) -> None:
    """Writes are counted by size: 9 kB are nine units, and would be three units to read."""
    dynamodb = client("dynamodb", bare)
    item = {"pk": {"S": "1"}, "body": {"S": "x" * 9_000}}
    asked = {"TableName": refs["Table"], "ReturnConsumedCapacity": "TOTAL"}
    written = dynamodb.put_item(**asked, Item=item)
    assert written["ConsumedCapacity"]["CapacityUnits"] == 9
    read = dynamodb.get_item(**asked, Key={"pk": {"S": "1"}}, ConsistentRead=True)
    assert read["ConsumedCapacity"]["CapacityUnits"] == 1


def ran(bare: Places, role: str, definition: dict[str, Any], given: object) -> Any:
    machines = client("stepfunctions", bare)
    made = machines.create_state_machine(
        name=f"trap-{time.monotonic_ns()}", definition=json.dumps(definition), roleArn=role
    )
    started = machines.start_execution(
        stateMachineArn=made["stateMachineArn"], input=json.dumps(given)
    )
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        found = machines.describe_execution(executionArn=started["executionArn"])
        if found["status"] != "RUNNING":
            return json.loads(found["output"])
        time.sleep(0.05)
    raise AssertionError(f"expected the execution to end, found it {found['status']}")


def mapped(**more: object) -> dict[str, Any]:
    child = {"StartAt": "Same", "States": {"Same": {"Type": "Pass", "End": True}}}
    processor = {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}, **child}
    state = {"Type": "Map", "ItemProcessor": processor, "End": True, **more}
    return {"StartAt": "Each", "States": {"Each": state}}


def test_batches_of_items_are_not_made_so_the_selecting_step_writes_chunks(bare, role) -> None:
    found = ran(bare, role, mapped(ItemBatcher={"MaxItemsPerBatch": 2}), [1, 2, 3])
    assert found == [1, 2, 3]  # AWS: [{"Items": [1, 2]}, {"Items": [3]}]


def test_results_are_not_written_so_children_answer_little(bare, role, refs) -> None:
    writer = {
        "Resource": "arn:aws:states:::s3:putObject",
        "Parameters": {"Bucket": refs["Bucket"], "Prefix": "results"},
    }
    found = ran(bare, role, mapped(ResultWriter=writer), [1, 2])
    assert found == [1, 2]  # AWS: {"MapRunArn": …, "ResultWriterDetails": …}
