"""Deposits as the API speaks of them: how much of an order is asked for in advance."""

from collections.abc import Sequence
from typing import Annotated

from pydantic import Field, model_validator

from solde.domain.identity import derived_id
from solde.domain.rating import ExtraLine
from solde.runtime import wiring
from solde.runtime.access import Caller
from solde.runtime.bill_run import context
from solde.runtime.by_hand import ALWAYS
from solde.runtime.fields import Amount, Strict
from solde.workflows.bill_now import NowContext
from solde.workflows.deposit import DepositContext, Wanted

PurchaseOrder = Annotated[str, Field(min_length=1, max_length=100, examples=["BC-7"])]


class DepositModel(Strict):
    """A part of an order with its tax, by `percent` or by `amount` in minor units."""

    percent: Annotated[Amount, Field(gt=0, le=100)] | None = None
    amount: Annotated[int, Field(ge=1, le=10**12)] | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> "DepositModel":
        if (self.percent is None) == (self.amount is None):
            raise ValueError("expected either percent or amount")
        return self

    def wanted(self, identity: str, order: str, lines: Sequence[ExtraLine]) -> Wanted:
        return Wanted(identity, order, lines, self.percent, self.amount)


def deposit_id(caller: Caller, asked: str) -> str:
    """Name a deposit by the Idempotency-Key of its request: asked again, it is the same."""
    return derived_id("dep", caller.key_id, asked, at=ALWAYS)


def deposit_context() -> DepositContext:
    return DepositContext(NowContext(context(), wiring.singles()), wiring.credits_of())
