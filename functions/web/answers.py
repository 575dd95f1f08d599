"""What the pages answer with, and how they read what a browser sends."""

import base64
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs, urlsplit

from solde.adapters.render.pages.shell import Looks, page_headers

BODY_MAX = 10_000
FIELDS_MAX = 10
SAME = ("same-origin", "none")


def set_out(visit: Looks, body: str, *, status: int = 200) -> dict[str, Any]:
    return {"statusCode": status, "headers": dict(page_headers(visit)), "body": body}


def see(location: str, *, cookie: str = "") -> dict[str, Any]:
    """Send a browser on by GET."""
    headers = {"Location": location, "Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
    answer: dict[str, Any] = {"statusCode": 303, "headers": headers, "body": ""}
    return answer | {"cookies": [cookie]} if cookie else answer


def form_of(event: Mapping[str, Any]) -> dict[str, str]:
    """Read the fields of a form; what is too long or broken has none."""
    body: str = (event.get("body") or "")[:BODY_MAX]
    if event.get("isBase64Encoded"):
        body = base64.b64decode(body + "=" * (-len(body) % 4)).decode(errors="replace")
    try:
        fields = parse_qs(body, max_num_fields=FIELDS_MAX)
    except ValueError:
        return {}
    return {name: values[0] for name, values in fields.items()}


def foreign(event: Mapping[str, Any]) -> bool:
    """
    Tell whether another site makes a browser send this.

    Without a referrer a browser says the origin `null` of our own forms, so what counts first is
    what it says of the site.
    """
    said: Mapping[str, str] = event.get("headers", {})
    headers = {name.lower(): value for name, value in said.items()}
    if "sec-fetch-site" in headers:
        return headers["sec-fetch-site"] not in SAME
    origin = headers.get("origin", "null")
    return origin != "null" and urlsplit(origin).netloc != headers.get("host", "")


def refused() -> dict[str, Any]:
    headers = {"Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store"}
    return {"statusCode": 403, "headers": headers, "body": "Cross-site request refused\n"}


def number(text: str) -> int:
    """Read a small whole number of a form; anything else is 0."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 0  # noqa: PLR2004


def token_of(event: Mapping[str, Any]) -> str:
    """Return the token of a document's link; a link to a customer's own pages is not renewed."""
    _, kind, token, *_ = event["rawPath"].split("/")
    return token if kind == "i" else ""
