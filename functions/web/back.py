"""Back from a provider's page: the browser that went there finds its document again."""

import re
from typing import Any

from functions.web.answers import see
from functions.web.gone import gone_page

KEPT = re.compile(r"(?:^|[; ])solde_back=([ic](?:/[A-Za-z0-9_-]{1,100}){1,2})(?:;|$)")


def lambda_handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Lead on to the result; nothing that a provider adds to the address counts."""
    headers = {name.lower(): value for name, value in event.get("headers", {}).items()}
    said = "; ".join(event.get("cookies") or [headers.get("cookie", "")])
    if found := KEPT.search(said):
        return see(f"/{found[1]}/paid")
    return gone_page("", back=True)
