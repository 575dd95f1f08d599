"""The OpenAPI document that is served is valid, and is the one that the code makes."""

import json
import sys
from pathlib import Path

from openapi_spec_validator import validate

ROOT = Path(__file__).resolve().parents[2]


def test_the_committed_document_is_valid_openapi_3_1() -> None:
    document = json.loads((ROOT / "functions" / "site" / "openapi.json").read_text())
    assert document["openapi"] == "3.1.0"
    validate(document)


def test_the_committed_document_is_what_the_code_makes(monkeypatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    import build_openapi  # noqa: PLC0415 - a tool, found by its folder

    committed = (ROOT / "functions" / "site" / "openapi.json").read_text()
    assert build_openapi.text() == committed, "run tools/build_openapi.py"
    sys.modules.pop("build_openapi")
