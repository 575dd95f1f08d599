"""Build the one OpenAPI document of all API functions; a test compares it with the committed."""

import json
import os
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "functions" / "site" / "openapi.json"
APIS = (
    "customers",
    "catalog",
    "subscriptions",
    "usage",
    "invoices",
    "adjustments",
    "invoice_plans",
    "credit_notes",
    "pro_formas",
    "templates",
    "webhook_endpoints",
    "dunning",
    "bill_runs",
    "payments",
    "books",
)
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
PARTS = Path(__file__).resolve().parent / "openapi"
TEXTS = {
    "400": "Malformed",
    "401": "No valid key",
    "403": "Missing scope",
    "404": "Not found",
    "409": "Not possible now",
    "412": "Changed meanwhile",
    "413": "Too large",
    "415": "Another media type",
    "422": "Breaks a rule",
    "503": "Try again",
}


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
    _events(whole)
    _webhooks(whole)
    _fields(whole)
    _examples(whole)
    return whole


def _merge(whole: dict[str, Any], name: str) -> None:
    app = import_module(f"functions.{name}.api").app
    part = json.loads(app.get_openapi_json_schema(title="Solde", version="1"))
    for path, operations in part["paths"].items():
        for method, operation in operations.items():
            operation["tags"] = [name.replace("_", "-")]
            act = app.act(method.upper(), path)
            operation["x-scope"] = f"{app.scopes}:{act}"
            keyed = app.wants_key(method.upper(), path)
            if act == "write":
                operation.setdefault("parameters", []).append(_key_header(required=keyed))
            _refuse(operation, _codes(method, act, keyed=keyed))
        whole["paths"][path] = operations
    schemas = part.get("components", {}).get("schemas", {})
    for unused in ("HTTPValidationError", "ResponseValidationError", "ValidationError"):
        schemas.pop(unused, None)
    whole["components"]["schemas"].update(schemas)


def _codes(method: str, act: str, *, keyed: bool) -> dict[str, list[str]]:
    """Return the error codes that an operation may answer with, by status."""
    codes = {"401": ["unauthenticated"], "403": ["missing_scope"], "404": ["not_found"]}
    codes |= {"422": ["invalid"], "503": ["store_unavailable"]}
    if method != "get":
        codes |= {"400": ["malformed_json"], "413": ["too_large"]}
    if act == "write":
        codes["409"] = ["state_conflict", "in_progress"]
        codes["422"] = ["invalid", "idempotency_mismatch"]
    if method == "patch":
        codes["412"] = ["stale_version"]
    if keyed:
        codes["400"] = ["malformed_json", "idempotency_key_missing"]
        codes["409"] = ["state_conflict", "in_progress", "not_rated"]
    return codes


def _refuse(operation: dict[str, Any], codes: dict[str, list[str]]) -> None:
    operation["responses"].pop("422", None)  # the one that the resolver gives says less
    for status, said in codes.items():
        schema = {"$ref": "#/components/schemas/Problem"}
        operation["responses"][status] = {
            "description": f"{TEXTS[status]}: {', '.join(said)}",
            "content": {"application/problem+json": {"schema": schema}},
        }


def _key_header(*, required: bool) -> dict[str, Any]:
    return {
        "name": "Idempotency-Key",
        "in": "header",
        "required": required,
        "description": "The same key, the same effect and answer, for seven days",
        "schema": {"type": "string", "maxLength": 255},
    }


def _events(whole: dict[str, Any]) -> None:
    """Add the route whose bodies no model reads: it takes events at any volume."""
    part = json.loads((PARTS / "events.json").read_text(encoding="utf-8"))
    operation = part["operation"]
    _refuse(operation, part["refusals"])
    whole["paths"][part["path"]] = {"post": operation}
    whole["components"]["schemas"].update(part["schemas"])


def _webhooks(whole: dict[str, Any]) -> None:
    """Add what systems of the seller are told: each kind by its name, all in one envelope."""
    kinds = import_module("solde.domain.endpoints").KINDS
    part = json.loads((PARTS / "webhooks.json").read_text(encoding="utf-8"))
    whole["components"]["schemas"]["WebhookMessage"] = part["schema"]
    whole["webhooks"] = {
        kind: {"post": {"summary": f"What happened: {kind}", **part["operation"]}} for kind in kinds
    }


def _fields(whole: dict[str, Any]) -> None:
    """Say of each field what it is; one that is not there any more fails."""
    found = json.loads((PARTS / "fields.json").read_text(encoding="utf-8"))
    for name, fields in found.items():
        properties = whole["components"]["schemas"][name]["properties"]
        for field, said in fields.items():
            properties[field]["description"] = said


def _examples(whole: dict[str, Any]) -> None:
    """Show with each operation what was asked and answered once, as a test keeps it."""
    found = json.loads((PARTS / "examples.json").read_text(encoding="utf-8"))
    for name, one in found.items():
        method, _, path = name.partition(" ")
        operation = whole["paths"][path][method.lower()]
        for kind in operation.get("requestBody", {}).get("content", {}):
            batch = "batch" in kind
            operation["requestBody"]["content"][kind]["example"] = (
                [one["asked"]] if batch else one["asked"]
            )
        answers = operation["responses"][str(one["status"])]
        paper = isinstance(one["answer"], str) and one["answer"].startswith("%PDF")
        if paper:
            answers["content"] = {}
        kind = "application/pdf" if paper else "application/json"
        answers.setdefault("content", {}).setdefault(kind, {})["example"] = one["answer"]


def text() -> str:
    return json.dumps(document(), indent=1, sort_keys=True, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "layers" / "solde" / "python")]
    TARGET.write_text(text(), encoding="utf-8")
    print(f"{TARGET.relative_to(ROOT)}: {len(document()['paths'])} paths")
