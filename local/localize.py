"""
Turn a synthesised template into one that the emulator runs; the synthesised one stays as it is.

Functions run on the source tree, secrets are named as AWS names them, schedules wait for the
business clock, failed messages come back soon, queues have few workers, policies that demand TLS
go, since the emulator speaks plain HTTP, and those on senders of mail, since it knows none.
"""

import copy
import json
import sys
from pathlib import Path
from typing import Any

from local.assembly import Stack, Template
from local.places import ACCOUNT, REGION

BUCKET = f"cdk-hnb659fds-assets-{ACCOUNT}-{REGION}"
BOOTSTRAP_KEY = "local-bootstrap.zip"
LAYERS_AT = "/opt/"
"""Where Lambda unpacks layers."""
WORKERS_MAX = 2
"""A laptop has few cores, and each environment of a function is a process of its own."""
RETURN_SECONDS_MAX = 15
"""A message that a function could not work comes back soon, not after six of its timeouts."""


def localize(stack: Stack) -> Template:
    found = copy.deepcopy(stack.template)
    resources: Template = found["Resources"]
    _functions(resources, stack)
    for name in [name for name, one in resources.items() if _is(one, "Lambda::LayerVersion")]:
        del resources[name]
    for one in resources.values():
        if _is(one, "Scheduler::Schedule"):
            one["Properties"]["State"] = "DISABLED"
        if _is(one, "SQS::Queue") and "VisibilityTimeout" in one["Properties"]:
            wanted = one["Properties"]["VisibilityTimeout"]
            one["Properties"]["VisibilityTimeout"] = min(wanted, RETURN_SECONDS_MAX)
        if _is(one, "Lambda::EventSourceMapping") and "ScalingConfig" in one["Properties"]:
            one["Properties"]["ScalingConfig"] = {"MaximumConcurrency": WORKERS_MAX}
    _plain_http(resources)
    _any_sender(resources)
    secrets = {name for name, one in resources.items() if _is(one, "SecretsManager::Secret")}
    renamed: Template = _secret_ids(found, secrets)
    return renamed


def _is(resource: dict[str, Any], kind: str) -> bool:
    return bool(resource["Type"] == f"AWS::{kind}")


def _functions(resources: Template, stack: Stack) -> None:
    layers = {
        name: stack.source(one["Properties"]["Content"])
        for name, one in resources.items()
        if _is(one, "Lambda::LayerVersion")
    }
    for one in resources.values():
        properties = one.get("Properties", {})
        if not _is(one, "Lambda::Function") or "S3Key" not in properties["Code"]:
            continue
        folders = [layers[layer["Ref"]] for layer in properties.pop("Layers", [])]
        variables = properties.setdefault("Environment", {}).setdefault("Variables", {})
        for name, value in variables.items():
            variables[name] = _unpacked(value, folders)
        variables |= {
            "LOCAL_TASK_ROOT": str(stack.source(properties["Code"])),
            "LOCAL_LAYERS": ":".join(_packages(folders)),
            "LOCAL_PYTHON": sys.executable,
        }
        properties["Code"] = {"S3Bucket": BUCKET, "S3Key": BOOTSTRAP_KEY}
        properties["Runtime"] = "provided.al2023"
        properties.pop("TracingConfig", None)


def _packages(folders: list[Path]) -> list[str]:
    """Name the product's own layer only: what others wrote comes from the environment in use."""
    return [str(one / "python") for one in folders if (one / "python" / "solde").exists()]


def _unpacked(value: Any, folders: list[Path]) -> Any:  # noqa: ANN401 - any JSON
    """Point a path below /opt at the layer that holds it."""
    if not isinstance(value, str) or not value.startswith(LAYERS_AT):
        return value
    places = [folder / value.removeprefix(LAYERS_AT) for folder in folders]
    return next((str(place) for place in places if place.exists()), value)


def _plain_http(resources: Template) -> None:
    """Drop the statements that refuse requests without TLS, and policies that only did that."""
    emptied = []
    for name, one in resources.items():
        document = one.get("Properties", {}).get("PolicyDocument")
        if not isinstance(document, dict):
            continue
        document["Statement"] = [
            statement
            for statement in document["Statement"]
            if "aws:SecureTransport" not in json.dumps(statement.get("Condition", {}))
        ]
        if not document["Statement"]:
            emptied.append(name)
    for name in emptied:
        del resources[name]
    for one in resources.values():
        wanted = one.pop("DependsOn", [])
        listed = [wanted] if isinstance(wanted, str) else wanted
        if kept := [name for name in listed if name in resources]:
            one["DependsOn"] = kept


def _any_sender(resources: Template) -> None:
    """Let who may send mail send it: the emulator asks for no sender that a policy could name."""
    for one in resources.values():
        document = one.get("Properties", {}).get("PolicyDocument")
        for statement in document["Statement"] if isinstance(document, dict) else []:
            if "ses:SendEmail" in statement.get("Action", ()):
                statement["Resource"] = "*"


def _secret_ids(node: Any, secrets: set[str]) -> Any:  # noqa: ANN401 - any JSON
    """Ask for the ARN: the Ref of a secret is its name here, and its ARN on AWS."""
    if isinstance(node, dict):
        if set(node) == {"Ref"} and node["Ref"] in secrets:
            return {"Fn::GetAtt": [node["Ref"], "Id"]}
        return {name: _secret_ids(value, secrets) for name, value in node.items()}
    if isinstance(node, list):
        return [_secret_ids(value, secrets) for value in node]
    return node
