"""Build the one OpenAPI document of all API functions; a test compares it with the committed."""

import json
import os
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "functions" / "site" / "openapi.json"
APIS = ("customers", "catalog", "subscriptions", "usage", "invoices", "bill_runs", "payments")
PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "code", "detail"],
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string"},
        "detail": {"type": "string"},
        "errors": {"type": "array", "items": {"type": "object"}},
    },
}
REFUSALS = {"400": "Malformed", "401": "No valid key", "403": "Missing scope", "404": "Not found"}
REFUSALS |= {"409": "Not possible now", "422": "Breaks a rule"}


def document() -> dict[str, Any]:
    """Merge the documents of the functions that there are."""
    os.environ.setdefault("STAGE", "test")
    whole: dict[str, Any] = {
        "openapi": "3.1.0",
        "info": {
            "title": "Solde",
            "version": "1",
            "description": "Subscription billing: usage in, right invoice out, money in, booked.",
        },
        "servers": [{"url": "/"}],
        "security": [{"key": []}],
        "paths": {},
        "components": {
            "schemas": {"Problem": PROBLEM},
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}},
        },
    }
    for name in APIS:
        if (ROOT / "functions" / name / "api.py").exists():
            _merge(whole, name)
    return whole


def _merge(whole: dict[str, Any], name: str) -> None:
    app = import_module(f"functions.{name}.api").app
    part = json.loads(app.get_openapi_json_schema(title="Solde", version="1"))
    for path, operations in part["paths"].items():
        for operation in operations.values():
            operation["tags"] = [name.replace("_", "-")]
            for status, text in REFUSALS.items():
                operation["responses"][status] = {
                    "description": text,
                    "content": {
                        "application/problem+json": {
                            "schema": {"$ref": "#/components/schemas/Problem"}
                        }
                    },
                }
        whole["paths"][path] = operations
    schemas = part.get("components", {}).get("schemas", {})
    for unused in ("HTTPValidationError", "ResponseValidationError", "ValidationError"):
        schemas.pop(unused, None)
    whole["components"]["schemas"].update(schemas)


def text() -> str:
    return json.dumps(document(), indent=1, sort_keys=True, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "layers" / "solde" / "python")]
    TARGET.write_text(text(), encoding="utf-8")
    print(f"{TARGET.relative_to(ROOT)}: {len(document()['paths'])} paths")
