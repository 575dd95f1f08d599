"""Collecting one invoice: ask for it, list the attempts."""

from typing import Annotated, Any

from aws_lambda_powertools.event_handler.openapi.params import Header as HeaderParam
from aws_lambda_powertools.event_handler.openapi.params import Query
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from functions.invoices.late import header_of
from functions.invoices.models import NewAttempt
from solde.domain.attempts import Attempt
from solde.runtime import wiring
from solde.runtime.access import Caller
from solde.runtime.by_hand import attempt_id
from solde.runtime.clock import business_now
from solde.runtime.collect import attempts, methods
from solde.runtime.fields import described, instant_text
from solde.runtime.paging import short_list
from solde.runtime.settings import settings
from solde.workflows.collect_payment import Wanted, ask_payment
from solde.workflows.payment_methods import method_named

router = APIGatewayHttpRouter()  # type: ignore[no-untyped-call]


@router.post(
    "/v1/invoices/<invoice_id>/payments",
    status_code=201,
    summary="Collect an open invoice, or open a page to pay it on",
)
def collect(
    invoice_id: str,
    body: NewAttempt,
    key: Annotated[str, HeaderParam(alias="Idempotency-Key")] = "",
) -> dict[str, Any]:
    """
    Store an attempt, which its provider is asked for at once; one at a time on an invoice.

    Nothing is paid by it: money counts when it is settled. Read the attempt to see what became
    of it; without a `method` it has a `url` to send the payer to.
    """
    caller: Caller = router.context["caller"]
    header = header_of(invoice_id)
    country = wiring.customers().customer(header.customer_id).address.country
    provider: str = body.provider or ""
    method = body.method
    if body.payment_method:
        kept = method_named(header.customer_id, body.payment_method, store=methods())
        provider, method = kept.provider, kept.token
    wanted = Wanted(
        id=attempt_id(caller, key),
        provider=provider,
        country=country,
        live=settings.live,
        method=method,
        minor=body.amount,
        return_url=body.return_url,
    )
    return _shown(ask_payment(header, wanted, business_now(), attempts()))


@router.get("/v1/invoices/<invoice_id>/payments", summary="List the attempts to collect an invoice")
def every(
    invoice_id: str,
    cursor: Annotated[str | None, Query()] = None,
    limit: Annotated[int, Query()] = 20,
) -> dict[str, Any]:
    header = header_of(invoice_id)
    found = {f"{one.number:04d}": one for one in attempts().of(header.customer_id, header.id)}
    return short_list(found, _shown, cursor=cursor, limit=limit)


def _shown(one: Attempt) -> dict[str, Any]:
    return described(
        "payment_attempt",
        id=one.id,
        invoice=one.invoice_id,
        customer=one.customer_id,
        number=one.number,
        provider=one.provider,
        method=one.method or None,
        amount=one.amount.minor,
        currency=one.amount.currency,
        status=one.state.value,
        decline=one.kind.value if one.kind else None,
        code=one.code or None,
        reference=one.reference or None,
        url=one.url or None,
        created_at=instant_text(one.asked_at),
        livemode=settings.live,
    )
