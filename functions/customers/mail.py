"""Whether mail reaches a customer: told of each address, and let through again by hand."""

from typing import Any

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from functions.customers.answers import tagged
from functions.customers.models import Mailbox
from solde.domain.errors import InvalidError
from solde.domain.invoicing.contact import contact_digest
from solde.runtime import wiring
from solde.runtime.fields import Strict
from solde.runtime.reach import contacts

router = APIGatewayHttpRouter()  # type: ignore[no-untyped-call]


class LetThrough(Strict):
    """An address of the customer to which mail may go again."""

    email: Mailbox


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
