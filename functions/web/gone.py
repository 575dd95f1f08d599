"""The page of a link that opens nothing: it lets its reader ask for a new one."""

from typing import Any

from solde.adapters.render.html import page, security_headers
from solde.adapters.render.words import Words, words
from solde.runtime.documents import documents, templates
from solde.workflows.send_mail import digest_of
from solde.workflows.show_invoice import TOKEN_MAX

HTML = "text/html; charset=utf-8"
UNKNOWN = "en"


def gone_page(token: str, *, asked: bool = False, back: bool = False) -> dict[str, Any]:
    """
    Answer with the form, or, once it was sent, with what is said to everybody who sent it.

    `back` comes from a provider's page, in another browser than went there.
    """
    said = _words_of(token)
    name = "back" if back else "gone"
    body = page(
        templates(),
        "web/gone.html.j2",
        language=said.language,
        title=said.say(f"{name}_title"),
        text=said.say("gone_asked" if asked else f"{name}_text"),
        form=None
        if asked or not token
        else {
            "action": f"/i/{token[:TOKEN_MAX]}/renew",
            "text": said.say("gone_renew"),
            "label": said.say("gone_email"),
            "button": said.say("gone_send"),
        },
    )
    safe = dict(security_headers(templates()))
    policy = safe["Content-Security-Policy"].replace("form-action 'none'", "form-action 'self'")
    headers = {**safe, "Content-Security-Policy": policy, "Content-Type": HTML}
    return {"statusCode": 200 if asked or back else 404, "headers": headers, "body": body}


def _words_of(token: str) -> Words:
    """Speak the language of the document that a link led to, if it did."""
    link = documents().link(digest_of(token[:TOKEN_MAX])) if token else None
    header = documents().header(link.customer_id, link.invoice_id) if link else None
    language = documents().closed(header)["language"] if header else UNKNOWN
    return words(templates(), language)
