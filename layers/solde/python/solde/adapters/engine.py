"""Step Functions as the engine of bill runs: one execution per run, named after it."""

from typing import Any

from botocore.exceptions import ClientError

OVER = ("TaskDoesNotExist", "TaskTimedOut", "InvalidToken")


class StepFunctions:
    """The port `Engine`."""

    def __init__(self, client: Any, machine_arn: str) -> None:  # noqa: ANN401 - a boto3 client
        self._client = client
        self._machine = machine_arn

    def start(self, run_id: str) -> None:
        try:
            self._client.start_execution(
                stateMachineArn=self._machine, name=run_id, input=f'{{"run_id":"{run_id}"}}'
            )
        except ClientError as error:
            if error.response["Error"]["Code"] != "ExecutionAlreadyExists":
                raise

    def approved(self, task_token: str) -> bool:
        try:
            self._client.send_task_success(taskToken=task_token, output="{}")
        except ClientError as error:
            if error.response["Error"]["Code"] not in OVER:
                raise
            return False
        return True
