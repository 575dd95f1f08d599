"""
When tax becomes chargeable, and what of it each payment makes so (R14).

Goods at delivery, reverse charge at supply; services at payment, or at issue where the seller has
chosen debits. What waits for payment lies in an account of its own: of each rate, so much has left
it as round(tax × settled ÷ total) says, whatever has settled the invoice or was taken back again.
"""

from collections.abc import Mapping
from fractions import Fraction

from solde.domain.money import Rounding, rounded
from solde.domain.tax.rates import STANDARD
from solde.domain.tax.standing import INTRA_COMMUNITY, REVERSE_CHARGE

AT_ISSUE, ON_DEBITS, AT_PAYMENT = "issue", "debits", "payment"
OPTIONS = (AT_ISSUE, ON_DEBITS, AT_PAYMENT)
"""What a seller says of services: nothing (all tax at issue), the option for debits, payment."""
DELIVERY, SUPPLY = "delivery", "supply"
SERVICES, GOODS = "services", "goods"
NATURES = (SERVICES, GOODS)

Taxes = Mapping[str, int]
"""Minor units of tax by category and rate."""


def due_at(nature: str, category: str, option: str) -> str:
    """Return when the tax of a supply becomes chargeable; "" where there is nothing to say."""
    if option == AT_ISSUE:
        return ""
    if category in (REVERSE_CHARGE, INTRA_COMMUNITY):
        return SUPPLY
    if category != STANDARD:
        return ""
    if nature == GOODS:
        return DELIVERY
    return AT_PAYMENT if option == AT_PAYMENT else AT_ISSUE


def freed(waiting: Taxes, total: int, *, settled: int) -> int:
    """
    Return what of waiting tax is chargeable once so much of the total is settled.

    20.00 and 2.75 of 172.75, 100.00 settled: 11.58 and 1.59.
    """
    if not waiting or not total:
        return 0
    share = Fraction(settled, total)
    return sum(rounded(tax * share, Rounding.HALF_AWAY) for tax in waiting.values())


def moved(waiting: Taxes, total: int, *, before: int, after: int) -> int:
    """Return what becomes chargeable when more is settled, or (negative) is not any more."""
    if not waiting:
        return 0
    return freed(waiting, total, settled=after) - freed(waiting, total, settled=before)
