from datetime import UTC, datetime

import pytest
from botocore.exceptions import ClientError

from local.doctor.account import BOOTSTRAP, bootstrap, caller, described, stacks
from local.doctor.finding import Found, Wanted

MADE = datetime(2026, 1, 1, tzinfo=UTC)


def stack(aws, name: str, status: str, **more) -> None:
    row = {"StackName": name, "CreationTime": MADE, "StackStatus": status, **more}
    aws.says("cloudformation", "describe_stacks", {"Stacks": [row]}, StackName=name)


def test_who_asks_is_named(aws, live) -> None:
    who = {"Account": "111122223333", "Arn": "arn:aws:iam::111122223333:user/ada", "UserId": "U"}
    aws.says("sts", "get_caller_identity", who)
    assert list(caller(aws, live)) == [Found("credentials", "account 111122223333 as ada")]


@pytest.mark.parametrize(("version", "well"), [("30", True), ("8", True), ("7", False)])
def test_the_bootstrap_must_be_new_enough(aws, live, version, well) -> None:
    aws.says("ssm", "get_parameter", {"Parameter": {"Value": version}}, Name=BOOTSTRAP)
    (found,) = bootstrap(aws, live)
    assert found.well is well


def test_a_region_that_is_not_bootstrapped_is_told_how(aws, live) -> None:
    aws.refuses("ssm", "get_parameter", "ParameterNotFound")
    (found,) = bootstrap(aws, live)
    assert found.said == "this region is not bootstrapped"
    assert "bootstrap" in found.todo


def test_each_stack_is_looked_at_and_the_live_state_must_be_protected(aws, live) -> None:
    stack(aws, "solde-live-state", "UPDATE_COMPLETE", EnableTerminationProtection=False)
    stack(aws, "solde-live-usage", "CREATE_COMPLETE")
    stack(aws, "solde-live-web", "UPDATE_ROLLBACK_COMPLETE")
    for _ in range(3):
        aws.refuses("cloudformation", "describe_stacks", "ValidationError", "does not exist")
    found = {one.what: (one.said, one.well) for one in stacks(aws, live)}
    assert found == {
        "stack state": ("UPDATE_COMPLETE", True),
        "protection of the state": ("off: the stack can be deleted", False),
        "stack usage": ("CREATE_COMPLETE", True),
        "stack web": ("UPDATE_ROLLBACK_COMPLETE", False),
        "stack billing": ("not deployed", False),
        "stack money": ("not deployed", False),
        "stack operations": ("not deployed", False),
    }


def test_another_stage_has_other_names(aws) -> None:
    assert Wanted("test", "a@b.example", own_key=True).prefix == "solde-test"


def test_what_may_not_be_looked_at_is_not_taken_for_missing(aws) -> None:
    aws.refuses("cloudformation", "describe_stacks", "AccessDenied", "not allowed")
    with pytest.raises(ClientError, match="AccessDenied"):
        described(aws, "solde-live-state")
