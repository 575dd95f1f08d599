"""Links to a customer's own pages: make one, list them, take one back."""

import secrets
from typing import Annotated, Any

from aws_lambda_powertools.event_handler.openapi.params import Query
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter
from pydantic import Field

from solde.domain.errors import NotFoundError
from solde.domain.invoicing.customer_links import CustomerLink, last_day
from solde.runtime import wiring
from solde.runtime.chance import fresh_id
from solde.runtime.clock import business_now, wall_seconds
from solde.runtime.fields import Strict, described
from solde.runtime.paging import short_list
from solde.runtime.reach import customer_links
from solde.runtime.settings import settings
from solde.workflows.send_mail import FORGOTTEN_AFTER, digest_of

router = APIGatewayHttpRouter()  # type: ignore[no-untyped-call]
PATH = "/v1/customers/<customer>/links"
TOKEN_BYTES = 24


class NewLink(Strict):
    """`label` says for whom it is made."""

    days: int = Field(default=30, ge=1, le=400)
    label: str = Field(default="", max_length=80)


@router.post(PATH, status_code=201, summary="Make a link to a customer's own pages")
def make(customer: str, body: NewLink) -> dict[str, Any]:
    """Whoever has its `url`, which is told this once, sees and pays all that he owes."""
    owner = wiring.customers().locate(customer)
    today, token = business_now().date(), secrets.token_urlsafe(TOKEN_BYTES)
    link = CustomerLink(fresh_id("lnk"), owner, today, last_day(today, body.days), body.label)
    forgotten_at = wall_seconds() + int(FORGOTTEN_AFTER.total_seconds())
    customer_links().make(link, digest_of(token), forgotten_at)
    return _shown(link) | {"url": f"{settings.public_url}/c/{token}"}


@router.get(PATH, summary="List the links to a customer's own pages")
def every(
    customer: str,
    cursor: Annotated[str | None, Query()] = None,
    limit: Annotated[int, Query()] = 20,
) -> dict[str, Any]:
    found = {one.id: one for one in customer_links().of(wiring.customers().locate(customer))}
    return short_list(found, _shown, cursor=cursor, limit=limit)


@router.post(f"{PATH}/<link>/revoke", summary="Take a link back")
def revoke(customer: str, link: str) -> dict[str, Any]:
    """Let it open nothing any more, from now on."""
    owner = wiring.customers().locate(customer)
    found = next((one for one in customer_links().of(owner) if one.id == link), None)
    if found is None:
        raise NotFoundError(f"link: expected one of the customer, found {link!r:.60}")
    customer_links().revoke(found)
    return _shown(found) | {"status": "revoked"}


def _shown(one: CustomerLink) -> dict[str, Any]:
    return described(
        "customer_link",
        id=one.id,
        customer=one.customer_id,
        label=one.label,
        status="revoked" if one.revoked else "active",
        made_on=one.made_on.isoformat(),
        expires_on=one.expires_on.isoformat(),
        url=None,
        livemode=settings.live,
    )
