"""The bill run's state machine: ready-made chunks are mapped; the run record stays the truth."""

from dataclasses import dataclass

from aws_cdk import Duration
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_stepfunctions as sfn
from aws_cdk import aws_stepfunctions_tasks as tasks
from constructs import Construct

RETRIED = ["StoreUnavailableError", "PlanIncompleteError", "RunIncompleteError"]


@dataclass(frozen=True, slots=True)
class Steps:
    """The functions of the states, by their names."""

    select: lambda_.Function
    plan: lambda_.Function
    review: lambda_.Function
    await_approval: lambda_.Function
    seal: lambda_.Function
    publish: lambda_.Function
    issue: lambda_.Function
    close: lambda_.Function


def bill_run(
    scope: Construct,
    *,
    name: str,
    steps: Steps,
    archive: s3.Bucket,
    concurrency: int,
    log_group: logs.LogGroup,
) -> sfn.StateMachine:
    """Make the machine; its name carries a version, and a run keeps the one that it began with."""
    definition = (
        _step(scope, "Select", steps.select)
        .next(_map(scope, "Plan", steps.plan, archive, "chunks", concurrency))
        .next(_step(scope, "Review", steps.review, keep="$.review"))
        .next(_reviewed(scope, steps, archive, concurrency))
    )
    return sfn.StateMachine(
        scope,
        "bill-run-v1",
        state_machine_name=name,
        definition_body=sfn.DefinitionBody.from_chainable(definition),
        tracing_enabled=True,
        timeout=Duration.days(31),
        logs=sfn.LogOptions(destination=log_group, level=sfn.LogLevel.ALL),
    )


def _reviewed(
    scope: Construct, steps: Steps, archive: s3.Bucket, concurrency: int
) -> sfn.IChainable:
    """Go on by what the review found: over, waiting for a signature, or signed."""
    done = sfn.Succeed(scope, "Done")
    issue = _step(scope, "Seal", steps.seal, keep="$.sealed").next(
        sfn.Choice(scope, "Sealed?")
        .when(sfn.Condition.string_equals("$.sealed.status", "cancelled"), done)
        .otherwise(
            _step(scope, "Publish", steps.publish)
            .next(_map(scope, "Issue", steps.issue, archive, "batches", concurrency))
            .next(_step(scope, "Close", steps.close))
            .next(done)
        )
    )
    wait = _wait(scope, steps)
    wait.next(issue)
    return (
        sfn.Choice(scope, "Reviewed?")
        .when(sfn.Condition.string_equals("$.review.status", "cancelled"), done)
        .when(sfn.Condition.boolean_equals("$.review.dry", value=True), done)
        .when(sfn.Condition.string_equals("$.review.status", "planned"), wait)
        .otherwise(issue)
    )


def _wait(scope: Construct, steps: Steps) -> tasks.LambdaInvoke:
    """Wait until somebody has signed, or the run is cancelled."""
    return tasks.LambdaInvoke(
        scope,
        "AwaitApproval",
        lambda_function=steps.await_approval,
        integration_pattern=sfn.IntegrationPattern.WAIT_FOR_TASK_TOKEN,
        payload=sfn.TaskInput.from_object(
            {
                "run_id": sfn.JsonPath.string_at("$.run_id"),
                "task_token": sfn.JsonPath.task_token,
            }
        ),
        result_path=sfn.JsonPath.DISCARD,
        task_timeout=sfn.Timeout.duration(Duration.days(30)),
    )


def _step(
    scope: Construct, name: str, function: lambda_.Function, *, keep: str | None = None
) -> tasks.LambdaInvoke:
    step = tasks.LambdaInvoke(
        scope,
        name,
        lambda_function=function,
        payload_response_only=True,
        result_path=keep or sfn.JsonPath.DISCARD,
    )
    return _retried(step)


def _retried(step: tasks.LambdaInvoke) -> tasks.LambdaInvoke:
    step.add_retry(
        errors=RETRIED,
        interval=Duration.seconds(2),
        backoff_rate=2,
        max_attempts=6,
        jitter_strategy=sfn.JitterType.FULL,
    )
    return step


def _map(
    scope: Construct,
    name: str,
    function: lambda_.Function,
    archive: s3.Bucket,
    file: str,
    concurrency: int,
) -> sfn.DistributedMap:
    """Map a function over the elements of a file of the run; children answer little."""
    each = sfn.DistributedMap(
        scope,
        name,
        map_execution_type=sfn.StateMachineType.STANDARD,
        max_concurrency=concurrency,
        item_reader=sfn.S3JsonItemReader(
            bucket=archive,
            key=sfn.JsonPath.format(f"runs/{{}}/{file}.json", sfn.JsonPath.string_at("$.run_id")),
        ),
        result_path=sfn.JsonPath.DISCARD,
    )
    child = tasks.LambdaInvoke(
        scope, f"{name}Batch", lambda_function=function, payload_response_only=True
    )
    each.item_processor(_retried(child))
    return each
