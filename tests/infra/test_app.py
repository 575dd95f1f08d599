"""What the templates promise, read from the templates."""

import json
import re
from pathlib import Path

import pytest

from infra.acknowledged import ACKNOWLEDGED
from local.doctor.account import BOOTSTRAP_MIN
from local.doctor.capacity import RESERVED
from tests.infra.frozen import FROZEN

ROOT = Path(__file__).resolve().parents[2]


def test_every_finding_of_the_rule_packs_has_its_reason(assembly, chosen) -> None:
    assert len(ACKNOWLEDGED) <= 15
    packs = (*assembly.findings.items(), *chosen.findings.items())
    found = [rule for _, rules in packs for rule in rules]
    assert sum(bool(rules) for _, rules in packs) == 2, "the rules must have run, on both"
    unexplained = [
        rule for rule in found if not any(re.search(one.pattern, rule) for one in ACKNOWLEDGED)
    ]
    assert unexplained == []
    unused = [
        one.reason
        for one in ACKNOWLEDGED
        if not any(re.search(one.pattern, rule) for rule in found)
    ]
    assert unused == []


def test_ids_of_what_must_never_be_lost_are_frozen(assembly) -> None:
    state = assembly.templates["solde-test-state"]["Resources"]
    assert {name: state[name]["Type"] for name in FROZEN} == FROZEN
    for name in ("table8235A42E", "archiveA318A092", "usageA16C15EF"):
        assert state[name]["DeletionPolicy"] == "Retain"


def test_the_table_keeps_its_promises(assembly) -> None:
    (table,) = assembly.resources("DynamoDB::Table")
    assert table["BillingMode"] == "PAY_PER_REQUEST"
    assert table["DeletionProtectionEnabled"] is True
    assert table["StreamSpecification"] == {"StreamViewType": "NEW_IMAGE"}
    assert table["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}
    assert table["TimeToLiveSpecification"]["AttributeName"] == "expires_at"
    projections = {
        one["IndexName"]: one["Projection"]["ProjectionType"]
        for one in table["GlobalSecondaryIndexes"]
    }
    assert projections == {"due": "KEYS_ONLY", "list": "INCLUDE"}


def test_buckets_are_private_versioned_and_tls_only(assembly) -> None:
    buckets = assembly.resources("S3::Bucket")
    assert len(buckets) == 3
    for bucket in buckets:
        assert bucket["VersioningConfiguration"] == {"Status": "Enabled"}
        assert all(bucket["PublicAccessBlockConfiguration"].values())
    policies = json.dumps(assembly.resources("S3::BucketPolicy"))
    assert policies.count('"aws:SecureTransport": "false"') == 3
    assert sum(bucket.get("ObjectLockEnabled", False) for bucket in buckets) == 1


def test_every_handler_named_is_a_file(assembly) -> None:
    handlers = [
        one["Handler"] for one in assembly.resources("Lambda::Function") if "Handler" in one
    ]
    own = [name for name in handlers if name.startswith("functions.")]
    assert len(own) >= 25
    missing = [
        name
        for name in own
        if not (ROOT / f"{name.removesuffix('.lambda_handler').replace('.', '/')}.py").exists()
    ]
    assert missing == []


def test_functions_are_arm64_python_3_13_traced_and_logged(assembly) -> None:
    for one in assembly.resources("Lambda::Function"):
        if not str(one.get("Handler", "")).startswith("functions."):
            continue
        assert one["Runtime"] == "python3.13"
        assert one["Architectures"] == ["arm64"]
        assert one["TracingConfig"] == {"Mode": "Active"}
        assert "LogGroup" in one["LoggingConfig"]
    assert all(one["RetentionInDays"] == 30 for one in assembly.resources("Logs::LogGroup"))


def test_no_role_may_do_everything(assembly) -> None:
    for policy in assembly.resources("IAM::Policy"):
        for statement in policy["PolicyDocument"]["Statement"]:
            actions = statement["Action"]
            for action in [actions] if isinstance(actions, str) else actions:
                assert "*" not in action, policy["PolicyName"]


def test_ingest_may_not_write_to_the_table(assembly) -> None:
    web = assembly.templates["solde-test-web"]["Resources"]
    policies = [
        one["Properties"]["PolicyDocument"]
        for name, one in web.items()
        if name.startswith("ingestusageaccept") and one["Type"] == "AWS::IAM::Policy"
    ]
    assert "dynamodb:PutItem" not in json.dumps(policies)
    assert "dynamodb:GetItem" in json.dumps(policies)


@pytest.mark.parametrize(
    ("group", "writes", "issues"),
    [
        ("adjustments", True, False),
        ("payments", True, True),
        ("usage", False, False),
        ("subscriptions", True, False),
        ("customers", True, True),
        ("invoices", True, True),
        ("invoiceplans", True, True),
        ("creditnotes", True, True),
    ],
)
def test_who_only_answers_questions_may_not_write(assembly, group, writes, issues) -> None:
    """Documents are stored by those who issue them, and files of debits by who writes them."""
    web = assembly.templates["solde-test-web"]["Resources"]
    (policy,) = [
        json.dumps(one["Properties"]["PolicyDocument"])
        for name, one in web.items()
        if name.startswith(f"{group}apirole") and one["Type"] == "AWS::IAM::Policy"
    ]
    assert ("dynamodb:PutItem" in policy) is writes
    assert ("s3:PutObject" in policy) is issues
    assert "dynamodb:Query" in policy


@pytest.mark.parametrize(
    ("stack", "role"),
    [("billing", "billrunsweep"), ("billing", "verifynightly"), ("web", "billrunsapi")],
)
def test_who_looks_for_what_may_not_be_there_may_list(assembly, stack: str, role: str) -> None:
    """Without that right S3 answers 403 for an object that is not there, and not 404."""
    (policy,) = [
        one["Properties"]["PolicyDocument"]
        for name, one in assembly.templates[f"solde-test-{stack}"]["Resources"].items()
        if name.startswith(role) and one["Type"] == "AWS::IAM::Policy"
    ]
    may_list = [one["Resource"] for one in policy["Statement"] if one["Action"] == "s3:ListBucket"]
    assert "archive" in json.dumps(may_list)


def test_messages_stay_hidden_for_six_times_the_longest_run(assembly) -> None:
    for template in assembly.templates.values():
        resources = template["Resources"]
        for one in resources.values():
            if one["Type"] != "AWS::Lambda::EventSourceMapping":
                continue
            properties = one["Properties"]
            source = properties["EventSourceArn"].get("Fn::GetAtt", [""])[0]
            if resources.get(source, {}).get("Type") != "AWS::SQS::Queue":
                continue
            queue = resources[source]["Properties"]
            function = resources[properties["FunctionName"]["Ref"]]["Properties"]
            assert queue["VisibilityTimeout"] >= 6 * function["Timeout"]
            assert queue["RedrivePolicy"]["maxReceiveCount"] == 5
            assert properties["ScalingConfig"]["MaximumConcurrency"] >= 2
            assert properties["FunctionResponseTypes"] == ["ReportBatchItemFailures"]


def test_schedules_say_the_time_and_have_dead_letters(assembly) -> None:
    schedules = assembly.resources("Scheduler::Schedule")
    assert len(schedules) == 7
    for one in schedules:
        assert "<aws.scheduler.scheduled-time>" in one["Target"]["Input"]
        assert "DeadLetterConfig" in one["Target"]
        assert one["ScheduleExpressionTimezone"] == "America/New_York"


def test_the_state_machine_maps_ready_made_chunks(assembly) -> None:
    (machine,) = assembly.resources("StepFunctions::StateMachine")
    text = json.dumps(machine["DefinitionString"])
    assert machine["StateMachineName"] == "solde-test-bill-run-v1"
    for state in ("Select", "Plan", "Review", "AwaitApproval", "Seal", "Publish", "Issue", "Close"):
        assert f'\\"{state}\\"' in text
    assert "ItemBatcher" not in text
    assert "ResultWriter" not in text
    assert text.count("DISTRIBUTED") == 2


def test_mail_is_sent_from_one_address_and_by_two_functions_only(assembly) -> None:
    senders = [
        statement
        for policy in assembly.resources("IAM::Policy")
        for statement in policy["PolicyDocument"]["Statement"]
        if "ses:SendEmail" in statement["Action"]
    ]
    assert len(senders) == 2
    for one in senders:
        ends = [json.dumps(arn).rsplit(":", 1)[-1].strip('"]}') for arn in one["Resource"]]
        assert ends == ["configuration-set/solde-test", "identity/billing@solde.example"]


def test_a_stack_makes_the_layers_that_it_uses_and_no_other(assembly) -> None:
    """Layers are not shared between stacks: what a stack puts out for another is never replaced."""
    made = {}
    for stack, template in assembly.templates.items():
        resources = template["Resources"]
        layers = {name for name, one in resources.items() if one["Type"].endswith("LayerVersion")}
        used = {
            layer["Ref"]
            for one in resources.values()
            if one["Type"] == "AWS::Lambda::Function"
            for layer in one["Properties"].get("Layers", [])
        }
        assert layers == used, stack
        made[stack.removeprefix("solde-test-")] = sorted(name[:-8] for name in layers)
    common = ["layerlean", "layersolde"]
    assert made == {
        "state": [],
        "usage": common,
        "web": ["layerlean", "layerpayments", "layerrendering", "layersolde", "layertemplates"],
        "billing": ["layerlean", "layerprint", "layerrendering", "layersolde", "layertemplates"],
        "money": ["layerlean", "layerpayments", "layerrendering", "layersolde", "layertemplates"],
        "operations": [],
    }


def test_what_changes_with_the_code_is_imported_by_no_other_stack(assembly) -> None:
    kinds = {
        name: one["Type"]
        for template in assembly.templates.values()
        for name, one in template["Resources"].items()
    }
    exported = {
        kinds.get(named[0] if isinstance(named, list) else named)
        for template in assembly.templates.values()
        for one in template.get("Outputs", {}).values()
        if "Export" in one
        for named in one["Value"].values()
    }
    assert "AWS::Lambda::LayerVersion" not in exported
    assert "AWS::DynamoDB::Table" in exported


def test_nothing_is_written_by_the_state_machine_itself(assembly) -> None:
    """Writes are the functions', where conditions are proved: no `dynamodb:updateItem`, no ADD."""
    (machine,) = assembly.resources("StepFunctions::StateMachine")
    text = json.dumps(machine["DefinitionString"])
    assert "ADD" not in text
    assert "dynamodb:" not in text


def test_the_doctor_asks_for_what_the_templates_need(assembly) -> None:
    functions = assembly.resources("Lambda::Function")
    assert sum(one.get("ReservedConcurrentExecutions", 0) for one in functions) == RESERVED
    assert assembly.bootstrap == BOOTSTRAP_MIN


def test_who_issues_documents_writes_packs_and_the_register_and_nothing_else(assembly) -> None:
    web = assembly.templates["solde-test-web"]["Resources"]
    writes = [
        statement["Resource"]
        for name, one in web.items()
        if name.startswith("invoicesapirole") and one["Type"] == "AWS::IAM::Policy"
        for statement in one["Properties"]["PolicyDocument"]["Statement"]
        if statement["Action"] == "s3:PutObject"
    ]
    (places,) = [json.dumps(one) for one in writes]
    assert places.count("/*") == 2
    assert "/packs/*" in places
    assert "/register/*" in places
