"""Operations: who is told when something is wrong, and one page that shows how it goes."""

from collections.abc import Sequence

from aws_cdk import Duration, Stack
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_sqs as sqs
from aws_cdk import aws_stepfunctions as sfn
from constructs import Construct

from infra.settings import Settings

RUNBOOK = "docs/runbook.md"


class OperationsStack(Stack):
    """Alarms name the page of the runbook that says what to do."""

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        settings: Settings,
        machine: sfn.StateMachine,
        dead: Sequence[sqs.Queue],
    ) -> None:
        super().__init__(scope, name)
        failed = self._alarm(
            "bill-run-failed",
            machine.metric_failed(period=Duration.minutes(5)),
            "a-bill-run-failed",
        )
        letters = [self._dead_letter(queue) for queue in dead]
        dashboard = cloudwatch.Dashboard(self, "dashboard", dashboard_name=settings.prefix)
        dashboard.add_widgets(
            cloudwatch.AlarmStatusWidget(alarms=[failed, *letters], width=24, title="Alarms")
        )
        dashboard.add_widgets(
            cloudwatch.GraphWidget(
                title="Bill runs",
                left=[
                    machine.metric_started(),
                    machine.metric_succeeded(),
                    machine.metric_failed(),
                ],
                width=12,
            ),
            cloudwatch.GraphWidget(
                title="Dead letters",
                left=[queue.metric_approximate_number_of_messages_visible() for queue in dead],
                width=12,
            ),
        )

    def _dead_letter(self, queue: sqs.Queue) -> cloudwatch.Alarm:
        metric = queue.metric_approximate_number_of_messages_visible(period=Duration.minutes(5))
        return self._alarm(f"{queue.node.id}-letters", metric, "a-dead-letter")

    def _alarm(self, name: str, metric: cloudwatch.Metric, page: str) -> cloudwatch.Alarm:
        return cloudwatch.Alarm(
            self,
            name,
            metric=metric,
            threshold=1,
            evaluation_periods=1,
            comparison_operator=cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
            treat_missing_data=cloudwatch.TreatMissingData.NOT_BREACHING,
            alarm_description=f"See {RUNBOOK}#{page}",
        )
