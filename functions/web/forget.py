"""Forget by a link: a customer removes what he does not want to pay with any more."""

from typing import Any

from functions.web.answers import foreign, form_of, refused, see
from functions.web.gone import gone_page
from solde.domain.errors import NotFoundError
from solde.runtime.accounts import methods
from solde.runtime.visits import link_of
from solde.workflows.payment_methods import remove_method


def lambda_handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    if foreign(event):
        return refused()
    token = event["rawPath"].split("/")[2]
    link = link_of(token)
    if link is None:
        return gone_page("")
    try:
        remove_method(link.customer_id, form_of(event).get("method", ""), store=methods())
    except NotFoundError:
        return gone_page("")
    return see(f"/c/{token}/methods")
