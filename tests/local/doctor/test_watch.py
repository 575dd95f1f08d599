from local.doctor.watch import budget, listeners

TOPIC = "arn:aws:sns:eu-west-1:111122223333:alarms"
ACCOUNT = "111122223333"


def alarms(aws, *states: str) -> None:
    rows = [
        {"AlarmName": f"a{number}", "AlarmActions": [TOPIC], "StateValue": state}
        for number, state in enumerate(states)
    ]
    asked = {"AlarmNamePrefix": "solde-live-operations", "MaxRecords": 100}
    aws.says("cloudwatch", "describe_alarms", {"MetricAlarms": rows}, **asked)


def heard(aws, subscription: str) -> None:
    rows = [{"Endpoint": "ops@solde.example", "SubscriptionArn": subscription}]
    answer = {"Subscriptions": rows}
    aws.says("sns", "list_subscriptions_by_topic", answer, TopicArn=TOPIC)


def test_alarms_that_somebody_hears(aws, live) -> None:
    alarms(aws, "OK", "OK")
    heard(aws, f"{TOPIC}:1")
    assert [(one.said, one.well) for one in listeners(aws, live)] == [
        ("2, heard by 1", True),
        ("none", True),
    ]


def test_an_address_that_was_never_confirmed_hears_nothing(aws, live) -> None:
    alarms(aws, "OK", "ALARM")
    heard(aws, "PendingConfirmation")
    assert [(one.said, one.well) for one in listeners(aws, live)] == [
        ("2, heard by 0", False),
        ("a1", False),
    ]


def test_no_alarms_at_all(aws, live) -> None:
    alarms(aws)
    (found,) = listeners(aws, live)
    assert (found.said, found.well) == ("none", False)


def budgets(aws, *names: str) -> None:
    who = {"Account": ACCOUNT, "Arn": f"arn:aws:iam::{ACCOUNT}:user/ada", "UserId": "U"}
    aws.says("sts", "get_caller_identity", who)
    rows = [{"BudgetName": one, "TimeUnit": "MONTHLY", "BudgetType": "COST"} for one in names]
    aws.says("budgets", "describe_budgets", {"Budgets": rows}, AccountId=ACCOUNT)


def told(aws, name: str, *notifications: dict) -> None:
    asked = {"AccountId": ACCOUNT, "BudgetName": name}
    answer = {"Notifications": list(notifications)}
    aws.says("budgets", "describe_notifications_for_budget", answer, **asked)


def test_a_budget_counts_when_it_tells_somebody(aws, live) -> None:
    budgets(aws, "silent", "monthly")
    told(aws, "silent")
    over = {"NotificationType": "ACTUAL", "ComparisonOperator": "GREATER_THAN", "Threshold": 80.0}
    told(aws, "monthly", over)
    (found,) = budget(aws, live)
    assert (found.said, found.well) == ("monthly", True)


def test_without_a_budget_costs_are_told_to_nobody(aws, live) -> None:
    budgets(aws)
    (found,) = budget(aws, live)
    assert (found.said, found.well) == ("none", False)
