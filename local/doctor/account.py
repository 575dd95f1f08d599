"""Who asks, and whether the account is bootstrapped and the stacks are there."""

from collections.abc import Iterator
from typing import Any

from botocore.exceptions import ClientError

from local.doctor.finding import Clients, Found, Wanted

BOOTSTRAP = "/cdk-bootstrap/hnb659fds/version"
BOOTSTRAP_MIN = 8
STACKS = ("state", "usage", "web", "billing", "money", "operations")
SOUND = ("CREATE_COMPLETE", "UPDATE_COMPLETE", "IMPORT_COMPLETE")


def caller(clients: Clients, _wanted: Wanted) -> Iterator[Found]:
    who = clients("sts").get_caller_identity()
    yield Found("credentials", f"account {who['Account']} as {who['Arn'].rpartition('/')[2]}")


def bootstrap(clients: Clients, _wanted: Wanted) -> Iterator[Found]:
    todo = "run npx aws-cdk@2.1148.1 bootstrap"
    try:
        version = int(clients("ssm").get_parameter(Name=BOOTSTRAP)["Parameter"]["Value"])
    except ClientError as missing:
        if missing.response["Error"]["Code"] != "ParameterNotFound":
            raise
        yield Found("bootstrap", "this region is not bootstrapped", todo)
        return
    old = version < BOOTSTRAP_MIN
    yield Found("bootstrap", f"version {version}, at least {BOOTSTRAP_MIN}", todo if old else "")


def stacks(clients: Clients, wanted: Wanted) -> Iterator[Found]:
    """Look at every stack: what is not deployed, what failed, and what anybody may delete."""
    for name in STACKS:
        stack = described(clients, f"{wanted.prefix}-{name}")
        status = stack["StackStatus"] if stack else "not deployed"
        todo = "" if status in SOUND else "deploy it, or mend what its events say"
        yield Found(f"stack {name}", status, todo)
        if stack and name == "state" and wanted.stage == "live":
            protected = stack.get("EnableTerminationProtection", False)
            yield Found(
                "protection of the state",
                "on" if protected else "off: the stack can be deleted",
                "" if protected else "deploy the state stack with -c stage=live",
            )


def described(clients: Clients, name: str) -> dict[str, Any] | None:
    """Return a stack as CloudFormation describes it, or None where there is none."""
    try:
        stack: dict[str, Any] = clients("cloudformation").describe_stacks(StackName=name)["Stacks"][
            0
        ]
    except ClientError as missing:
        if "does not exist" not in str(missing):
            raise
        return None
    return stack
