"""Whether somebody hears of alarms and of costs."""

from collections.abc import Iterator

from local.doctor.finding import Clients, Found, Wanted


def listeners(clients: Clients, wanted: Wanted) -> Iterator[Found]:
    alarms = clients("cloudwatch").describe_alarms(
        AlarmNamePrefix=f"{wanted.prefix}-operations", MaxRecords=100
    )["MetricAlarms"]
    if not alarms:
        yield Found("alarms", "none", "deploy the operations stack")
        return
    topics = sorted({topic for one in alarms for topic in one["AlarmActions"]})
    heard = [
        one["Endpoint"]
        for topic in topics
        for one in clients("sns").list_subscriptions_by_topic(TopicArn=topic)["Subscriptions"]
        if one["SubscriptionArn"].startswith("arn:")
    ]
    yield Found(
        "alarms",
        f"{len(alarms)}, heard by {len(heard)}",
        "" if heard else "set alarm_to, deploy, and confirm the first mail",
    )
    sounding = sorted(one["AlarmName"] for one in alarms if one["StateValue"] == "ALARM")
    yield Found(
        "alarms that sound",
        ", ".join(sounding) or "none",
        "read the section of docs/runbook.md that each names" if sounding else "",
    )


def budget(clients: Clients, _wanted: Wanted) -> Iterator[Found]:
    account = clients("sts").get_caller_identity()["Account"]
    budgets = clients("budgets").describe_budgets(AccountId=account).get("Budgets", [])
    told = [
        one["BudgetName"]
        for one in budgets
        if clients("budgets")
        .describe_notifications_for_budget(AccountId=account, BudgetName=one["BudgetName"])
        .get("Notifications")
    ]
    yield Found(
        "budget alarm",
        ", ".join(told) or "none",
        "" if told else "make a monthly budget with a mail at 80 % in the Billing console",
    )
