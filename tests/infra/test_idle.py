"""What an idle deployment pays for, counted: docs/decisions/0007-what-costs-while-idle.md."""

FREE_WHILE_IDLE = {
    "ApiGatewayV2::Api",
    "ApiGatewayV2::Integration",
    "ApiGatewayV2::Route",
    "ApiGatewayV2::Stage",
    "CloudWatch::Dashboard",  # three of an account
    "DynamoDB::Table",
    "Events::EventBus",
    "Events::Rule",
    "IAM::Policy",
    "IAM::Role",
    "Lambda::EventInvokeConfig",
    "Lambda::Function",
    "Lambda::LayerVersion",
    "Lambda::Permission",
    "Logs::LogGroup",
    "S3::Bucket",
    "S3::BucketPolicy",
    "SES::ConfigurationSet",
    "SES::ConfigurationSetEventDestination",
    "SES::EmailIdentity",
    "SNS::Topic",
    "SNS::TopicPolicy",
    "SQS::Queue",
    "SQS::QueuePolicy",
    "Scheduler::Schedule",  # 14 million calls of a month
    "StepFunctions::StateMachine",
}
COUNTED = {"CloudWatch::Alarm", "SecretsManager::Secret", "Lambda::EventSourceMapping"}


def test_nothing_is_made_that_costs_by_the_hour(assembly) -> None:
    kinds = {
        one["Type"].removeprefix("AWS::")
        for template in assembly.templates.values()
        for one in template["Resources"].values()
    }
    assert kinds - FREE_WHILE_IDLE == COUNTED
    for one in assembly.resources("Lambda::Function"):
        assert "VpcConfig" not in one
    for one in assembly.resources("DynamoDB::Table"):
        assert "ProvisionedThroughput" not in one


def test_what_costs_while_idle_is_what_the_record_says(assembly) -> None:
    alarms = assembly.resources("CloudWatch::Alarm")
    stats = [[m for m in one.get("Metrics", [{}]) if "Expression" not in m] for one in alarms]
    assert (len(alarms), sum(map(len, stats))) == (30, 31)
    assert len(assembly.resources("SecretsManager::Secret")) == 1
    polled = [
        one
        for one in assembly.resources("Lambda::EventSourceMapping")
        if "StartingPosition" not in one
    ]
    assert len(polled) == 11
