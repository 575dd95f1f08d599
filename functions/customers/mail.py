"""Whether mail reaches a customer: told of each address, and let through again by hand."""

import secrets
from typing import Any

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from functions.customers.answers import tagged
from functions.customers.models import Mailbox
from solde.adapters.webhook_signature import secret_of
from solde.domain.errors import InvalidError
from solde.domain.invoicing.contact import contact_digest
from solde.runtime import wiring
from solde.runtime.fields import Strict, described
from solde.runtime.reach import contacts
from solde.runtime.settings import settings

SECRET_BYTES = 32
router = APIGatewayHttpRouter()  # type: ignore[no-untyped-call]


class LetThrough(Strict):
    """An address of the customer to which mail may go again."""

    email: Mailbox


@router.post(
    "/v1/customers/<customer>/webhook-secret",
    status_code=201,
    summary="Make a new secret for the webhook of a customer",
)
def roll(customer: str) -> dict[str, Any]:
    """Show it this once; calls are signed with it and with the one before it until the next."""
    owner = wiring.customers().locate(customer)
    secret = secret_of(secrets.token_bytes(SECRET_BYTES))
    contacts().roll(owner, secret)
    return described("webhook_secret", customer=owner, secret=secret, livemode=settings.live)


@router.post(
    "/v1/customers/<customer>/mail-state/clear",
    summary="Let mail go again to an address of a customer",
)
def clear(customer: str, body: LetThrough) -> Response[dict[str, Any]]:
    """Once it is known that the address is right, and that its owner wants the mail."""
    store = wiring.customers()
    found, record = store.kept(store.locate(customer))
    if contact_digest(body.email) not in map(contact_digest, found.addresses):
        raise InvalidError("email: expected an address of the customer", pointer="/email")
    contacts().clear(body.email)
    return tagged(found, record)
