"""After CloudFormation: apply what the emulator's CloudFormation leaves out, by public calls."""

from typing import Any

from local.clients import client
from local.places import Places


def fix(template: dict[str, Any], stack: str, places: Places) -> None:
    """Apply again what the template says of tables and buckets; idempotent."""
    ids = _physical_ids(stack, places)
    for name, resource in template["Resources"].items():
        properties = resource.get("Properties", {})
        if resource["Type"] == "AWS::DynamoDB::Table":
            _fix_table(ids[name], properties, places)
        if resource["Type"] == "AWS::S3::Bucket":
            _fix_bucket(ids[name], properties, places)


def _physical_ids(stack: str, places: Places) -> dict[str, str]:
    rows = client("cloudformation", places).list_stack_resources(StackName=stack)
    return {
        one["LogicalResourceId"]: one["PhysicalResourceId"]
        for one in rows["StackResourceSummaries"]
    }


def _fix_table(name: str, properties: dict[str, Any], places: Places) -> None:
    dynamodb = client("dynamodb", places)
    if wanted := properties.get("TimeToLiveSpecification"):
        dynamodb.update_time_to_live(TableName=name, TimeToLiveSpecification=wanted)
    if wanted := properties.get("PointInTimeRecoverySpecification"):
        dynamodb.update_continuous_backups(TableName=name, PointInTimeRecoverySpecification=wanted)


def _fix_bucket(name: str, properties: dict[str, Any], places: Places) -> None:
    if properties.get("ObjectLockEnabled"):
        client("s3", places).put_object_lock_configuration(
            Bucket=name, ObjectLockConfiguration={"ObjectLockEnabled": "Enabled"}
        )
