"""Tax of credit notes as others count it, for sellers who come with such notes."""

from collections.abc import Sequence

from solde.domain.money import Money
from solde.domain.tax import Treatment, tax_on


def each_on_its_own(
    bases: Sequence[Money], treatment: Treatment, invoiced: Money
) -> tuple[Money, ...]:
    """
    Return the tax of each of several notes, rounded alone; the one that closes takes the rest.

    `invoiced` is the base of the invoice. Solde itself counts up instead (R14), so that no note
    has more tax than its part.
    """
    whole, left = tax_on(invoiced, treatment), invoiced
    found: list[Money] = []
    for base in bases:
        left -= base
        if left.minor:
            found.append(tax_on(base, treatment))
        else:
            found.append(whole - sum(found, Money(0, invoiced.currency)))
    return tuple(found)
