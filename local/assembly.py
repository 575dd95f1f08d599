"""A synthesised app as a deployment reads it: its stacks in order, their templates and assets."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from local.places import Places
from local.synth import PUBLIC_URL

Template = dict[str, Any]
NOT_LOCAL = "-operations"
"""Alarms, dashboards and backups are validated on synthesis, and run on AWS only."""


@dataclass(frozen=True, slots=True)
class Stack:
    """
    `sources` says where each asset lies, by hash; `files` are those uploaded as they are.

    `constructs` gives the name of the construct behind a logical id, as the app calls it.
    """

    name: str
    template: Template
    sources: dict[str, Path]
    files: dict[str, Path]
    constructs: dict[str, str]

    def source(self, code: dict[str, Any]) -> Path:
        """Return the folder that becomes a function's code, or a layer's content."""
        return self.sources[str(code["S3Key"]).split(".")[0]]


def stacks(assembly: Path, places: Places) -> list[Stack]:
    """Return the stacks that run locally, each behind those that it needs."""
    artifacts = json.loads((assembly / "manifest.json").read_text())["artifacts"]

    def visit(name: str) -> Iterator[str]:
        for needed in artifacts[name].get("dependencies", []):
            yield from visit(needed)
        if artifacts[name]["type"] == "aws:cloudformation:stack" and not name.endswith(NOT_LOCAL):
            yield name

    ordered = dict.fromkeys(name for start in artifacts for name in visit(start))
    return [_read(assembly, name, places) for name in ordered]


def _read(assembly: Path, name: str, places: Places) -> Stack:
    text = (assembly / f"{name}.template.json").read_text()
    assets = json.loads((assembly / f"{name}.assets.json").read_text())["files"]
    sources = {
        digest: (assembly / one["source"]["path"]).resolve() for digest, one in assets.items()
    }
    files = {
        destination["objectKey"]: sources[digest]
        for digest, one in assets.items()
        for destination in one["destinations"].values()
        if one["source"]["packaging"] == "file"
    }
    template = json.loads(text.replace(PUBLIC_URL, places.api_url))
    return Stack(name, template, sources, files, _constructs(assembly, name))


def _constructs(assembly: Path, name: str) -> dict[str, str]:
    metadata = json.loads((assembly / f"{name}.metadata.json").read_text())
    return {
        entry["data"]: path.removeprefix(f"/{name}/").removesuffix("/Resource")
        for path, entries in metadata.items()
        for entry in entries
        if entry["type"] == "aws:cdk:logicalId"
    }
