"""The difference of a recurring charge: where the quantity of a day is not what was billed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from solde.domain.periods import Period
from solde.domain.pricing import Quantity, Step, exact_amount, price_quantity
from solde.domain.rating.charge import BilledLine, Proposal
from solde.domain.tax import Treatment, treatments


@dataclass(frozen=True, slots=True)
class Difference:
    """An exact change over some days, before it is rounded; negative gives back."""

    service: Period
    units: Decimal
    exact: Fraction
    treatment: Treatment
    steps: tuple[Step, ...] = ()
    count: int = 0
    corrects: BilledLine | None = None


@dataclass(frozen=True, slots=True)
class _Stage:
    """Days on which neither the quantities nor the line that billed them change."""

    service: Period
    before: Decimal
    after: Decimal
    billed: BilledLine | None


def recurring_differences(
    proposal: Proposal, lines: Sequence[BilledLine], regime: str
) -> Iterator[Difference]:
    """Yield one difference per run of days; credits keep the treatment that they were billed at."""
    for stage in _joined(_stages(proposal, lines)):
        if stage.after == stage.before:
            continue
        gives_back = stage.after < stage.before and stage.billed is not None
        parts: list[tuple[Period, Treatment]] = (
            [(stage.service, stage.billed.treatment)]
            if gives_back and stage.billed is not None
            else list(treatments(regime, proposal.product.tax_class, stage.service))
        )
        for service, treatment in parts:
            yield _difference(proposal, replace(stage, service=service), treatment)


def _difference(proposal: Proposal, stage: _Stage, treatment: Treatment) -> Difference:
    model = proposal.price.model
    after = price_quantity(model, Quantity(stage.after))
    before = exact_amount(model, Quantity(stage.before)) if stage.before else Fraction(0)
    share = Fraction(1)
    if proposal.price.prorated:
        share = stage.service.share_of(proposal.key.period)
    return Difference(
        service=stage.service,
        units=stage.after - stage.before,
        exact=(after.exact - before) * share,
        treatment=treatment,
        steps=() if stage.before else after.steps,
        corrects=stage.billed,
    )


def _stages(proposal: Proposal, lines: Sequence[BilledLine]) -> Iterator[_Stage]:
    days: set[date] = set()
    for stretch in proposal.stretches:
        days |= {stretch.service.start_on, stretch.service.end_on}
    for line in lines:
        days |= {line.service.start_on, line.service.end_on}
    ordered = sorted(days)
    for start_on, end_on in pairwise(ordered):
        covering = [line for line in lines if start_on in line.service]
        after = sum(
            (one.quantity.total for one in proposal.stretches if start_on in one.service),
            Decimal(0),
        )
        before = sum((line.units for line in covering), Decimal(0))
        charges = [line for line in covering if line.units > 0]
        yield _Stage(Period(start_on, end_on), before, after, charges[-1] if charges else None)


def _joined(stages: Iterator[_Stage]) -> Iterator[_Stage]:
    """Join neighbours that differ in nothing but their days."""
    held: _Stage | None = None
    for stage in stages:
        if held and held.service.end_on == stage.service.start_on and _alike(held, stage):
            held = replace(held, service=Period(held.service.start_on, stage.service.end_on))
            continue
        if held:
            yield held
        held = stage
    if held:
        yield held


def _alike(one: _Stage, other: _Stage) -> bool:
    return (one.before, one.after, one.billed) == (other.before, other.after, other.billed)
