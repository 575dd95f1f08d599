"""Invoice plans as the API speaks of them: an order, its parts, what each has come to."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field, model_validator

from solde.domain.catalog import Product
from solde.domain.invoice_plans import InvoicePlan, Part, milestones
from solde.domain.invoicing.parties import Customer
from solde.domain.money import Money, currency
from solde.ports.adjustments import Entered
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


class NewInvoicePlan(Strict):
    """`total` is the price of the order before tax, in minor units of `currency`."""

    customer: Reference
    product: Code
    description: Text
    total: int = Field(ge=1, le=10**12)
    currency: Annotated[str, Field(pattern="^[A-Z]{3}$")] | None = None
    milestones: list[MilestoneModel] = Field(min_length=1, max_length=PARTS_MAX)

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
            milestones=milestones(total, [one.part() for one in self.milestones]),
        )


class Reached(Strict):
    """The event has come: the milestone is due on a day, today if none is named."""

    customer: Reference
    due_on: Day | None = None


def plan_shown(
    plan: InvoicePlan, entered: Mapping[str, Entered], *, livemode: bool
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
        livemode=livemode,
    )


def _state(line: Entered | None) -> dict[str, Any]:
    """Say what became of a milestone: it waits for its event, is due, or was withdrawn."""
    if line is None:
        return {"status": "waiting", "due_on": None, "adjustment": None}
    fact = line.fact
    on = fact.key.period.start_on.isoformat()
    status = "withdrawn" if fact.withdrawn else "due"
    return {"status": status, "due_on": on, "adjustment": fact.id}
