"""What anybody may see: health, the API's documentation, and where to go from here."""

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

from solde.runtime.clock import business_now
from solde.runtime.settings import settings

HERE = Path(__file__).parent
UI = "aws_lambda_powertools.event_handler.openapi.swagger_ui"
ASSETS = {
    "swagger-ui-bundle.min.js": "text/javascript; charset=utf-8",
    "swagger-ui.min.css": "text/css; charset=utf-8",
}
OWN = {
    "docs.js": "text/javascript; charset=utf-8",
    "docs.html": "text/html; charset=utf-8",
    "home.html": "text/html; charset=utf-8",
}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


def lambda_handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    path = event["rawPath"].rstrip("/")
    if path == "/health":
        return _answer("application/json", json.dumps(_health()))
    if path == "/openapi.json":
        return _answer("application/json", (HERE / "openapi.json").read_text(encoding="utf-8"))
    name = {"": "home.html", "/docs": "docs.html"}.get(path, path.removeprefix("/docs/"))
    if name in OWN:
        return _answer(OWN[name], (HERE / "static" / name).read_text(encoding="utf-8"))
    if name in ASSETS:
        return _answer(ASSETS[name], files(UI).joinpath(name).read_text(encoding="utf-8"))
    return {"statusCode": 404, "headers": {"Content-Type": "text/plain"}, "body": "Not found\n"}


def _health() -> dict[str, Any]:
    health: dict[str, Any] = {"status": "ok", "stage": settings.stage}
    if not settings.live:
        health["clock"] = business_now().isoformat()
    return health


def _answer(kind: str, body: str) -> dict[str, Any]:
    headers = {
        "Content-Type": kind,
        "Content-Security-Policy": POLICY,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
    }
    return {"statusCode": 200, "headers": headers, "body": body}
