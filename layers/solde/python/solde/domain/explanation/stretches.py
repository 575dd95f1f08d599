"""The parts that an exact amount is summed from: days, their share of the period, price rows."""

from decimal import Decimal
from fractions import Fraction
from typing import Any, Protocol

from solde.domain.catalog import ChargeKind, Price
from solde.domain.invoicing.texts import exact_text, plain
from solde.domain.periods import Period
from solde.domain.pricing import Quantity, Step
from solde.domain.proration import share
from solde.domain.rating import Proposal

UNEXPLAINED = "unexplained"
"""What no tree tells yet; whoever checks a tree refuses it."""


class Part(Protocol):
    """A charge, or what a charge is before it is rounded."""

    @property
    def service(self) -> Period: ...
    @property
    def units(self) -> Decimal: ...
    @property
    def exact(self) -> Fraction: ...
    @property
    def steps(self) -> tuple[Step, ...]: ...
    @property
    def events(self) -> int: ...


def by_day(service: Period, price: Price, period: Period) -> dict[str, Any]:
    """Give the days of a part of a period, and their share of it by the policy of its price."""
    said = {"start_on": service.start_on.isoformat(), "end_on": service.end_on.isoformat()}
    if price.kind in (ChargeKind.ADVANCE, ChargeKind.ARREARS) and service != period:
        said["share"] = str(share(price.proration, service, period))
    return said


def walked(one: Part) -> dict[str, Any]:
    """Give the rows of a walk: quantity, amount of a unit; an outcome where it is no product."""
    if one.exact and not one.steps:
        return {"how": UNEXPLAINED}
    return {"rows": [_row(step) for step in one.steps]}


def units(one: Part) -> dict[str, Any]:
    return {"units": plain(one.units)}


def measured(charge: Part, proposal: Proposal) -> dict[str, Any]:
    """Give what a meter counted: to date, before, in the whole period, with its digest."""
    said: dict[str, Any] = {"result": proposal.measured, "events": charge.events}
    place = next(
        (at for at, one in enumerate(proposal.stretches) if one.service == charge.service), None
    )
    if place is None:
        return said
    stretch = proposal.stretches[place]
    said["after"] = _quantity(stretch.quantity)
    if stretch.since:
        said["before"] = _quantity(stretch.since[0])
    elif place:
        said["before"] = _quantity(proposal.stretches[place - 1].quantity)
    total = proposal.total or proposal.stretches[-1].quantity
    if total != stretch.quantity:
        said["total"] = _quantity(total)
    return said


def _quantity(one: Quantity) -> dict[str, Any]:
    said: dict[str, Any] = {"total": plain(one.total)}
    if one.cells:
        said["cells"] = [[list(values), plain(part)] for values, part in one.cells]
    return said


def _row(step: Step) -> list[str]:
    row = [plain(step.quantity), plain(step.unit_amount)]
    return row if step.outcome is None else [*row, exact_text(step.outcome)]
