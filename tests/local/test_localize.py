"""What changes between the synthesised template and the one that the emulator runs."""

import copy
import sys
from pathlib import Path
from typing import Any

import pytest

from local.assembly import Stack
from local.localize import localize


@pytest.fixture
def stack(tmp_path: Path) -> Stack:
    (tmp_path / "product" / "python" / "solde").mkdir(parents=True)
    (tmp_path / "words" / "templates").mkdir(parents=True)
    (tmp_path / "others" / "python").mkdir(parents=True)
    sources = {name: tmp_path / name for name in ("code", "product", "others", "words")}
    return Stack("app", {"Resources": resources(), "Outputs": {}}, sources, {}, {})


def resources() -> dict[str, Any]:
    return {
        "fn": {
            "Type": "AWS::Lambda::Function",
            "Properties": {
                "Runtime": "python3.13",
                "Handler": "functions.site.pages.lambda_handler",
                "Code": {"S3Bucket": "b", "S3Key": "code.zip"},
                "Layers": [{"Ref": "product"}, {"Ref": "others"}, {"Ref": "words"}],
                "TracingConfig": {"Mode": "Active"},
                "Environment": {
                    "Variables": {
                        "TEMPLATES_DIR": "/opt/templates",
                        "FONTS_DIR": "/opt/fonts",
                        "SECRET": {"Ref": "secret"},
                    }
                },
            },
            "DependsOn": ["policy", "role"],
        },
        "inline": {
            "Type": "AWS::Lambda::Function",
            "Properties": {"Runtime": "nodejs24.x", "Code": {"ZipFile": "…"}},
        },
        "product": layer("product"),
        "others": layer("others"),
        "words": layer("words"),
        "secret": {"Type": "AWS::SecretsManager::Secret"},
        "role": {"Type": "AWS::IAM::Role", "Properties": {}},
        "slow": {"Type": "AWS::SQS::Queue", "Properties": {"VisibilityTimeout": 360}},
        "quick": {"Type": "AWS::SQS::Queue", "Properties": {"VisibilityTimeout": 5}},
        "worked": {
            "Type": "AWS::Lambda::EventSourceMapping",
            "Properties": {"ScalingConfig": {"MaximumConcurrency": 10}},
        },
        "streamed": {"Type": "AWS::Lambda::EventSourceMapping", "Properties": {}},
        "nightly": {
            "Type": "AWS::Scheduler::Schedule",
            "Properties": {"ScheduleExpression": "rate(1 day)"},
        },
        "policy": policy([tls()]),
        "mixed": policy([{"Effect": "Allow", "Action": "s3:GetObject"}, tls()]),
        "mail": policy(
            [
                {
                    "Action": ["ses:SendEmail", "ses:SendRawEmail"],
                    "Resource": ["arn:aws:ses:::identity/a@b.c"],
                }
            ]
        ),
        "bucket": {"Type": "AWS::S3::Bucket", "DependsOn": "policy"},
    }


def layer(name: str) -> dict[str, Any]:
    content = {"S3Bucket": "b", "S3Key": f"{name}.zip"}
    return {"Type": "AWS::Lambda::LayerVersion", "Properties": {"Content": content}}


def policy(statements: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "Type": "AWS::S3::BucketPolicy",
        "Properties": {"PolicyDocument": {"Statement": statements}},
    }


def tls() -> dict[str, Any]:
    return {"Effect": "Deny", "Condition": {"Bool": {"aws:SecureTransport": "false"}}}


def test_functions_run_on_the_source_tree(stack: Stack, tmp_path: Path) -> None:
    found = localize(stack)["Resources"]["fn"]["Properties"]
    assert found["Runtime"] == "provided.al2023"
    assert found["Handler"] == "functions.site.pages.lambda_handler"
    assert found["Code"] == {
        "S3Bucket": "cdk-hnb659fds-assets-000000000000-eu-west-1",
        "S3Key": "local-bootstrap.zip",
    }
    assert "Layers" not in found
    assert "TracingConfig" not in found
    variables = found["Environment"]["Variables"]
    assert variables["LOCAL_TASK_ROOT"] == str(tmp_path / "code")
    assert variables["LOCAL_LAYERS"] == str(tmp_path / "product" / "python")
    assert variables["LOCAL_PYTHON"] == sys.executable


def test_paths_below_opt_lead_into_the_layer_that_holds_them(stack: Stack, tmp_path: Path) -> None:
    variables = localize(stack)["Resources"]["fn"]["Properties"]["Environment"]["Variables"]
    assert variables["TEMPLATES_DIR"] == str(tmp_path / "words" / "templates")
    assert variables["FONTS_DIR"] == "/opt/fonts"  # no layer has it


def test_layers_go_and_inline_code_stays(stack: Stack) -> None:
    found = localize(stack)["Resources"]
    assert not {"product", "others", "words"} & set(found)
    assert found["inline"] == resources()["inline"]


def test_a_secret_is_named_by_its_arn(stack: Stack) -> None:
    variables = localize(stack)["Resources"]["fn"]["Properties"]["Environment"]["Variables"]
    assert variables["SECRET"] == {"Fn::GetAtt": ["secret", "Id"]}


def test_schedules_wait_for_the_business_clock(stack: Stack) -> None:
    assert localize(stack)["Resources"]["nightly"]["Properties"]["State"] == "DISABLED"


def test_failed_messages_come_back_soon(stack: Stack) -> None:
    found = localize(stack)["Resources"]
    assert found["slow"]["Properties"]["VisibilityTimeout"] == 15
    assert found["quick"]["Properties"]["VisibilityTimeout"] == 5


def test_what_demands_tls_goes_and_nothing_else(stack: Stack) -> None:
    found = localize(stack)["Resources"]
    assert "policy" not in found
    assert found["mixed"]["Properties"]["PolicyDocument"]["Statement"] == [
        {"Effect": "Allow", "Action": "s3:GetObject"}
    ]
    assert found["fn"]["DependsOn"] == ["role"]
    assert "DependsOn" not in found["bucket"]


def test_the_synthesised_template_stays_as_it_is(stack: Stack) -> None:
    before = copy.deepcopy(stack.template)
    localize(stack)
    assert stack.template == before


def test_a_queue_has_few_workers(stack: Stack) -> None:
    found = localize(stack)["Resources"]
    assert found["worked"]["Properties"]["ScalingConfig"] == {"MaximumConcurrency": 2}
    assert "ScalingConfig" not in found["streamed"]["Properties"]


def test_who_may_send_mail_may_send_it_from_any_address(stack: Stack) -> None:
    found = localize(stack)["Resources"]["mail"]["Properties"]["PolicyDocument"]["Statement"]
    assert found == [{"Action": ["ses:SendEmail", "ses:SendRawEmail"], "Resource": "*"}]
