"""Ask for a new link: the same answer to everybody, whatever becomes of it."""

import base64
from typing import Any
from urllib.parse import parse_qs

from functions.web.gone import gone_page
from solde.runtime.clock import business_now, wall_seconds
from solde.runtime.documents import documents
from solde.runtime.reach import contacts, sendings
from solde.workflows.renew_link import renew_link

BODY_MAX = 2_000


def lambda_handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    token = event["rawPath"].split("/")[2]
    asked = token, _address(event)
    renew_link(
        asked,
        business_now(),
        wall_seconds(),
        documents(),
        contacts=contacts(),
        sendings=sendings(),
    )
    return gone_page(token, asked=True)


def _address(event: dict[str, Any]) -> str:
    body: str = (event.get("body") or "")[:BODY_MAX]
    if event.get("isBase64Encoded"):
        body = base64.b64decode(body + "=" * (-len(body) % 4)).decode(errors="replace")
    return parse_qs(body, max_num_fields=5).get("email", [""])[0]
