"""The difference of a usage charge: the price of the whole period, less what was billed of it."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from solde.domain.pricing import Step, price_quantity
from solde.domain.rating.charge import BilledLine, Proposal
from solde.domain.rating.recurring import Difference
from solde.domain.tax import treatments


def metered_differences(
    proposal: Proposal, lines: Sequence[BilledLine], regime: str
) -> Iterator[Difference]:
    """
    Yield one difference per rate of tax; a late event moves the tiers of its own period.

    Stretches are counted to date: each is priced at its position in the period's count (R7).
    """
    left = list(lines)
    so_far, units_so_far, count_so_far = Fraction(0), Decimal(0), 0
    for stretch in proposal.stretches:
        mine = [line for line in left if line.service.start_on in stretch.service]
        left = [line for line in left if line not in mine]
        priced = price_quantity(proposal.price.model, stretch.quantity)
        exact = priced.exact - so_far - sum((line.exact for line in mine), Fraction(0))
        billed_units = sum((line.units for line in mine), Decimal(0))
        units = stretch.quantity.total - units_so_far - billed_units
        if exact or units:
            (_, today), *_ = treatments(regime, proposal.product.tax_class, stretch.service)
            steps: tuple[Step, ...] = () if mine or so_far else priced.steps
            yield Difference(
                service=stretch.service,
                units=units,
                exact=exact,
                treatment=mine[-1].treatment if mine else today,
                steps=steps,
                count=stretch.count - count_so_far,
                corrects=mine[-1] if mine else None,
            )
        so_far, units_so_far = priced.exact, stretch.quantity.total
        count_so_far = stretch.count
    yield from (_withdrawn(line) for line in left)


def _withdrawn(line: BilledLine) -> Difference:
    """Give back a line whose days are no longer served."""
    return Difference(line.service, -line.units, -line.exact, line.treatment, corrects=line)
