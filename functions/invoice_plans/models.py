"""Invoice plans as the API speaks of them: an order, its parts, what each has come to."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field, model_validator

from solde.domain.catalog import Product
from solde.domain.invoice_plans import (
    Advance,
    InvoicePlan,
    Milestone,
    Part,
    equal_parts,
    milestones,
)
from solde.domain.invoicing.parties import Customer
from solde.domain.invoicing.texts import plain
from solde.domain.money import Leftover, Money, currency
from solde.domain.periods import Unit
from solde.domain.settlement import Lot
from solde.ports.adjustments import Entered
from solde.runtime.deposits import DepositModel, PurchaseOrder
from solde.runtime.fields import Amount, Code, Day, Reference, Strict, Text, described

PARTS_MAX = 50


class MilestoneModel(Strict):
    """
    A part by `percent` of the order or by `amount` in minor units.

    With `due_on` it is due on that day; without, when its event is told.
    """

    name: Text
    due_on: Day | None = None
    percent: Annotated[Amount, Field(le=100)] | None = None
    amount: Annotated[int, Field(ge=1, le=10**12)] | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> "MilestoneModel":
        if (self.percent is None) == (self.amount is None):
            raise ValueError("expected either percent or amount")
        return self

    def part(self) -> Part:
        return Part(self.name, self.due_on, self.percent, self.amount)


class EqualParts(Strict):
    """So many equal parts, one every `unit` from a day on; `leftover` cents go to one or to all."""

    count: int = Field(ge=2, le=PARTS_MAX)
    unit: Annotated[Unit, Field(strict=False)] = Unit.MONTH
    first_on: Day
    leftover: Annotated[Leftover, Field(strict=False)] = Leftover.FIRST


class PlannedDeposit(DepositModel):
    """With `on_event` it is asked for when its event is told, else at once."""

    on_event: bool = False


class NewInvoicePlan(Strict):
    """
    `total` is the price of the order before tax, in minor units of `currency`.

    Its parts are `milestones`, or `equal` ones, which sum to it. A `deposit` is none of them: what
    is paid of it is deducted from the first parts that are billed then, by their `purchase_order`.
    """

    customer: Reference
    product: Code
    description: Text
    total: int = Field(ge=1, le=10**12)
    currency: Annotated[str, Field(pattern="^[A-Z]{3}$")] | None = None
    milestones: list[MilestoneModel] = Field(default_factory=list, max_length=PARTS_MAX)
    equal: EqualParts | None = None
    purchase_order: PurchaseOrder | None = None
    deposit: PlannedDeposit | None = None

    @model_validator(mode="after")
    def _one_way(self) -> "NewInvoicePlan":
        if bool(self.milestones) == (self.equal is not None):
            raise ValueError("expected either milestones or equal")
        if self.deposit and not self.purchase_order:
            raise ValueError("deposit: expected with the purchase_order that it is deducted from")
        return self

    def plan(
        self, identity: str, customer: Customer, product: Product, default: str
    ) -> InvoicePlan:
        """
        Return the plan; `default` is the currency of the customer's entity.

        Raises:
            InvalidError: the parts do not sum to the order, or there is no such currency.

        """
        total = Money(self.total, currency(self.currency or default))
        return InvoicePlan(
            id=identity,
            customer_id=customer.id,
            entity=customer.entity,
            product=product,
            currency=total.currency,
            description=self.description,
            milestones=self._parts(total),
            purchase_order=self.purchase_order or "",
            advance=self._advance(),
        )

    def _advance(self) -> Advance | None:
        said = self.deposit
        return Advance(said.percent, said.amount) if said and said.on_event else None

    def _parts(self, total: Money) -> tuple[Milestone, ...]:
        if self.equal is None:
            return milestones(total, [one.part() for one in self.milestones])
        said = self.equal
        return equal_parts(
            total, said.first_on, count=said.count, unit=said.unit, leftover=said.leftover
        )


class Told(Strict):
    """The event has come on which the deposit of the order is asked for."""

    customer: Reference


class Reached(Strict):
    """The event has come: the milestone is due on a day, today if none is named."""

    customer: Reference
    due_on: Day | None = None


def plan_shown(
    plan: InvoicePlan, entered: Mapping[str, Entered], deposit: Lot | None, *, livemode: bool
) -> dict[str, Any]:
    """Return a plan; `entered` are the customer's facts by hand by id."""
    return described(
        "invoice_plan",
        id=plan.id,
        customer=plan.customer_id,
        entity=plan.entity,
        product=plan.product.id,
        description=plan.description,
        currency=plan.currency,
        total=plan.total.minor,
        milestones=[
            {
                "milestone": place,
                "name": one.name,
                "amount": one.minor,
                **_state(entered.get(plan.line_id(place))),
            }
            for place, one in enumerate(plan.milestones, 1)
        ],
        purchase_order=plan.purchase_order or None,
        deposit=_deposit(deposit) or _waiting(plan),
        livemode=livemode,
    )


def _deposit(lot: Lot | None) -> dict[str, Any] | None:
    """Say what was asked for in advance; `left` is paid, and no invoice has deducted it yet."""
    if lot is None or lot.funds is None:
        return None
    held = lot.funds
    return {
        "status": "asked",
        "invoice": lot.id,
        "number": held.number,
        "amount": held.put,
        "open": held.waits,
        "left": lot.left.minor,
        "used": lot.used,
    }


def _waiting(plan: InvoicePlan) -> dict[str, Any] | None:
    """Say what will be asked for in advance when its event is told."""
    if plan.advance is None:
        return None
    percent = plan.advance.percent
    return {
        "status": "waiting",
        "percent": None if percent is None else plain(percent),
        "amount": plan.advance.minor,
    }


def _state(line: Entered | None) -> dict[str, Any]:
    """Say what became of a milestone: it waits for its event, is due, or was withdrawn."""
    if line is None:
        return {"status": "waiting", "due_on": None, "adjustment": None}
    fact = line.fact
    on = fact.key.period.start_on.isoformat()
    status = "withdrawn" if fact.withdrawn else "due"
    return {"status": status, "due_on": on, "adjustment": fact.id}
