"""
Turn a synthesised template into one that the emulator runs; the synthesised one stays as it is.

Functions run on the source tree, secrets are named as AWS names them, schedules wait for the
business clock, and policies that demand TLS go, since the emulator speaks plain HTTP.
"""

import copy
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from local.places import ROOT, Places

Template = dict[str, Any]
BOOTSTRAP_KEY = "local-bootstrap.zip"


@dataclass(frozen=True, slots=True)
class Assets:
    """Where the assets of a stack lie, by hash."""

    paths: dict[str, Path]
    bucket: str

    def source(self, code: dict[str, Any]) -> Path:
        return self.paths[str(code["S3Key"]).split(".")[0]]


def localize(template: Template, assets: Assets, places: Places) -> Template:
    found = copy.deepcopy(template)
    resources: Template = found["Resources"]
    _functions(resources, assets, places)
    _layers_gone(found)
    _schedules_off(resources)
    _plain_http(resources)
    secrets = {name for name, one in resources.items() if _is(one, "SecretsManager::Secret")}
    renamed: Template = _secret_ids(found, secrets)
    return renamed


def _is(resource: dict[str, Any], kind: str) -> bool:
    return bool(resource["Type"] == f"AWS::{kind}")


def _functions(resources: Template, assets: Assets, places: Places) -> None:
    layers = {
        name: assets.source(one["Properties"]["Content"])
        for name, one in resources.items()
        if _is(one, "Lambda::LayerVersion")
    }
    for one in resources.values():
        properties = one.get("Properties", {})
        if not _is(one, "Lambda::Function") or "S3Key" not in properties["Code"]:
            continue
        wanted = [layers[layer["Ref"]] for layer in properties.pop("Layers", [])]
        folders = [str(path / "python") for path in wanted if (path / "python" / "solde").exists()]
        variables = properties.setdefault("Environment", {}).setdefault("Variables", {})
        variables |= {
            "LOCAL_TASK_ROOT": str(assets.source(properties["Code"])),
            "LOCAL_LAYERS": ":".join(folders),
            "LOCAL_PYTHON": sys.executable,
            "LOCAL_RUNTIME": str(ROOT / "local" / "runtime" / "client.py"),
            "LOCAL_RELOAD": "1",
            "TEMPLATES_DIR": str(ROOT / "templates"),
            "AWS_ENDPOINT_URL": places.endpoint,
            "PYTHONDONTWRITEBYTECODE": "",
        }
        properties["Code"] = {"S3Bucket": assets.bucket, "S3Key": BOOTSTRAP_KEY}
        properties["Runtime"] = "provided.al2023"
        properties.pop("TracingConfig", None)


def _layers_gone(template: Template) -> None:
    resources: Template = template["Resources"]
    for name in [name for name, one in resources.items() if _is(one, "Lambda::LayerVersion")]:
        del resources[name]


def _schedules_off(resources: Template) -> None:
    for one in resources.values():
        if _is(one, "Scheduler::Schedule"):
            one["Properties"]["State"] = "DISABLED"


def _plain_http(resources: Template) -> None:
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
        wanted = one.get("DependsOn")
        if wanted:
            listed = [wanted] if isinstance(wanted, str) else wanted
            one["DependsOn"] = [name for name in listed if name in resources]
            if not one["DependsOn"]:
                del one["DependsOn"]


def _secret_ids(node: Any, secrets: set[str]) -> Any:  # noqa: ANN401 - any JSON
    """Ask for the ARN: the Ref of a secret is its name here, and its ARN on AWS."""
    if isinstance(node, dict):
        if set(node) == {"Ref"} and node["Ref"] in secrets:
            return {"Fn::GetAtt": [node["Ref"], "Id"]}
        return {name: _secret_ids(value, secrets) for name, value in node.items()}
    if isinstance(node, list):
        return [_secret_ids(value, secrets) for value in node]
    return node
