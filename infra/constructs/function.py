"""One builder for every function: runtime, layers, log group, tracing, a role of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aws_cdk import Duration, RemovalPolicy
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from constructs import Construct

from infra.packaging import functions_code


@dataclass(frozen=True, slots=True)
class Shared:
    """What all functions of a stack have in common."""

    layers: Sequence[lambda_.ILayerVersion]
    environment: Mapping[str, str]
    log_retention: logs.RetentionDays
    prefix: str


def python_function(
    scope: Construct,
    handler: str,
    *,
    shared: Shared,
    may: Sequence[iam.PolicyStatement],
    timeout: int = 30,
    memory: int = 512,
    reserved: int | None = None,
    environment: Mapping[str, str] | None = None,
) -> lambda_.Function:
    """
    Make the function of `folder.file`; `may` is all that its role may do besides its logs.

    `timeout` in seconds, `memory` in MB.
    """
    name = handler.replace(".", "-").replace("_", "-")
    log_group = logs.LogGroup(
        scope,
        f"{name}-logs",
        retention=shared.log_retention,
        removal_policy=RemovalPolicy.DESTROY,
    )
    role = iam.Role(scope, f"{name}-role", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))
    log_group.grant_write(role)
    for statement in may:
        role.add_to_policy(statement)
    return lambda_.Function(
        scope,
        name,
        function_name=f"{shared.prefix}-{name}",
        runtime=lambda_.Runtime.PYTHON_3_13,
        architecture=lambda_.Architecture.ARM_64,
        handler=f"functions.{handler}.lambda_handler",
        code=functions_code(),
        layers=list(shared.layers),
        role=role,
        timeout=Duration.seconds(timeout),
        memory_size=memory,
        tracing=lambda_.Tracing.ACTIVE,
        log_group=log_group,
        reserved_concurrent_executions=reserved,
        environment={**shared.environment, **(environment or {})},
    )


ANY_TASK = "*"
"""What may be said of a task's answer: it goes by its token, and IAM knows no resource for it."""


def allow(actions: Sequence[str], *resources: str) -> iam.PolicyStatement:
    return iam.PolicyStatement(actions=list(actions), resources=list(resources))
