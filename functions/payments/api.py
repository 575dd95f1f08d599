"""Payments: what was received and settled, what is paid back; deliveries that fit nothing."""

from functools import partial
from typing import Annotated, Any

from aws_lambda_powertools.event_handler.openapi.params import Header as HeaderParam
from aws_lambda_powertools.event_handler.openapi.params import Query

from functions.payments.bank import router as bank
from functions.payments.debits import router as debits
from functions.payments.models import NewRefund, rates_shown, refund_shown
from solde.domain.errors import NotFoundError
from solde.domain.identity import no_id
from solde.domain.payments import Payment
from solde.runtime import wiring
from solde.runtime.by_hand import refund_id
from solde.runtime.clock import business_now
from solde.runtime.fields import created_by_id, described, instant_text, listed
from solde.runtime.filters import older_than
from solde.runtime.http import api, caller
from solde.runtime.paging import Asked, indexed, owned, page, short_list
from solde.runtime.settings import settings
from solde.storage.deliveries import delivery_from_item
from solde.storage.payment_items import payment_from_item
from solde.storage.table import Key
from solde.workflows.refund_payment import Wanted, ask_refund

app = api("payments", keyed=("/refunds", "/assign", "/undo"))
app.include_router(bank)
app.include_router(debits)


@app.get("/v1/payments", summary="List payments, newest first")
def every(
    cursor: Annotated[str | None, Query()] = None,
    limit: Annotated[int, Query()] = 20,
    customer: Annotated[str | None, Query()] = None,
    since: Annotated[str | None, Query(alias="created_at[gte]")] = None,
) -> dict[str, Any]:
    source = indexed("pay")
    if customer is not None:
        source = owned(wiring.customers().locate(customer), "P#pay_")
    rows, following = page(source, Asked(cursor, limit, past=older_than(since)))
    wanted = [Key(row["pk"], row["sk"]) for row in rows]
    items = wiring.table().get_many(wanted)
    return listed([_payment(items[key]) for key in wanted if key in items], next_cursor=following)


@app.get("/v1/payments/parked", summary="List deliveries that fit nothing, with the reason")
def parked(
    cursor: Annotated[str | None, Query()] = None, limit: Annotated[int, Query()] = 20
) -> dict[str, Any]:
    rows, following = page(indexed("parked"), Asked(cursor, limit))
    wanted = [Key(row["pk"], row["sk"]) for row in rows]
    items = wiring.table().get_many(wanted)
    deliveries = [delivery_from_item(items[key]) for key in wanted if key in items]
    data = [
        described(
            "delivery",
            id=one.event_id,
            provider=one.provider,
            received_at=instant_text(one.received_at),
            status=one.status.value,
            reason=one.note,
            livemode=settings.live,
        )
        for one in deliveries
    ]
    return listed(data, next_cursor=following)


@app.post("/v1/payments/<payment>/refunds", status_code=201, summary="Pay a payment back")
def refund(
    payment: str, body: NewRefund, key: Annotated[str, HeaderParam(alias="Idempotency-Key")] = ""
) -> dict[str, Any]:
    """Ask the provider for it, once; it is booked when the provider tells that it was done."""
    wanted = Wanted(refund_id(caller(app), key), body.amount, body.reason)
    found = _found(payment)
    asked = ask_refund(found, wanted, business_now(), wiring.refunds())
    return refund_shown(asked, found, livemode=settings.live)


@app.get("/v1/payments/<payment>/refunds", summary="List refunds of a payment that were asked for")
def refunds(
    payment: str,
    cursor: Annotated[str | None, Query()] = None,
    limit: Annotated[int, Query()] = 20,
) -> dict[str, Any]:
    found = _found(payment)
    asked = {one.id: one for one in wiring.refunds().every(found)}
    show = partial(refund_shown, payment=found, livemode=settings.live)
    return short_list(asked, show, cursor=cursor, limit=limit)


def _found(payment_id: str) -> Payment:
    found = wiring.refunds().payment(payment_id)
    if found is None:
        raise NotFoundError(f"payment: {no_id('pay', payment_id)}")
    return found


def _payment(item: dict[str, Any]) -> dict[str, Any]:
    payment = payment_from_item(item)
    return described(
        "payment",
        id=payment.id,
        customer=payment.customer_id,
        provider=payment.provider,
        reference=payment.reference,
        amount=payment.amount.minor,
        currency=payment.amount.currency,
        invoice=payment.invoice_id,
        allocated=payment.allocated_minor,
        refunded=payment.refunded_minor,
        refunding=payment.refunding_minor,
        disputed=payment.disputed_minor,
        received_on=payment.received_on.isoformat(),
        rates=rates_shown(item),
        created_at=created_by_id(payment.id),
        livemode=settings.live,
    )


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:  # noqa: ANN401
    return app.resolve(event, context)
