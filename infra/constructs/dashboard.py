"""The page that shows how it goes: alarms first, then the figures that they stand on."""

from collections.abc import Sequence

from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_stepfunctions as sfn
from constructs import Construct

from infra.constructs.alarm import Watch

WIDE, HALF = 24, 12


def dashboard(
    scope: Construct,
    name: str,
    alarms: Sequence[cloudwatch.Alarm],
    machine: sfn.StateMachine,
    watches: Sequence[Watch],
) -> cloudwatch.Dashboard:
    """Show the alarms, the bill runs, and every figure that is watched, by its page."""
    page = cloudwatch.Dashboard(scope, "dashboard", dashboard_name=name)
    page.add_widgets(cloudwatch.AlarmStatusWidget(alarms=list(alarms), width=WIDE, title="Alarms"))
    runs = [machine.metric_started(), machine.metric_succeeded(), machine.metric_failed()]
    graphs = [cloudwatch.GraphWidget(title="Bill runs", left=runs, width=HALF)]
    by_page: dict[str, list[cloudwatch.IMetric]] = {}
    for one in watches:
        by_page.setdefault(one.page, []).append(one.metric)
    graphs += [
        cloudwatch.GraphWidget(title=title.replace("-", " "), left=metrics, width=HALF)
        for title, metrics in by_page.items()
    ]
    page.add_widgets(*graphs)
    return page
