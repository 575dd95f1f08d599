"""What a customer pays with: keep it, list it, remove it."""

from typing import Annotated, Any, Literal

from aws_lambda_powertools.event_handler.openapi.params import Query
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter
from pydantic import Field

from solde.ports.methods import PaymentMethod
from solde.runtime import wiring
from solde.runtime.clock import business_now
from solde.runtime.collect import methods
from solde.runtime.fields import Strict, described, instant_text
from solde.runtime.paging import short_list
from solde.runtime.settings import settings
from solde.workflows.payment_methods import keep_method, remove_method

router = APIGatewayHttpRouter()  # type: ignore[no-untyped-call]
PATH = "/v1/customers/<customer>/payment-methods"


class NewMethod(Strict):
    """`token` is the provider's name of what it keeps, never a number of a card or an account."""

    provider: Literal["sandbox", "stripe", "paypal"]
    token: str = Field(pattern=r"^[A-Za-z0-9_/-]{1,100}$", examples=["cus_1/pm_1"])
    label: str = Field(default="", max_length=80, examples=["Visa 4242"])


@router.post(PATH, status_code=201, summary="Keep what a customer pays with")
def keep(customer: str, body: NewMethod) -> dict[str, Any]:
    """Kept again, it is the same, and the one that is charged by default."""
    owner = wiring.customers().locate(customer)
    fields = (owner, body.provider, body.token, body.label)
    return _shown(keep_method(*fields, business_now(), store=methods()))


@router.get(PATH, summary="List what a customer pays with")
def every(
    customer: str,
    cursor: Annotated[str | None, Query()] = None,
    limit: Annotated[int, Query()] = 20,
) -> dict[str, Any]:
    found = methods().of(wiring.customers().locate(customer))
    usable = {one.id: one for one in found if not one.removed}
    return short_list(usable, _shown, cursor=cursor, limit=limit)


@router.post(f"{PATH}/<method>/remove", summary="Remove what a customer does not pay with any more")
def remove(customer: str, method: str) -> dict[str, Any]:
    return _shown(remove_method(wiring.customers().locate(customer), method, store=methods()))


def _shown(one: PaymentMethod) -> dict[str, Any]:
    return described(
        "payment_method",
        id=one.id,
        customer=one.customer_id,
        provider=one.provider,
        label=one.label,
        created_at=instant_text(one.made_at),
        livemode=settings.live,
    )
