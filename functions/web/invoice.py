"""The page behind a mailed link: the document as HTML, and its PDF; looking changes nothing."""

import base64
from typing import Any

from functions.web.gone import HTML, gone_page
from solde.adapters.render.html import document_html, own_rules, security_headers
from solde.adapters.render.view import view
from solde.adapters.render.words import words
from solde.ports.billing import Header
from solde.runtime.clock import business_now
from solde.runtime.documents import documents, templates
from solde.runtime.looks import look_for
from solde.runtime.reach import contacts
from solde.workflows.show_invoice import opened_by


def lambda_handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    parts = event["rawPath"].rstrip("/").split("/")
    token, rest = parts[2], parts[3:]
    header = opened_by(token, business_now().date(), documents(), contacts())
    if header is None or rest not in ([], ["pdf"]):
        return gone_page(token)
    return _pdf(header, token) if rest else _page(header, token)


def _page(header: Header, token: str) -> dict[str, Any]:
    document = documents().closed(header)
    look = look_for(document, document["envelope"]["issued_on"])
    shown = view(document, words(templates(), document["language"]), look)
    body = document_html(shown, templates(), pdf_url=f"{token}/pdf")
    return _answer(200, {"Content-Type": HTML}, body, own_rules(shown, templates()))


def _pdf(header: Header, token: str) -> dict[str, Any]:
    rendered = (header.documents or {}).get("pdf")
    if rendered is None:
        return gone_page(token)
    body = documents().bytes_of(rendered)
    named = {
        "Content-Type": "application/pdf",
        "Content-Disposition": f'inline; filename="{header.number.replace("/", "-")}.pdf"',
    }
    answer = _answer(200, named, base64.b64encode(body).decode())
    return {**answer, "isBase64Encoded": True}


def _answer(status: int, headers: dict[str, str], body: str, *own: str) -> dict[str, Any]:
    safe = dict(security_headers(templates(), *own))
    return {"statusCode": status, "headers": {**safe, **headers}, "body": body}
