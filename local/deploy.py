"""Deploy the localised stacks into the emulator, in the order of their dependencies."""

import io
import json
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from botocore.exceptions import ClientError

from local.clients import client
from local.fixups import fix
from local.localize import BOOTSTRAP_KEY, Assets, localize
from local.places import ACCOUNT, REGION, ROOT, Places

BUCKET = f"cdk-hnb659fds-assets-{ACCOUNT}-{REGION}"
DEADLINE_SECONDS = 90
Tell = Callable[[str], None]


class DeployError(RuntimeError):
    """A stack did not come up; the message says which, and what its events say."""


def deploy(places: Places, tell: Tell) -> dict[str, str]:
    """Create or update every stack, and return all outputs."""
    _bootstrap(places)
    outputs: dict[str, str] = {}
    for name in stacks(places):
        tell(f"stack {name}")
        template = json.loads((places.assembly / f"{name}.template.json").read_text())
        assets = _assets(places, name)
        local = localize(template, assets, places)
        _upload_files(places, name, json.dumps(local))
        outputs |= _apply(places, name, local)
        fix(template, name, places)
    places.outputs.write_text(json.dumps(outputs, indent=1))
    return outputs


def stacks(places: Places) -> list[str]:
    """Return the stacks of the assembly, each behind those that it needs."""
    artifacts = json.loads((places.assembly / "manifest.json").read_text())["artifacts"]
    found: list[str] = []

    def visit(name: str) -> Iterator[str]:
        for needed in artifacts[name].get("dependencies", []):
            yield from visit(needed)
        yield name

    for name in artifacts:
        for one in visit(name):
            stack = artifacts[one]["type"] == "aws:cloudformation:stack"
            if stack and one not in found and not one.endswith("-operations"):
                found.append(one)
    return found


def _bootstrap(places: Places) -> None:
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


def _assets(places: Places, name: str) -> Assets:
    files = _files(places, name)
    paths = {
        digest: (places.assembly / one["source"]["path"]).resolve() for digest, one in files.items()
    }
    return Assets(paths, BUCKET)


def _files(places: Places, name: str) -> dict[str, Any]:
    path = places.assembly / f"{name}.assets.json"
    found: dict[str, Any] = json.loads(path.read_text())["files"]
    return found


def _upload_files(places: Places, name: str, body: str) -> None:
    s3 = client("s3", places)
    for digest, one in _files(places, name).items():
        if one["source"]["packaging"] == "file" and digest in body:
            source: Path = places.assembly / one["source"]["path"]
            for destination in one["destinations"].values():
                s3.put_object(Bucket=BUCKET, Key=destination["objectKey"], Body=source.read_bytes())


def _apply(places: Places, name: str, template: dict[str, Any]) -> dict[str, str]:
    key = f"{name}.json"
    client("s3", places).put_object(Bucket=BUCKET, Key=key, Body=json.dumps(template).encode())
    call = {
        "StackName": name,
        "TemplateURL": f"{places.endpoint}/{BUCKET}/{key}",
        "Capabilities": ["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM"],
    }
    formation = client("cloudformation", places)
    try:
        formation.create_stack(**call)
    except ClientError as error:
        if error.response["Error"]["Code"] != "AlreadyExistsException":
            raise DeployError(f"{name}: {error}") from error
        _update(formation, call)
    return _settled(formation, name)


def _update(formation: Any, call: dict[str, Any]) -> None:  # noqa: ANN401 - a boto3 client
    try:
        formation.update_stack(**call)
    except ClientError as error:
        if "No updates" not in str(error):
            raise


def _settled(formation: Any, name: str) -> dict[str, str]:  # noqa: ANN401 - a boto3 client
    deadline = time.monotonic() + DEADLINE_SECONDS
    while time.monotonic() < deadline:
        stack = formation.describe_stacks(StackName=name)["Stacks"][0]
        status = stack["StackStatus"]
        if status in ("CREATE_COMPLETE", "UPDATE_COMPLETE"):
            return {one["OutputKey"]: one["OutputValue"] for one in stack.get("Outputs", [])}
        if not status.endswith("IN_PROGRESS"):
            break
        time.sleep(0.1)
    events = formation.describe_stack_events(StackName=name)["StackEvents"]
    reasons = [
        f"{one['LogicalResourceId']}: {one.get('ResourceStatusReason', '')}"
        for one in events
        if "FAILED" in one["ResourceStatus"]
    ]
    raise DeployError(f"{name} is {status}: " + "; ".join(reasons[:5]))
