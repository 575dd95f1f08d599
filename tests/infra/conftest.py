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


@dataclass(frozen=True)
class Assembly:
    templates: dict[str, dict[str, Any]]
    findings: dict[str, list[str]]

    def resources(self, kind: str) -> list[dict[str, Any]]:
        return [
            one["Properties"]
            for template in self.templates.values()
            for one in template["Resources"].values()
            if one["Type"] == f"AWS::{kind}"
        ]


@pytest.fixture(scope="session")
def assembly(tmp_path_factory: pytest.TempPathFactory) -> Assembly:
    out = tmp_path_factory.mktemp("cdk")
    context = json.loads((ROOT / "cdk.json").read_text())["context"]
    context |= {"aws:cdk:disable-asset-staging": True, "stage": "test"}
    done = subprocess.run(
        [sys.executable, "-m", "infra.app"],
        cwd=ROOT,
        env={
            **{name: value for name, value in os.environ.items() if not name.startswith("AWS_")},
            "JSII_NODE": node(),
            "CDK_OUTDIR": str(out),
            "CDK_DISABLE_STACK_TRACE": "1",
            "CDK_CONTEXT_JSON": json.dumps(context),
            "SOLDE_CHECK": "1",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    report = out / "validation-report.json"
    assert report.exists(), done.stderr[-2000:]
    plugins = json.loads(report.read_text())["pluginReports"]
    findings = {
        one["pluginName"]: [found["ruleName"] for found in one.get("violations", [])]
        for one in plugins
    }
    templates = {
        path.name.removesuffix(".template.json"): json.loads(path.read_text())
        for path in out.glob("*.template.json")
    }
    return Assembly(templates, findings)
