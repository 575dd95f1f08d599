"""The app, synthesised once with all rules on."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from local.synth import node

ROOT = Path(__file__).resolve().parents[2]
KEY = "arn:aws:kms:eu-west-3:111122223333:key/1234abcd"


@dataclass(frozen=True)
class Assembly:
    templates: dict[str, dict[str, Any]]
    findings: dict[str, list[str]]
    protected: list[str]
    bootstrap: int

    def resources(self, kind: str) -> list[dict[str, Any]]:
        return [
            one["Properties"]
            for template in self.templates.values()
            for one in template["Resources"].values()
            if one["Type"] == f"AWS::{kind}"
        ]


@pytest.fixture(scope="session")
def assembly(tmp_path_factory: pytest.TempPathFactory) -> Assembly:
    """The app as it comes."""
    return checked(tmp_path_factory.mktemp("cdk"), {"stage": "test"})


@pytest.fixture(scope="session")
def chosen(tmp_path_factory: pytest.TempPathFactory) -> Assembly:
    """A live stage with everything that a setting may add."""
    wanted = {
        "stage": "live",
        "own_key": True,
        "backup": True,
        "chase_hours": "9",
        "alarm_to": "ops@solde.example",
        "lock": "compliance",
        "drop_bucket": "erp-in",
        "drop_key": KEY,
    }
    return checked(tmp_path_factory.mktemp("cdk"), wanted)


def checked(out: Path, chosen: dict[str, Any]) -> Assembly:
    """Synthesise with all rules on: CDK's own, and those of cdk-nag."""
    said = synthesised(out, chosen, {"SOLDE_CHECK": "1"})
    report = out / "validation-report.json"
    assert report.exists(), said[-2000:]
    findings = {
        one["pluginName"]: [found["ruleName"] for found in one.get("violations", [])]
        for one in json.loads(report.read_text())["pluginReports"]
    }
    return Assembly(templates(out), findings, *promised(out))


def synthesised(out: Path, chosen: dict[str, Any], environment: dict[str, str]) -> str:
    """Run the app without credentials, and return what it said on the error stream."""
    context = json.loads((ROOT / "cdk.json").read_text())["context"]
    context |= {"aws:cdk:disable-asset-staging": True, **chosen}
    done = subprocess.run(
        [sys.executable, "-m", "infra.app"],
        cwd=ROOT,
        env={
            **{name: value for name, value in os.environ.items() if not name.startswith("AWS_")},
            "JSII_NODE": node(),
            "CDK_OUTDIR": str(out),
            "CDK_DISABLE_STACK_TRACE": "1",
            "CDK_CONTEXT_JSON": json.dumps(context),
            **environment,
        },
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stderr


def templates(out: Path) -> dict[str, dict[str, Any]]:
    return {
        path.name.removesuffix(".template.json"): json.loads(path.read_text())
        for path in out.glob("*.template.json")
    }


def promised(out: Path) -> tuple[list[str], int]:
    """Name the stacks that cannot be deleted, and the oldest bootstrap that takes them all."""
    artifacts = json.loads((out / "manifest.json").read_text())["artifacts"]
    properties = {name: one.get("properties", {}) for name, one in artifacts.items()}
    kept = [name for name, one in properties.items() if one.get("terminationProtection")]
    needed = [
        version
        for one in properties.values()
        for part in (one, one.get("lookupRole", {}))
        if (version := part.get("requiresBootstrapStackVersion"))
    ]
    return kept, max(needed)
