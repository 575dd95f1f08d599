from dataclasses import replace
from datetime import UTC, datetime

import pytest

from local.doctor.keys import own_key, stripe

MADE = datetime(2026, 1, 1, tzinfo=UTC)
STATE = "solde-live-state"
ARN = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:stripe-abc"


def state(aws, *outputs: dict) -> None:
    row = {
        "StackName": STATE,
        "CreationTime": MADE,
        "StackStatus": "CREATE_COMPLETE",
        "Outputs": list(outputs),
    }
    aws.says("cloudformation", "describe_stacks", {"Stacks": [row]}, StackName=STATE)


@pytest.mark.parametrize(
    ("text", "well"),
    [("whsec_canary", True), ('["whsec_new", "whsec_old"]', True), ("3f9c0dd1", False)],
)
def test_the_secret_must_be_stripes_and_is_never_shown(aws, live, text, well) -> None:
    state(aws, {"OutputKey": "StripeSecret", "OutputValue": ARN})
    aws.says("secretsmanager", "get_secret_value", {"SecretString": text}, SecretId=ARN)
    (found,) = stripe(aws, live)
    assert found.well is well
    assert text not in str(found)


def test_without_a_stack_there_is_no_secret(aws, live) -> None:
    aws.refuses("cloudformation", "describe_stacks", "ValidationError", "does not exist")
    (found,) = stripe(aws, live)
    assert found.said == "not there"


def test_keys_of_aws_need_nothing(aws, live) -> None:
    (found,) = own_key(aws, live)
    assert found.well


@pytest.mark.parametrize(("state_of_key", "well"), [("Enabled", True), ("PendingDeletion", False)])
def test_a_key_of_ones_own_must_be_enabled(aws, live, state_of_key, well) -> None:
    row = {
        "LogicalResourceId": "key",
        "PhysicalResourceId": "k-1",
        "ResourceType": "AWS::KMS::Key",
        "LastUpdatedTimestamp": MADE,
        "ResourceStatus": "CREATE_COMPLETE",
    }
    rows = {"StackResourceSummaries": [row]}
    aws.says("cloudformation", "list_stack_resources", rows, StackName=STATE)
    described = {"KeyMetadata": {"KeyId": "k-1", "KeyState": state_of_key}}
    aws.says("kms", "describe_key", described, KeyId="k-1")
    (found,) = own_key(aws, replace(live, own_key=True))
    assert found.well is well


def test_a_key_that_was_asked_for_and_is_not_there(aws, live) -> None:
    none = {"StackResourceSummaries": []}
    aws.says("cloudformation", "list_stack_resources", none, StackName=STATE)
    (found,) = own_key(aws, replace(live, own_key=True))
    assert (found.said, found.well) == ("not there", False)
