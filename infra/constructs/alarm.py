"""An alarm: what is watched, from when on it sounds, and the page that says what to do."""

from collections.abc import Sequence
from dataclasses import dataclass

from aws_cdk import Duration
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_cloudwatch_actions as actions
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_sns as sns
from constructs import Construct

RUNBOOK = "docs/runbook.md"
NAMESPACE = "solde"
Comparison = cloudwatch.ComparisonOperator


@dataclass(frozen=True, slots=True)
class Watch:
    """
    `page` is a heading of the runbook; it sounds at `threshold` or above (`below`: under it).

    `needed` of the last `looked_at` periods must be so; `dead_man` sounds as well when nothing is
    said at all.
    """

    name: str
    page: str
    metric: cloudwatch.IMetric
    threshold: float = 1
    looked_at: int = 1
    needed: int = 1
    below: bool = False
    dead_man: bool = False


def alarms(scope: Construct, watches: Sequence[Watch], topic: sns.Topic) -> list[cloudwatch.Alarm]:
    """Make the alarms; each tells the topic when it sounds, and when it is over."""
    tell = actions.SnsAction(topic)
    made = []
    for one in watches:
        alarm = cloudwatch.Alarm(
            scope,
            one.name,
            metric=one.metric,
            threshold=one.threshold,
            evaluation_periods=one.looked_at,
            datapoints_to_alarm=one.needed,
            comparison_operator=Comparison.LESS_THAN_THRESHOLD
            if one.below
            else Comparison.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
            treat_missing_data=cloudwatch.TreatMissingData.BREACHING
            if one.dead_man
            else cloudwatch.TreatMissingData.NOT_BREACHING,
            alarm_description=f"See {RUNBOOK}#{one.page}",
        )
        alarm.add_alarm_action(tell)
        alarm.add_ok_action(tell)
        made.append(alarm)
    return made


def figure(
    name: str, *, stage: str, minutes: int, statistic: str = cloudwatch.Stats.MAXIMUM
) -> cloudwatch.Metric:
    """Return a figure that functions write into their logs."""
    return cloudwatch.Metric(
        namespace=NAMESPACE,
        metric_name=name,
        dimensions_map={"stage": stage},
        period=Duration.minutes(minutes),
        statistic=statistic,
    )


def daily(name: str, function: lambda_.Function, page: str) -> Watch:
    """
    Watch that a daily function is called: sound when it was not for thirty hours.

    A day that was skipped leaves forty-eight hours between two calls; a day of a change of the
    clocks, twenty-five.
    """
    called = function.metric_invocations(period=Duration.hours(6), statistic=cloudwatch.Stats.SUM)
    return Watch(f"{name}-missed", page, called, looked_at=5, needed=5, below=True, dead_man=True)
