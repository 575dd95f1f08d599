"""The sandbox's page to pay on: a person says what becomes of an attempt; none where money is."""

from typing import Any

from functions.web.answers import foreign, form_of, number, refused, see
from functions.web.gone import gone_page
from solde.adapters.render.html import page
from solde.adapters.render.pages.shell import headers, web_style
from solde.adapters.render.words import words
from solde.domain.attempts import Attempt
from solde.runtime.clock import business_now
from solde.runtime.documents import templates
from solde.runtime.payments import payments
from solde.runtime.reach import attempts
from solde.runtime.settings import settings
from solde.workflows.say_sandbox import say_sandbox


def lambda_handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    attempt = None if settings.live else _named(event["rawPath"])
    if attempt is None:
        return gone_page("")
    if event["requestContext"]["http"]["method"] != "POST":
        return _page(attempt)
    if foreign(event):
        return refused()
    said = form_of(event).get("said", "")
    say_sandbox(attempt, said, business_now(), attempts=attempts(), payments=payments())
    return see(f"/back/{attempt.id}")


def _named(path: str) -> Attempt | None:
    """Find the attempt that a page is of: /sandbox/customer/invoice/number/attempt."""
    parts = path.rstrip("/").split("/")[2:]
    if len(parts) != 4:  # noqa: PLR2004 - as above
        return None
    customer, invoice, place, identity = parts
    found = attempts().attempt(customer, invoice, number(place))
    mine = found and found.id == identity and found.provider == "sandbox" and not found.method
    return found if mine else None


def _page(attempt: Attempt) -> dict[str, Any]:
    body = page(
        templates(),
        "web/sandbox.html.j2",
        web=web_style(templates()),
        open=attempt.open and not attempt.left,
        amount=words(templates(), "en").money(attempt.amount.minor, attempt.amount.currency),
        attempt=attempt.id,
        back=f"/back/{attempt.id}",
    )
    return {"statusCode": 200, "headers": dict(headers(templates())), "body": body}
