"""What a setting adds: a key, copies, somebody who is told; and what a live stage protects."""

import json

import pytest

from infra.stacks.state import retention
from tests.infra.conftest import KEY
from tests.infra.frozen import FROZEN


def test_the_live_state_is_protected(chosen) -> None:
    state = chosen.templates["solde-live-state"]["Resources"]
    assert {name: state[name]["Type"] for name in FROZEN} == FROZEN
    kept = {one["Type"] for one in state.values() if one.get("DeletionPolicy") == "Retain"}
    assert kept >= {"AWS::DynamoDB::Table", "AWS::S3::Bucket", "AWS::KMS::Key"}
    assert chosen.protected == ["solde-live-state"]


def test_the_key_is_one_and_asked_for_only_through_table_and_buckets(assembly, chosen) -> None:
    assert assembly.resources("KMS::Key") == []
    (key,) = chosen.resources("KMS::Key")
    assert key["EnableKeyRotation"] is True
    assert key["PendingWindowInDays"] == 30
    used = key["KeyPolicy"]["Statement"][-1]
    through = json.dumps(used["Condition"]["StringEquals"])
    assert "kms:CallerAccount" in through
    assert '"dynamodb."' in through
    assert '"s3."' in through
    (table,) = chosen.resources("DynamoDB::Table")
    assert table["SSESpecification"]["SSEType"] == "KMS"
    encrypted = [
        one["BucketEncryption"]["ServerSideEncryptionConfiguration"][0]
        for one in chosen.resources("S3::Bucket")
    ]
    assert sum(one.get("BucketKeyEnabled", False) for one in encrypted) == 2


def test_copies_lie_in_a_locked_vault_where_they_are_wanted(assembly, chosen) -> None:
    assert assembly.resources("Backup::BackupVault") == []
    (vault,) = chosen.resources("Backup::BackupVault")
    assert vault["LockConfiguration"] == {"MinRetentionDays": 30}
    (plan,) = chosen.resources("Backup::BackupPlan")
    (rule,) = plan["BackupPlan"]["BackupPlanRule"]
    assert rule["Lifecycle"] == {"DeleteAfterDays": 90}
    (selection,) = chosen.resources("Backup::BackupSelection")
    assert len(selection["BackupSelection"]["Resources"]) == 3


def test_a_mail_address_listens_to_alarms_where_one_is_named(assembly, chosen) -> None:
    assert assembly.resources("SNS::Subscription") == []
    (one,) = chosen.resources("SNS::Subscription")
    assert (one["Protocol"], one["Endpoint"]) == ("email", "ops@solde.example")


def locks(assembly) -> list[dict]:
    buckets = assembly.resources("S3::Bucket")
    return [one["ObjectLockConfiguration"] for one in buckets if "ObjectLockConfiguration" in one]


def test_what_is_archived_is_locked_where_it_is_wanted(assembly, chosen) -> None:
    assert [one.get("Rule") for one in locks(assembly)] in ([], [None])
    (lock,) = locks(chosen)
    assert lock["ObjectLockEnabled"] == "Enabled"
    assert lock["Rule"]["DefaultRetention"] == {"Mode": "COMPLIANCE", "Days": 3660}


def test_who_writes_what_the_law_wants_kept_may_say_for_how_long(assembly, chosen) -> None:
    assert "PutObjectRetention" not in json.dumps(assembly.resources("IAM::Policy"))
    told = [one["Environment"]["Variables"] for one in chosen.resources("Lambda::Function")]
    assert {one["ARCHIVE_LOCK"] for one in told if "TABLE_NAME" in one} == {"compliance"}
    may = [
        one
        for one in chosen.resources("IAM::Policy")
        if "s3:PutObjectRetention" in json.dumps(one["PolicyDocument"])
    ]
    # Eight steps of a run with its start and sweep, what issues by hand (four), pro formas, forms.
    assert len(may) == 8 + 2 + 4 + 1 + 1


def test_a_lock_that_s3_does_not_know_is_refused() -> None:
    with pytest.raises(ValueError, match="expected none, governance or compliance, found 'hard'"):
        retention("hard", 10)


def test_copies_go_to_the_sellers_own_bucket_by_one_function_where_it_is_named(
    assembly, chosen
) -> None:
    assert "erp-in" not in json.dumps(assembly.templates)
    told = [
        one["Environment"]["Variables"]["DROP_BUCKET"]
        for one in chosen.resources("Lambda::Function")
        if str(one.get("Handler", "")).startswith("functions.")
    ]
    assert set(told) == {"erp-in"}
    may = [
        statement
        for one in chosen.resources("IAM::Policy")
        for statement in one["PolicyDocument"]["Statement"]
        if "erp-in" in json.dumps(statement["Resource"]) or statement["Resource"] == KEY
    ]
    assert [one["Action"] for one in may] == [
        ["s3:GetObject", "s3:PutObject"],
        ["kms:Decrypt", "kms:GenerateDataKey"],
    ]
