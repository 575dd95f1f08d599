"""One execution a run, and an approval that nobody waits for any more."""

import pytest
from botocore.exceptions import ClientError

from solde.adapters.engine import StepFunctions
from tests.support.answering import answering

ARN = "arn:aws:states:eu-west-1:123456789012:stateMachine:bill-run"
STARTED = {"executionArn": ARN.replace("stateMachine", "execution"), "startDate": 0}


def test_an_execution_is_named_after_its_run() -> None:
    client, calls = answering("stepfunctions", start_execution=[STARTED])
    StepFunctions(client, ARN).start("run_1")
    assert calls == [{"stateMachineArn": ARN, "name": "run_1", "input": '{"run_id":"run_1"}'}]


def test_one_that_exists_is_the_one_that_was_wanted() -> None:
    client, _ = answering("stepfunctions", start_execution=["ExecutionAlreadyExists"])
    StepFunctions(client, ARN).start("run_1")


def test_other_refusals_are_raised() -> None:
    client, _ = answering("stepfunctions", start_execution=["ExecutionLimitExceeded"])
    with pytest.raises(ClientError, match="ExecutionLimitExceeded"):
        StepFunctions(client, ARN).start("run_1")
    client, _ = answering("stepfunctions", send_task_success=["InvalidOutput"])
    with pytest.raises(ClientError, match="InvalidOutput"):
        StepFunctions(client, ARN).approved("token")


@pytest.mark.parametrize(
    ("answer", "waited"),
    [({}, True), ("TaskTimedOut", False), ("TaskDoesNotExist", False), ("InvalidToken", False)],
)
def test_an_approval_tells_whether_anybody_waited(answer, waited) -> None:
    client, calls = answering("stepfunctions", send_task_success=[answer])
    assert StepFunctions(client, ARN).approved("token") is waited
    assert calls == [{"taskToken": "token", "output": "{}"}]
