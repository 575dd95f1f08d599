"""Reading a synthesised app: order, what is left out, where assets lie."""

import json
from pathlib import Path

import pytest

from local.assembly import stacks
from local.places import Places
from local.synth import PUBLIC_URL


@pytest.fixture
def assembly(tmp_path: Path) -> Path:
    needs = {
        "s-web": ["s-web.assets", "s-state"],
        "s-state": ["s-state.assets"],
        "s-operations": ["s-web"],
        "s-billing": ["s-web", "s-state"],
    }
    artifacts = {
        name: {"type": "aws:cloudformation:stack", "dependencies": needed}
        for name, needed in needs.items()
    }
    assets = {f"{name}.assets": {"type": "cdk:asset-manifest"} for name in needs}
    write(tmp_path / "manifest.json", {"artifacts": artifacts | assets})
    for name in needs:
        template = {"Resources": {}, "Outputs": {"Url": {"Value": f"{PUBLIC_URL}/v1"}}}
        write(tmp_path / f"{name}.template.json", template)
        write(tmp_path / f"{name}.assets.json", {"files": files()})
        logical = {"type": "aws:cdk:logicalId", "data": "sendmail0A1B"}
        warning = {"type": "aws:cdk:warning", "data": "…"}
        write(
            tmp_path / f"{name}.metadata.json",
            {f"/{name}/send-mail/Resource": [warning, logical], f"/{name}/x": [warning]},
        )
    return tmp_path


def files() -> dict[str, object]:
    def one(packaging: str, path: str, key: str) -> dict[str, object]:
        source = {"packaging": packaging, "path": path}
        return {"source": source, "destinations": {"here": {"objectKey": key}}}

    return {
        "aaa": one("zip", "/elsewhere/functions", "aaa.zip"),
        "bbb": one("file", "definition.json", "bbb.json"),
    }


def write(path: Path, value: object) -> None:
    path.write_text(json.dumps(value))


def test_stacks_stand_behind_what_they_need_and_operations_stay_out(assembly: Path) -> None:
    found = [one.name for one in stacks(assembly, Places(assembly, 4599))]
    assert found == ["s-state", "s-web", "s-billing"]


def test_the_address_goes_where_the_templates_leave_room(assembly: Path) -> None:
    found = stacks(assembly, Places(assembly, 4599))[0]
    assert found.template["Outputs"]["Url"]["Value"] == "http://127.0.0.1:4599/v1"


def test_assets_and_constructs(assembly: Path) -> None:
    found = stacks(assembly, Places(assembly, 4599))[0]
    code = {"S3Bucket": "b", "S3Key": "aaa.zip"}
    assert found.source(code) == Path("/elsewhere/functions")
    assert found.files == {"bbb.json": assembly / "definition.json"}
    assert found.constructs == {"sendmail0A1B": "send-mail"}
