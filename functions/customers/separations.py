"""What keeps a customer's documents apart, from a day on: say it, preview it, take it back."""

from typing import Annotated, Any

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter
from pydantic import Field

from functions.customers.answers import answered, today_of
from solde.runtime import wiring
from solde.runtime.bill_run import context as run_context
from solde.runtime.clock import business_now
from solde.runtime.fields import Day, Once, SoftKey, Strict
from solde.runtime.preview import preview_shown
from solde.runtime.settings import settings
from solde.workflows.separate import (
    Decide,
    join_again,
    preview_separation,
    separate,
    updating,
)
from solde.workflows.update_customer import update_customer

router = APIGatewayHttpRouter()  # type: ignore[no-untyped-call]
PATH = "/v1/customers/<customer>/separate"


class Separated(Strict):
    """
    The references that keep apart what is billed from a day on, or from today.

    Null is what the entity says. Documents that are issued stay as they are.
    """

    separate: Annotated[list[SoftKey], Once] | None = Field(max_length=5)
    effective_on: Day | None = None

    def decided(self) -> Decide:
        keys = None if self.separate is None else tuple(self.separate)
        return separate(keys, self.effective_on)


class NewSeparation(Separated):
    version: int | None = Field(default=None, ge=1)


class SeparationPreview(Separated):
    on: Day | None = None


class Joined(Strict):
    """The `number` of what is taken back."""

    number: int = Field(ge=1, le=1000)


class SeparationWithdrawal(Joined):
    version: int | None = Field(default=None, ge=1)


class WithdrawalPreview(Joined):
    on: Day | None = None


@router.post(PATH, summary="Keep documents of a customer apart from a day on")
def keep_apart(customer: str, body: NewSeparation) -> Response[dict[str, Any]]:
    return _changed(customer, body.decided(), body.version)


@router.post(f"{PATH}/preview", summary="On which documents a customer would be billed")
def preview(customer: str, body: SeparationPreview) -> dict[str, Any]:
    return _previewed(customer, body.decided(), body)


@router.post(f"{PATH}/withdraw", summary="Take back what keeps documents of a customer apart")
def take_back(customer: str, body: SeparationWithdrawal) -> Response[dict[str, Any]]:
    return _changed(customer, join_again(body.number), body.version)


@router.post(f"{PATH}/withdraw/preview", summary="On which documents he would be billed without")
def preview_without(customer: str, body: WithdrawalPreview) -> dict[str, Any]:
    return _previewed(customer, join_again(body.number), body)


def _changed(customer: str, decide: Decide, version: int | None) -> Response[dict[str, Any]]:
    store = wiring.customers()
    owner = store.customer(store.locate(customer))
    make = updating(decide, today_of(owner.entity))
    found = update_customer(owner.id, make, business_now(), version=version, store=store)
    return answered(found, version)


def _previewed(
    customer: str, decide: Decide, body: SeparationPreview | WithdrawalPreview
) -> dict[str, Any]:
    owner = wiring.customers().customer(wiring.customers().locate(customer))
    where = owner.id, owner.entity
    found = preview_separation(where, decide, body.on, business_now(), run_context())
    return preview_shown(found, livemode=settings.live)
