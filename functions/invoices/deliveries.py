"""How a document was brought to its customer, and to bring it once more."""

from typing import Annotated, Any, Literal

from aws_lambda_powertools.event_handler.openapi.params import Header as HeaderParam
from aws_lambda_powertools.event_handler.openapi.params import Query
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from functions.invoices.late import header_of
from solde.domain.identity import derived_id
from solde.ports.sendings import Sending
from solde.runtime.access import Caller
from solde.runtime.by_hand import ALWAYS
from solde.runtime.clock import business_now
from solde.runtime.deliveries import sending_shown
from solde.runtime.fields import Strict
from solde.runtime.paging import short_list
from solde.runtime.reach import contacts, sendings
from solde.runtime.settings import settings
from solde.workflows.ask_delivery import ask_delivery

router = APIGatewayHttpRouter()  # type: ignore[no-untyped-call]


class NewDelivery(Strict):
    """Once more, by a way that leads to the customer: to the address that counts now."""

    way: Literal["mail", "drop", "webhook", "print"] = "mail"


@router.get("/v1/invoices/<invoice_id>/deliveries", summary="List how a document was delivered")
def every(
    invoice_id: str,
    cursor: Annotated[str | None, Query()] = None,
    limit: Annotated[int, Query()] = 20,
) -> dict[str, Any]:
    """In the order in which they were asked for, whatever became of each."""
    header = header_of(invoice_id)
    rows = sendings().of(header.customer_id, header.id)
    found = {f"{one.at.isoformat()} {one.cause} {one.id}": one for one in rows}
    return short_list(found, _shown, cursor=cursor, limit=limit)


@router.post(
    "/v1/invoices/<invoice_id>/deliveries", status_code=201, summary="Deliver a document once more"
)
def again(
    invoice_id: str,
    body: NewDelivery,
    key: Annotated[str, HeaderParam(alias="Idempotency-Key")] = "",
) -> dict[str, Any]:
    """Bring it anew to where the customer is reached now; what became of it is told by the list."""
    caller: Caller = router.context["caller"]
    named = derived_id("dlv", caller.key_id, key, invoice_id, at=ALWAYS), body.way
    asked = ask_delivery(
        header_of(invoice_id), named, business_now(), contacts=contacts(), sendings=sendings()
    )
    return _shown(asked)


def _shown(one: Sending) -> dict[str, Any]:
    return sending_shown(one, livemode=settings.live)
