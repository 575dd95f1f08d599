"""What a customer says of one invoice by its link: questions and promises, listed and closed."""

from typing import Annotated, Any

from aws_lambda_powertools.event_handler.openapi.params import Query
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from functions.invoices.late import header_of
from solde.domain.dunning import Notice
from solde.runtime.clock import business_now
from solde.runtime.fields import described, instant_text
from solde.runtime.paging import short_list
from solde.runtime.reach import notices
from solde.runtime.settings import settings
from solde.workflows.tell_notice import close_notice

router = APIGatewayHttpRouter()  # type: ignore[no-untyped-call]
PATH = "/v1/invoices/<invoice_id>/notices"


@router.get(PATH, summary="List what the customer has said of an invoice")
def every(
    invoice_id: str,
    cursor: Annotated[str | None, Query()] = None,
    limit: Annotated[int, Query()] = 20,
) -> dict[str, Any]:
    """While a question is open, or a promise not broken, nobody is reminded of the invoice."""
    header = header_of(invoice_id)
    found = {one.id: one for one in notices().of(header.customer_id, header.id)}
    return short_list(found, _shown, cursor=cursor, limit=limit)


@router.post(f"{PATH}/<notice>/close", summary="Say that a question is answered")
def close(invoice_id: str, notice: str) -> dict[str, Any]:
    """Or that a promise counts no more; the customer is reminded again."""
    return _shown(close_notice(header_of(invoice_id), notice, business_now(), notices()))


def _shown(one: Notice) -> dict[str, Any]:
    return described(
        "notice",
        id=one.id,
        invoice=one.invoice_id,
        customer=one.customer_id,
        kind=one.kind,
        text=one.text or None,
        pays_on=one.pays_on.isoformat() if one.pays_on else None,
        status="open" if one.open else "closed",
        closed_at=instant_text(one.closed_at) if one.closed_at else None,
        created_at=instant_text(one.at),
        livemode=settings.live,
    )
