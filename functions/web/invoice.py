"""The pages behind a mailed link: the document, its PDF, paying it; looking changes nothing."""

import base64
from typing import Any

from functions.web.answers import see, set_out, token_of
from functions.web.gone import HTML, gone_page
from solde.adapters.render.html import document_html, own_rules, security_headers
from solde.adapters.render.pages.bar import bar_of
from solde.adapters.render.pages.pay import pay_page, wait_page
from solde.adapters.render.pages.result import result_page
from solde.adapters.render.pages.shell import Visit, web_style
from solde.adapters.render.pages.talk import talk_page
from solde.adapters.render.view import view
from solde.domain.attempts import AttemptState
from solde.domain.invoicing.draft import ASK_NOTHING
from solde.ports.billing import Header
from solde.runtime.documents import documents, templates
from solde.runtime.visits import attempts_of, notices_of, opened, payments_of, ways_of


def lambda_handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    visit, rest = opened(event["rawPath"])
    token = token_of(event)
    if visit is None or len(rest) > 1:
        return gone_page(token)
    match rest:
        case []:
            return _document(visit)
        case ["pdf"]:
            return _pdf(visit.header, token)
        case _ if visit.header.kind not in ASK_NOTHING:
            return _paying(visit, rest[0]) or gone_page(token)
    return gone_page(token)


def _document(visit: Visit) -> dict[str, Any]:
    shown = view(visit.document, visit.said, visit.look)
    body = document_html(shown, templates(), bar=bar_of(visit))
    rules = web_style(templates()), own_rules(shown, templates())
    return _answer({"Content-Type": HTML}, body, *rules)


def _pdf(header: Header, token: str) -> dict[str, Any]:
    rendered = (header.documents or {}).get("pdf")
    if rendered is None:
        return gone_page(token)
    body = documents().bytes_of(rendered)
    named = {
        "Content-Type": "application/pdf",
        "Content-Disposition": f'inline; filename="{header.number.replace("/", "-")}.pdf"',
    }
    answer = _answer(named, base64.b64encode(body).decode())
    return {**answer, "isBase64Encoded": True}


def _paying(visit: Visit, name: str) -> dict[str, Any] | None:
    """Answer the page of a name; None where there is none."""
    attempts = attempts_of(visit)
    last, open_ = attempts[-1] if attempts else None, visit.header.open_minor > 0
    if name == "pay" and open_:
        return set_out(visit, pay_page(visit, ways_of(visit), attempts))
    if name == "paid" or (name == "pay" and not open_):
        return set_out(visit, result_page(visit, attempts, payments_of(visit)))
    if name == "talk":
        return set_out(visit, talk_page(visit, notices_of(visit)))
    if name != "wait":
        return None
    if last and last.open:
        return set_out(visit, wait_page(visit, last))
    settled = last and last.state is AttemptState.SETTLED
    return see(f"{visit.base}/{'paid' if settled else 'pay'}")


def _answer(headers: dict[str, str], body: str, *own: str) -> dict[str, Any]:
    safe = dict(security_headers(templates(), *own))
    return {"statusCode": 200, "headers": {**safe, **headers}, "body": body}
