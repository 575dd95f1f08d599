import json
from pathlib import Path

from botocore.exceptions import NoCredentialsError

from local.doctor.examine import CHECKS, examine, wanted

ROOT = Path(__file__).resolve().parents[3]


def test_without_credentials_nothing_else_is_asked(live) -> None:
    def nobody(_service: str):
        raise NoCredentialsError

    (found,) = examine(nobody, live)
    assert found.what == "credentials"
    assert not found.well


def test_what_may_not_be_looked_at_is_a_finding_and_stops_no_other(aws, live) -> None:
    who = {"Account": "111122223333", "Arn": "arn:aws:iam::111122223333:user/ada", "UserId": "U"}
    aws.says("sts", "get_caller_identity", who)
    aws.refuses("ssm", "get_parameter", "AccessDeniedException")
    for service, call, times in (
        ("cloudformation", "describe_stacks", 2),  # the stacks, and the secret's output
        ("sesv2", "get_account", 1),
        ("sesv2", "get_email_identity", 1),
        ("lambda", "get_account_settings", 1),
        ("cloudwatch", "describe_alarms", 1),
        ("sts", "get_caller_identity", 1),
    ):
        for _ in range(times):
            aws.refuses(service, call, "AccessDenied")
    found = examine(aws, live)
    assert len(found) == 1 + len(CHECKS)
    assert found[1].said == "GetParameter: AccessDeniedException"
    assert found[1].todo == "let these credentials call GetParameter"
    # Who asks, and a key that nobody asked for, are all that needs no look.
    assert [one.what for one in found if one.well] == ["credentials", "key"]


def test_the_stage_comes_from_the_settings_unless_another_is_named() -> None:
    context = json.loads((ROOT / "cdk.json").read_text())["context"]
    assert wanted(None).stage == context["stage"]
    assert wanted("live").prefix == "solde-live"
    assert wanted("live").mail_from == context["mail_from"]
