"""Mandates of a customer: he lets himself be debited (SEPA)."""

from typing import Annotated, Any, Literal

from aws_lambda_powertools.event_handler.openapi.params import Query
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter
from pydantic import Field

from solde.domain.banking.mandate import NOTICE_DAYS, Mandate, debited_account
from solde.runtime import wiring
from solde.runtime.clock import business_now
from solde.runtime.debits import mandate_context
from solde.runtime.fields import Day, Strict, described
from solde.runtime.paging import short_list
from solde.runtime.settings import settings
from solde.workflows.sign_mandate import revoke_mandate, sign_mandate

router = APIGatewayHttpRouter()  # type: ignore[no-untyped-call]
PATH = "/v1/customers/<customer>/mandates"


class NewMandate(Strict):
    """
    What the customer has signed; without a `reference`, one is made.

    `notice_days` are how long before a debit it is announced: fewer than 14 where that was agreed.
    """

    iban: str = Field(max_length=42, examples=["FR1420041010050500013M02606"])
    holder: str = Field(min_length=1, max_length=70)
    signed_on: Day
    scheme: Literal["CORE", "B2B"] = "CORE"
    reference: str = Field(default="", pattern=r"^[A-Za-z0-9+?/:().,'-]{0,35}$")
    notice_days: int = Field(default=NOTICE_DAYS, ge=1, le=60)


class EndOfMandate(Strict):
    revoked_on: Day | None = None


@router.post(PATH, status_code=201, summary="Keep a mandate that a customer has signed")
def sign(customer: str, body: NewMandate) -> dict[str, Any]:
    """He is charged by it from now on, by default, and his invoices announce it."""
    owner = wiring.customers().customer(wiring.customers().locate(customer))
    wanted = Mandate(
        id="",
        reference=body.reference,
        customer_id=owner.id,
        entity=owner.entity,
        iban=debited_account(body.iban),
        holder=body.holder,
        signed_on=body.signed_on,
        scheme=body.scheme,
        notice_days=body.notice_days,
    )
    return _shown(sign_mandate(wanted, business_now(), mandate_context()))


@router.get(PATH, summary="List the mandates of a customer")
def every(
    customer: str,
    cursor: Annotated[str | None, Query()] = None,
    limit: Annotated[int, Query()] = 20,
) -> dict[str, Any]:
    owner = wiring.customers().locate(customer)
    found = {one.id: one for one in mandate_context().mandates.of(owner)}
    return short_list(found, _shown, cursor=cursor, limit=limit)


@router.post(f"{PATH}/<mandate>/revoke", summary="End a mandate")
def revoke(customer: str, mandate: str, body: EndOfMandate) -> dict[str, Any]:
    """Collect by it no more; what is in a file already is the bank's."""
    owner, now = wiring.customers().locate(customer), business_now()
    day = body.revoked_on or now.date()
    return _shown(revoke_mandate(owner, mandate, day, now, mandate_context()))


def _shown(one: Mandate) -> dict[str, Any]:
    return described(
        "mandate",
        id=one.id,
        customer=one.customer_id,
        reference=one.reference,
        iban=one.iban,
        holder=one.holder,
        scheme=one.scheme,
        signed_on=one.signed_on.isoformat(),
        notice_days=one.notice_days,
        used=bool(one.first),
        revoked_on=one.revoked_on.isoformat() if one.revoked_on else None,
        stopped=one.stopped or None,
        livemode=settings.live,
    )
