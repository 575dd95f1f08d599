"""A schedule of the clock: a target, its dead letters, and the hour in a named zone."""

from aws_cdk import Duration
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_lambda_destinations as destinations
from aws_cdk import aws_scheduler as scheduler
from aws_cdk import aws_sqs as sqs
from constructs import Construct

SCHEDULED = '{"as_of":"<aws.scheduler.scheduled-time>"}'
"""Business time comes with the message: the target never asks a clock."""


def schedule(
    scope: Construct,
    name: str,
    *,
    expression: str,
    zone: str,
    target: lambda_.Function,
    dead: sqs.Queue,
    prefix: str,
) -> scheduler.CfnSchedule:
    """
    Call a function at the hours of an expression.

    A call that cannot be made is a dead letter; so is one that the function failed three times.
    """
    target.configure_async_invoke(retry_attempts=2, on_failure=destinations.SqsDestination(dead))
    role = iam.Role(
        scope, f"{name}-schedule-role", assumed_by=iam.ServicePrincipal("scheduler.amazonaws.com")
    )
    role.add_to_policy(
        iam.PolicyStatement(actions=["lambda:InvokeFunction"], resources=[target.function_arn])
    )
    role.add_to_policy(iam.PolicyStatement(actions=["sqs:SendMessage"], resources=[dead.queue_arn]))
    return scheduler.CfnSchedule(
        scope,
        f"{name}-schedule",
        name=f"{prefix}-{name}",
        schedule_expression=expression,
        schedule_expression_timezone=zone,
        flexible_time_window=scheduler.CfnSchedule.FlexibleTimeWindowProperty(mode="OFF"),
        target=scheduler.CfnSchedule.TargetProperty(
            arn=target.function_arn,
            role_arn=role.role_arn,
            input=SCHEDULED,
            dead_letter_config=scheduler.CfnSchedule.DeadLetterConfigProperty(arn=dead.queue_arn),
            retry_policy=scheduler.CfnSchedule.RetryPolicyProperty(
                maximum_event_age_in_seconds=int(Duration.hours(20).to_seconds()),
                maximum_retry_attempts=100,
            ),
        ),
    )
