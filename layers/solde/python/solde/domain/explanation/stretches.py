"""
The parts that an exact amount is summed from: days, their share of the period, price rows.

How a share is counted follows the way in which the amount was computed, not the policy alone: days
in a period, the beginning of each layer of units, or a cut of what is no sum of days (R4, R12).
"""

from decimal import Decimal
from fractions import Fraction
from typing import Any, Protocol

from solde.domain.catalog import ChargeKind, Price
from solde.domain.explanation.layers import layered
from solde.domain.explanation.rows import rows
from solde.domain.invoicing.texts import plain
from solde.domain.periods import Period
from solde.domain.pricing import Quantity, Step
from solde.domain.proration import Proration, share
from solde.domain.rating import Proposal

UNEXPLAINED = "unexplained"
"""What no tree tells yet; whoever checks a tree refuses it."""
WALK, LAYERS, COMMITMENT = "walk", "layers", "commitment"


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


def shared(service: Period, price: Price, period: Period, proposal: Proposal) -> dict[str, Any]:
    """Give what the rows of some days are multiplied by; layers have theirs, and rows of theirs."""
    if price.kind is ChargeKind.USAGE:
        return {}
    policy = price.proration
    if policy.by_start:
        return layered(service, price, proposal)
    if policy is Proration.FULL_PERIOD:
        return cut(service, covered(proposal))
    if service == period:
        return {}
    return {"share": str(share(policy, service, period))}


def cut(service: Period, whole: Period) -> dict[str, Any]:
    """Give the days of a part among those that an amount is for."""
    return {"cut": str(service.share_of(whole))} if service != whole else {}


def covered(proposal: Proposal) -> Period:
    first, last = proposal.stretches[0].service, proposal.stretches[-1].service
    return Period(first.start_on, last.end_on)


def days(service: Period) -> dict[str, Any]:
    return {"start_on": service.start_on.isoformat(), "end_on": service.end_on.isoformat()}


def walked(one: Part) -> dict[str, Any]:
    """Give the rows of a walk: quantity, amount of a unit; an outcome where it is no product."""
    if one.exact and not one.steps:
        return {"how": UNEXPLAINED}
    return {"rows": rows(one.steps)}


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
