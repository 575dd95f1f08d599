"""The OpenAPI document that is served is valid, and is the one that the code makes."""

import json
import re
import sys
from pathlib import Path

import pytest
from openapi_spec_validator import validate

ROOT = Path(__file__).resolve().parents[2]


def test_the_committed_document_is_valid_openapi_3_1() -> None:
    document = json.loads((ROOT / "functions" / "site" / "openapi.json").read_text())
    assert document["openapi"] == "3.1.0"
    validate(document)


def test_all_fields_of_what_is_described_are_described() -> None:
    said = json.loads((ROOT / "tools" / "openapi" / "fields.json").read_text())
    document = json.loads((ROOT / "functions" / "site" / "openapi.json").read_text())
    schemas = document["components"]["schemas"]
    assert {name: set(schemas[name]["properties"]) for name in said} == {
        name: set(fields) for name, fields in said.items()
    }


def operations() -> list[tuple[str, dict]]:
    paths = json.loads((ROOT / "functions" / "site" / "openapi.json").read_text())["paths"]
    return [
        (f"{method.upper()} {path}", operation)
        for path, methods in paths.items()
        for method, operation in methods.items()
    ]


@pytest.mark.parametrize(("name", "operation"), operations(), ids=lambda one: str(one)[:60])
def test_every_operation_says_what_a_caller_must_know(name: str, operation: dict) -> None:
    assert len(operation["summary"]) > 8
    assert re.fullmatch(r"[a-z-]+:(read|write)", operation["x-scope"])
    (good,) = [status for status in operation["responses"] if status.startswith("2")]
    (content,) = operation["responses"][good]["content"].values()
    assert content["example"]
    for media in operation.get("requestBody", {}).get("content", {}).values():
        assert media["example"] or name.endswith(("/cancel", "/reactivate"))
    assert {"401", "403", "422", "503"} <= set(operation["responses"])


def test_every_error_code_named_is_documented() -> None:
    documented = set(re.findall(r"^## (\w+)$", (ROOT / "docs/errors.md").read_text(), re.MULTILINE))
    named = {
        code
        for _, operation in operations()
        for status, answer in operation["responses"].items()
        if status >= "400"
        for code in answer["description"].rpartition(": ")[2].split(", ")
    }
    assert len(named) >= 12
    assert named - documented == set()


def test_the_committed_document_is_what_the_code_makes(monkeypatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    import build_openapi  # noqa: PLC0415 - a tool, found by its folder

    committed = (ROOT / "functions" / "site" / "openapi.json").read_text()
    assert build_openapi.text() == committed, "run tools/build_openapi.py"
    sys.modules.pop("build_openapi")
