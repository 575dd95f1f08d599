"""Who is told: every alarm has its page, its figure is really written, and silence is heard."""

import ast
import json
import re
from pathlib import Path
from typing import Any

from solde.runtime import observe

ROOT = Path(__file__).resolve().parents[2]
STACK = "solde-test-operations"


def alarms(assembly) -> dict[str, dict[str, Any]]:
    """By the name of the construct, without the hash at its end."""
    resources = assembly.templates[STACK]["Resources"]
    return {
        name[:-8]: one["Properties"]
        for name, one in resources.items()
        if one["Type"] == "AWS::CloudWatch::Alarm"
    }


def metrics(alarm: dict[str, Any]) -> list[dict[str, Any]]:
    """Name the metrics that an alarm stands on."""
    if "MetricName" in alarm:
        return [alarm]
    stats = [one["MetricStat"]["Metric"] for one in alarm["Metrics"] if "MetricStat" in one]
    return [{"Namespace": one["Namespace"], **one} for one in stats]


def test_every_alarm_names_a_page_of_the_runbook_and_every_page_an_alarm(assembly) -> None:
    runbook = (ROOT / "docs" / "runbook.md").read_text()
    pages = {
        re.sub(r"[^a-z ]", "", line[3:].lower()).replace(" ", "-")
        for line in runbook.splitlines()
        if line.startswith("## ")
    }
    named = {one["AlarmDescription"].partition("#")[2] for one in alarms(assembly).values()}
    assert named == pages


def test_every_alarm_tells_when_it_sounds_and_when_it_is_over(assembly) -> None:
    for one in alarms(assembly).values():
        assert one["AlarmActions"] == one["OKActions"] != []
    (policy,) = assembly.resources("SNS::TopicPolicy")
    said = json.dumps(policy["PolicyDocument"])
    assert "cloudwatch.amazonaws.com" in said
    assert "aws:SecureTransport" in said


def test_the_figures_of_the_alarms_are_those_that_functions_write(assembly) -> None:
    wanted = {
        one["MetricName"]
        for alarm in alarms(assembly).values()
        for one in metrics(alarm)
        if one["Namespace"] == observe.NAMESPACE
    }
    written = {
        argument.arg
        for place in ("functions", "layers/solde/python/solde/runtime")
        for file in (ROOT / place).rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "measure"
        for argument in node.keywords
    }
    assert wanted == written | {observe.ALARMS}
    assert len(wanted) == 8


def test_a_late_run_is_told_also_when_nobody_says_how_late_runs_are(assembly) -> None:
    late = alarms(assembly)["runslate"]
    assert late["MetricName"] == "RunsLate"
    assert late["Dimensions"] == [{"Name": "stage", "Value": "test"}]
    assert late["TreatMissingData"] == "breaching"
    assert late["Threshold"] == 1
    # The sweep says it once an hour; three hours without a word sound as well.
    assert (late["Period"], late["EvaluationPeriods"], late["DatapointsToAlarm"]) == (3600, 3, 3)


def test_every_daily_function_is_missed_when_a_day_is_skipped(assembly) -> None:
    daily = [
        one
        for one in assembly.resources("Scheduler::Schedule")
        if "cron" in one["ScheduleExpression"]
    ]
    missed = [one for name, one in alarms(assembly).items() if name.endswith("missed")]
    silent = [one for one in missed if one["MetricName"] == "Invocations"]
    assert len(silent) == len(daily) == 6
    for one in silent:
        assert one["TreatMissingData"] == "breaching"
        assert one["ComparisonOperator"] == "LessThanThreshold"
        # Thirty hours: more than a day of 25, less than the 48 of a day that was skipped.
        assert one["Period"] * one["EvaluationPeriods"] == 30 * 3600
        assert one["DatapointsToAlarm"] == one["EvaluationPeriods"]


def test_every_queue_that_nothing_works_has_an_alarm(assembly) -> None:
    dead = 0
    for template in assembly.templates.values():
        resources = template["Resources"]
        worked = {
            one["Properties"]["EventSourceArn"].get("Fn::GetAtt", [""])[0]
            for one in resources.values()
            if one["Type"] == "AWS::Lambda::EventSourceMapping"
        }
        queues = {name for name, one in resources.items() if one["Type"] == "AWS::SQS::Queue"}
        # What only holds the letters of a queue without a worker can never fill.
        unused = {
            resources[name]["Properties"]["RedrivePolicy"]["deadLetterTargetArn"]["Fn::GetAtt"][0]
            for name in queues - worked
            if "RedrivePolicy" in resources[name]["Properties"]
        }
        dead += len(queues - worked - unused)
    watched = [
        one
        for one in alarms(assembly).values()
        if one.get("MetricName") == "ApproximateNumberOfMessagesVisible"
    ]
    assert len(watched) == dead == 13


def test_a_scheduled_function_that_fails_leaves_a_letter(assembly) -> None:
    schedules = len(assembly.resources("Scheduler::Schedule"))
    configs = assembly.resources("Lambda::EventInvokeConfig")
    assert len(configs) == schedules == 7
    for one in configs:
        assert one["MaximumRetryAttempts"] == 2
        assert "OnFailure" in one["DestinationConfig"]


def test_the_dashboard_shows_every_figure_that_is_watched(assembly) -> None:
    (page,) = assembly.resources("CloudWatch::Dashboard")
    shown = json.dumps(page["DashboardBody"])
    for alarm in alarms(assembly).values():
        for one in metrics(alarm):
            assert one["MetricName"] in shown
