"""What is asked of pro formas, and how they are told."""

from typing import Any

from pydantic import Field, model_validator

from solde.domain.invoicing.draft import PRO_FORMA
from solde.ports.pro_formas import ProForma
from solde.runtime.by_hand import LineByHand
from solde.runtime.fields import Day, Reference, Strict, created_by_id, described
from solde.runtime.filters import identity
from solde.runtime.paging import Row


class MilestoneNamed(Strict):
    """A milestone of an invoice plan of the customer; the first is 1."""

    plan: str = Field(min_length=1, max_length=60)
    milestone: int = Field(ge=1, le=1_000)


class DayOfBilling(Strict):
    """The day of billing that is asked about; without it, the customer's next."""

    on: Day | None = None


class NewProForma(Strict):
    """Either `lines` by hand, a `milestone` of an invoice plan, or the customer's next `bill`."""

    customer: Reference
    lines: list[LineByHand] = Field(default_factory=list, max_length=40)
    milestone: MilestoneNamed | None = None
    bill: DayOfBilling | None = None

    @model_validator(mode="after")
    def _one_of_three(self) -> "NewProForma":
        if [bool(self.lines), self.milestone is not None, self.bill is not None].count(True) != 1:
            raise ValueError("expected one of lines, milestone and bill")
        return self


def row_shown(row: Row, *, livemode: bool) -> dict[str, Any]:
    return described(
        PRO_FORMA,
        id=identity(row),
        customer=row["pk"].removeprefix("A#"),
        number=row["number"],
        currency=row["currency"],
        total=row["total"],
        issued_on=row["issued_on"],
        created_at=created_by_id(identity(row)),
        livemode=livemode,
    )


def pro_forma_shown(one: ProForma, document: dict[str, Any], *, livemode: bool) -> dict[str, Any]:
    return described(
        PRO_FORMA,
        id=one.id,
        customer=one.customer_id,
        entity=one.entity,
        number=one.number,
        currency=one.currency,
        total=one.gross_minor,
        issued_on=one.issued_on.isoformat(),
        sha256=one.sha256,
        document=document,
        created_at=created_by_id(one.id),
        livemode=livemode,
    )
