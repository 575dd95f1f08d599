"""Tell by a link: ask a question about a document, or promise by when it is paid."""

from typing import Any

from functions.web.answers import foreign, form_of, refused, see, set_out, token_of
from functions.web.gone import gone_page
from solde.adapters.render.pages.shell import Visit
from solde.adapters.render.pages.talk import talk_page
from solde.domain.errors import InvalidError, StateConflictError
from solde.runtime.clock import business_now
from solde.runtime.fields import day_from
from solde.runtime.reach import notices
from solde.runtime.visits import notices_of, opened
from solde.workflows.tell_notice import ask_question, promise_to_pay


def lambda_handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    if foreign(event):
        return refused()
    visit, rest = opened(event["rawPath"])
    if visit is None:
        return gone_page(token_of(event))
    fields, kind = form_of(event), rest[0]
    try:
        _told(visit, kind, fields)
    except StateConflictError:
        return see(f"{visit.base}/talk")
    except InvalidError:
        page = talk_page(visit, notices_of(visit), wrong=kind, fields=fields)
        return set_out(visit, page, status=422)
    return see(f"{visit.base}/talk")


def _told(visit: Visit, kind: str, fields: dict[str, str]) -> None:
    at = business_now()
    if kind == "question":
        ask_question(visit.header, fields.get("text", ""), at, notices())
        return
    try:
        on = day_from(fields.get("pays_on", ""))
    except ValueError as wrong:
        raise InvalidError("pays_on: expected a day", pointer="/pays_on") from wrong
    promise_to_pay(visit.header, on, visit.today, at, notices())
