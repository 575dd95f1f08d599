"""Operations: who is told when something is wrong, and one page that shows how it goes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aws_cdk import Duration, Stack
from aws_cdk import aws_apigatewayv2 as apigateway
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sns_subscriptions as subscriptions
from aws_cdk import aws_sqs as sqs
from aws_cdk import aws_stepfunctions as sfn
from constructs import Construct

from infra.constructs.alarm import Watch, alarms, daily, figure
from infra.constructs.backup import weekly_backup
from infra.constructs.dashboard import dashboard
from infra.settings import Settings

FAULTS = 5
"""How many answers of five minutes may be the fault of the server before a person is told."""
LAG_SECONDS = 900
"""How long an accepted event may wait for its packer before a person is told."""
REFUSED_SHARE = 0.5
SWEEP_MINUTES = 5


@dataclass(frozen=True, slots=True)
class Watched:
    """
    What other stacks have that is looked after.

    `daily` by name: what a schedule calls each day; `kept`: ARNs of what must never be lost.
    """

    machine: sfn.StateMachine
    dead: Sequence[sqs.Queue]
    daily: Mapping[str, lambda_.Function]
    webhook: lambda_.Function
    events: sqs.Queue
    api: apigateway.HttpApi
    kept: Sequence[str]


class OperationsStack(Stack):
    """Alarms name the page of the runbook that says what to do."""

    def __init__(
        self, scope: Construct, name: str, *, settings: Settings, watched: Watched
    ) -> None:
        super().__init__(scope, name)
        self._stage = settings.stage
        watches = [
            *self._runs(watched),
            *self._ways_in(watched),
            *[daily(name, one, "a-daily-look-was-missed") for name, one in watched.daily.items()],
            *[_letters(queue) for queue in watched.dead],
        ]
        made = alarms(self, watches, self._topic(settings.alarm_to))
        dashboard(self, settings.prefix, made, watched.machine, watches)
        if settings.backup:
            weekly_backup(self, watched.kept)

    def _topic(self, mail: str) -> sns.Topic:
        """Make the place where alarms are told; a mail address, if there is one, listens."""
        topic = sns.Topic(self, "alarms", enforce_ssl=True)
        topic.add_to_resource_policy(
            iam.PolicyStatement(
                actions=["sns:Publish"],
                principals=[iam.ServicePrincipal("cloudwatch.amazonaws.com")],
                resources=[topic.topic_arn],
                conditions={"StringEquals": {"aws:SourceAccount": self.account}},
            )
        )
        if mail:
            topic.add_subscription(subscriptions.EmailSubscription(mail))
        return topic

    def _figure(self, name: str, minutes: int) -> cloudwatch.Metric:
        return figure(name, stage=self._stage, minutes=minutes)

    def _runs(self, watched: Watched) -> list[Watch]:
        failed = watched.machine.metric_failed(period=Duration.minutes(5))
        stale = self._figure("AnnouncementsStale", SWEEP_MINUTES)
        return [
            Watch("bill-run-failed", "a-bill-run-failed", failed),
            Watch(
                "runs-late",
                "a-run-is-late",
                self._figure("RunsLate", 60),
                looked_at=3,
                needed=3,
                dead_man=True,
            ),
            Watch("runs-stuck", "a-sealed-run-is-stuck", self._figure("RunsStuck", SWEEP_MINUTES)),
            Watch("parked", "customers-are-parked", self._figure("CustomersParked", 60)),
            Watch("stale", "announcements-are-stale", stale, looked_at=3, needed=3),
            Watch("violated", "an-invariant-is-violated", self._figure("Violations", 60)),
            Watch("mail-stopped", "mail-comes-back", self._figure("MailStopped", 60)),
            Watch("told", "a-fact-asks-for-a-person", self._figure("Alarms", 5)),
        ]

    def _faults(self, api: apigateway.HttpApi) -> cloudwatch.Metric:
        minutes = Duration.minutes(SWEEP_MINUTES)
        metric: cloudwatch.Metric = api.metric_server_error(
            period=minutes, statistic=cloudwatch.Stats.SUM
        )
        return metric

    def _ways_in(self, watched: Watched) -> list[Watch]:
        hour = Duration.hours(1)
        total = cloudwatch.Stats.SUM
        refused = figure("DeliveriesRefused", stage=self._stage, minutes=60, statistic=total)
        received = watched.webhook.metric_invocations(period=hour, statistic=total)
        share = cloudwatch.MathExpression(
            expression="FILL(refused, 0) / received",
            using_metrics={"refused": refused, "received": received},
            period=hour,
            label="Share of deliveries refused",
        )
        age = watched.events.metric_approximate_age_of_oldest_message(period=Duration.minutes(5))
        return [
            Watch(
                "refused",
                "deliveries-are-refused",
                share,
                threshold=REFUSED_SHARE,
                looked_at=3,
                needed=2,
            ),
            Watch("events-lag", "accepted-events-wait", age, threshold=LAG_SECONDS),
            Watch("api-fails", "the-api-fails", self._faults(watched.api), threshold=FAULTS),
        ]


def _letters(queue: sqs.Queue) -> Watch:
    waiting = queue.metric_approximate_number_of_messages_visible(period=Duration.minutes(5))
    return Watch(f"{queue.node.id}-letters", "a-dead-letter", waiting)
