"""After CloudFormation: apply what the emulator's CloudFormation leaves out, by public calls."""

import secrets
from typing import Any

from local.assembly import Stack
from local.clients import client
from local.outputs import physical_ids
from local.places import Places


def fix(stack: Stack, places: Places) -> None:
    """Apply again what the template says of each kind of resource; idempotent."""
    ids = physical_ids(stack.name, places)
    fixes = {
        "AWS::DynamoDB::Table": _fix_table,
        "AWS::S3::Bucket": _fix_bucket,
        "AWS::Scheduler::Schedule": _fix_schedule,
        "AWS::SecretsManager::Secret": _fix_secret,
    }
    for name, resource in stack.template["Resources"].items():
        if apply := fixes.get(resource["Type"]):
            apply(ids[name], resource.get("Properties", {}), places)


def _fix_table(name: str, properties: dict[str, Any], places: Places) -> None:
    dynamodb = client("dynamodb", places)
    if wanted := properties.get("TimeToLiveSpecification"):
        dynamodb.update_time_to_live(TableName=name, TimeToLiveSpecification=wanted)
    if wanted := properties.get("PointInTimeRecoverySpecification"):
        dynamodb.update_continuous_backups(TableName=name, PointInTimeRecoverySpecification=wanted)


def _fix_bucket(name: str, properties: dict[str, Any], places: Places) -> None:
    s3 = client("s3", places)
    if properties.get("ObjectLockEnabled"):
        s3.put_object_lock_configuration(
            Bucket=name, ObjectLockConfiguration={"ObjectLockEnabled": "Enabled"}
        )
    if rules := properties.get("LifecycleConfiguration", {}).get("Rules"):
        s3.put_bucket_lifecycle_configuration(
            Bucket=name, LifecycleConfiguration={"Rules": [_lifecycle(rule) for rule in rules]}
        )


def _lifecycle(rule: dict[str, Any]) -> dict[str, Any]:
    """Put a rule in the API's words: CloudFormation has others for the same days."""
    found: dict[str, Any] = {
        "ID": rule["Id"],
        "Status": rule["Status"],
        "Filter": {"Prefix": rule.get("Prefix", "")},
    }
    if "ExpirationInDays" in rule:
        found["Expiration"] = {"Days": rule["ExpirationInDays"]}
    if noncurrent := rule.get("NoncurrentVersionExpiration"):
        found["NoncurrentVersionExpiration"] = noncurrent
    return found


def _fix_schedule(name: str, properties: dict[str, Any], places: Places) -> None:
    scheduler = client("scheduler", places)
    kept = scheduler.get_schedule(Name=name, GroupName=properties.get("GroupName", "default"))
    taken = ("Name", "GroupName", "ScheduleExpression", "FlexibleTimeWindow", "Target", "State")
    scheduler.update_schedule(
        **{one: kept[one] for one in taken},
        ScheduleExpressionTimezone=properties.get("ScheduleExpressionTimezone", "UTC"),
    )


def _fix_secret(name: str, properties: dict[str, Any], places: Places) -> None:
    """Generate a secret that the template leaves to AWS to generate: here it is born empty."""
    manager = client("secretsmanager", places)
    kept = manager.get_secret_value(SecretId=name)["SecretString"]
    if "GenerateSecretString" in properties and not kept:
        manager.put_secret_value(SecretId=name, SecretString=secrets.token_urlsafe(32))
