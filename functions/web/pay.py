"""Pay by a link: choose a way, or leave the one that was chosen."""

from typing import Any

from functions.web.answers import foreign, form_of, number, refused, see, set_out, token_of
from functions.web.gone import gone_page
from solde.adapters.render.pages.pay import pay_page
from solde.adapters.render.pages.shell import Visit
from solde.domain.errors import InvalidError, StateConflictError
from solde.runtime.clock import business_now
from solde.runtime.reach import attempts
from solde.runtime.settings import settings
from solde.runtime.visits import attempts_of, choice_of, opened, ways_of
from solde.workflows.pay_invoice import leave_attempt, pay_invoice

KEPT_SECONDS = 86_400
"""How long a browser keeps the way back from a provider's page."""


def lambda_handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    if foreign(event):
        return refused()
    visit, rest = opened(event["rawPath"])
    if visit is None:
        return gone_page(token_of(event))
    fields = form_of(event)
    if rest == ["leave"]:
        asked = number(fields.get("attempt", ""))
        leave_attempt(visit.header, asked, business_now(), attempts())
        return see(f"{visit.base}/wait")
    return _pay(visit, fields)


def _pay(visit: Visit, fields: dict[str, str]) -> dict[str, Any]:
    choice = choice_of(visit, fields.get("way", ""), number(fields.get("after", "")))
    try:
        made = pay_invoice(visit.header, choice, business_now(), attempts())
    except StateConflictError:
        return see(f"{visit.base}/pay")
    except InvalidError:
        page = pay_page(visit, ways_of(visit), attempts_of(visit), note="pay_choose")
        return set_out(visit, page, status=422)
    return see(f"{visit.base}/wait", cookie=_way_back(made.id, visit.base))


def _way_back(attempt_id: str, base: str) -> str:
    """Let the browser itself keep the link: neither the provider nor the table is told it."""
    safe = "; Secure" if settings.public_url.startswith("https:") else ""
    return (
        f"solde_back={base[1:]}; Path=/back/{attempt_id}; Max-Age={KEPT_SECONDS}; "
        f"HttpOnly; SameSite=Lax{safe}"
    )
