"""Deploy the localised stacks into the emulator, in the order of their dependencies."""

import io
import json
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from botocore.exceptions import ClientError

from local.assembly import Stack, Template, stacks
from local.clients import client
from local.errors import LocalCloudError
from local.fixups import fix
from local.localize import BOOTSTRAP_KEY, BUCKET, localize
from local.outputs import Outputs
from local.places import REGION, ROOT, Places

DEADLINE_SECONDS = 90
DONE = ("CREATE_COMPLETE", "UPDATE_COMPLETE")
Tell = Callable[[str], None]


class DeployError(LocalCloudError):
    """A stack did not come up; the message says which, and what its events say."""


def deploy(assembly: Path, places: Places, tell: Tell) -> Outputs:
    """
    Create or update every stack, and return what they put out.

    Raises:
        DeployError: a stack did not come up.

    """
    bootstrap(places)
    found = stacks(assembly, places)
    values: dict[str, str] = {}
    for stack in found:
        tell(f"deploying {stack.name}")
        values |= apply(stack, localize(stack), places)
        fix(stack, places)
    outputs = Outputs.gathered(found, values, places)
    outputs.save(places)
    return outputs


def bootstrap(places: Places) -> None:
    """Make what `cdk bootstrap` makes in an account, and the one bootstrap of all functions."""
    s3 = client("s3", places)
    try:
        s3.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION})
    except ClientError as error:
        if error.response["Error"]["Code"] != "BucketAlreadyOwnedByYou":
            raise
    client("ssm", places).put_parameter(
        Name="/cdk-bootstrap/hnb659fds/version", Value="30", Type="String", Overwrite=True
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        entry = zipfile.ZipInfo("bootstrap")
        entry.external_attr = 0o755 << 16
        archive.writestr(entry, (ROOT / "local" / "runtime" / "bootstrap").read_bytes())
    s3.put_object(Bucket=BUCKET, Key=BOOTSTRAP_KEY, Body=packed.getvalue())


def apply(stack: Stack, template: Template, places: Places) -> dict[str, str]:
    """
    Create or update one stack, and return its outputs.

    Raises:
        DeployError: it did not come up.

    """
    s3 = client("s3", places)
    body = json.dumps(template)
    for key, file in stack.files.items():
        if key in body:
            s3.put_object(Bucket=BUCKET, Key=key, Body=file.read_bytes())
    key = f"{stack.name}.json"
    s3.put_object(Bucket=BUCKET, Key=key, Body=body.encode())
    call = {
        "StackName": stack.name,
        "TemplateURL": f"{places.endpoint}/{BUCKET}/{key}",
        "Capabilities": ["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM"],
    }
    formation = client("cloudformation", places)
    try:
        formation.create_stack(**call)
    except ClientError as error:
        if error.response["Error"]["Code"] != "AlreadyExistsException":
            raise DeployError(f"{stack.name}: {error}") from error
        _update(formation, call)
    return _settled(formation, stack.name)


def _update(formation: Any, call: dict[str, Any]) -> None:  # noqa: ANN401 - a boto3 client
    try:
        formation.update_stack(**call)
    except ClientError as error:
        if "No updates" not in str(error):
            raise DeployError(f"{call['StackName']}: {error}") from error


def _settled(formation: Any, name: str) -> dict[str, str]:  # noqa: ANN401 - a boto3 client
    deadline = time.monotonic() + DEADLINE_SECONDS
    status = "IN_PROGRESS"
    while status.endswith("IN_PROGRESS") and time.monotonic() < deadline:
        stack = formation.describe_stacks(StackName=name)["Stacks"][0]
        status = stack["StackStatus"]
        if status in DONE:
            return {one["OutputKey"]: one["OutputValue"] for one in stack.get("Outputs", [])}
        time.sleep(0.02)
    events = formation.describe_stack_events(StackName=name)["StackEvents"]
    reasons = [
        f"{one['LogicalResourceId']}: {one.get('ResourceStatusReason', '')}"
        for one in events
        if "FAILED" in one["ResourceStatus"]
    ]
    raise DeployError(f"{name} is {status}: " + "; ".join(reasons[:5]))
