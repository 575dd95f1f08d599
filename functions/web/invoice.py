"""The page behind a mailed link: the document as HTML, and its PDF; looking changes nothing."""

import base64
from typing import Any

from solde.adapters.render.html import document_html, page, security_headers
from solde.adapters.render.view import view
from solde.adapters.render.words import words
from solde.ports.billing import Header
from solde.runtime.clock import business_now
from solde.runtime.documents import documents, templates
from solde.runtime.looks import look_for
from solde.runtime.reach import contacts
from solde.workflows.show_invoice import opened_by

HTML = "text/html; charset=utf-8"


def lambda_handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    parts = event["rawPath"].rstrip("/").split("/")
    token, rest = parts[2], parts[3:]
    header = opened_by(token, business_now().date(), documents(), contacts())
    if header is None or rest not in ([], ["pdf"]):
        return _gone()
    return _pdf(header) if rest else _page(header, token)


def _page(header: Header, token: str) -> dict[str, Any]:
    document = documents().closed(header)
    look = look_for(document, document["envelope"]["issued_on"])
    shown = view(document, words(templates(), document["language"]), look)
    body = document_html(shown, templates(), pdf_url=f"{token}/pdf")
    return _answer(200, {"Content-Type": HTML}, body, shown.dress.style.changed)


def _pdf(header: Header) -> dict[str, Any]:
    rendered = (header.documents or {}).get("pdf")
    if rendered is None:
        return _gone()
    body = documents().bytes_of(rendered)
    named = {
        "Content-Type": "application/pdf",
        "Content-Disposition": f'inline; filename="{header.number.replace("/", "-")}.pdf"',
    }
    answer = _answer(200, named, base64.b64encode(body).decode())
    return {**answer, "isBase64Encoded": True}


def _gone() -> dict[str, Any]:
    said = words(templates(), "en")
    body = page(
        templates(),
        "web/gone.html.j2",
        language=said.language,
        title=said.say("gone_title"),
        text=said.say("gone_text"),
    )
    return _answer(404, {"Content-Type": HTML}, body)


def _answer(status: int, headers: dict[str, str], body: str, *own: str) -> dict[str, Any]:
    safe = dict(security_headers(templates(), *own))
    return {"statusCode": status, "headers": {**safe, **headers}, "body": body}
