"""The ways that messages take: gateway, bus, queues, the table's stream."""

import json

from infra.stacks.billing import TOLD
from solde.domain.endpoints.happening import OF_INVOICES, OF_ONE
from solde.runtime.endpoints import DUE


def test_consumers_stand_behind_queues_and_never_on_the_bus(assembly) -> None:
    rules = assembly.resources("Events::Rule")
    assert len(rules) >= 3
    for rule in rules:
        assert rule["EventPattern"]["source"] in (["solde"], ["aws.ses"])
        (target,) = rule["Targets"]
        assert "DeadLetterConfig" in target
        assert target["RetryPolicy"]["MaximumEventAgeInSeconds"] == 24 * 3600
        queues = {
            name
            for template in assembly.templates.values()
            for name, one in template["Resources"].items()
            if one["Type"] == "AWS::SQS::Queue"
        }
        assert target["Arn"]["Fn::GetAtt"][0] in queues


def test_queues_keep_messages_for_14_days_and_take_them_by_tls_only(assembly) -> None:
    queues = assembly.resources("SQS::Queue")
    assert all(one["MessageRetentionPeriod"] == 14 * 24 * 3600 for one in queues)
    policies = json.dumps(assembly.resources("SQS::QueuePolicy"))
    assert policies.count('"aws:SecureTransport": "false"') == len(queues)


def test_one_function_reads_the_tables_stream_and_a_poison_record_is_cut_out(assembly) -> None:
    (stream,) = [
        one for one in assembly.resources("Lambda::EventSourceMapping") if "StartingPosition" in one
    ]
    assert stream["BisectBatchOnFunctionError"] is True
    assert stream["MaximumRetryAttempts"] == 10
    assert "OnFailure" in stream["DestinationConfig"]
    filters = [json.loads(one["Pattern"]) for one in stream["FilterCriteria"]["Filters"]]
    prefixes = [one["dynamodb"]["Keys"]["pk"]["S"][0]["prefix"] for one in filters]
    assert prefixes == ["O#", "EV#"]


def test_ingest_and_webhooks_keep_places_for_themselves(assembly) -> None:
    reserved = {
        one["Handler"].removesuffix(".lambda_handler"): one["ReservedConcurrentExecutions"]
        for one in assembly.resources("Lambda::Function")
        if "ReservedConcurrentExecutions" in one
    }
    assert reserved == {
        "functions.ingest_usage.accept": 50,
        "functions.receive_webhook.stripe": 20,
        "functions.receive_webhook.paypal": 10,
    }


def test_the_gateway_throttles_and_logs_no_address_and_no_body(assembly) -> None:
    (stage,) = assembly.resources("ApiGatewayV2::Stage")
    throttle = stage["DefaultRouteSettings"]
    assert (throttle["ThrottlingRateLimit"], throttle["ThrottlingBurstLimit"]) == (200, 400)
    logged = set(json.loads(stage["AccessLogSettings"]["Format"]).values())
    assert logged == {
        "$context.requestId",
        "$context.routeKey",
        "$context.status",
        "$context.responseLatency",
    }


def test_every_function_has_a_role_of_its_own(assembly) -> None:
    roles = [
        json.dumps(one["Role"])
        for one in assembly.resources("Lambda::Function")
        if str(one.get("Handler", "")).startswith("functions.")
    ]
    assert len(roles) >= 25
    assert len(set(roles)) == len(roles)


def test_no_variable_of_a_function_holds_a_secret(assembly) -> None:
    """A variable may name a secret by its ARN; the value is asked for when it is needed."""
    for one in assembly.resources("Lambda::Function"):
        said = json.dumps(one.get("Environment", {}))
        assert "resolve:secretsmanager" not in said
        assert "whsec_" not in said


def test_what_systems_of_the_seller_are_told_is_what_the_product_can_tell(assembly) -> None:
    assert set(TOLD) == {*OF_INVOICES, *OF_ONE, DUE}
    (rule,) = [one for one in assembly.resources("Events::Rule") if DUE in str(one)]
    assert rule["EventPattern"]["detail-type"] == list(TOLD)
