"""What a business owes that pays late: interest by day and half-year, and a sum once (R24)."""

from solde.domain.late.agreement import Agreed, Agreement, Legal, agreement_of
from solde.domain.late.charge import LateCharged, Wanted, late_charged, late_document
from solde.domain.late.interest import Owed, Settled, Stretch, interest, last_late_on, stretches
from solde.domain.late.rates import NoRateError, ReferenceRate, half_year, rate_of
from solde.domain.late.shipped import SHIPPED_RATES
from solde.domain.late.tree import late_tree
from solde.domain.late.waiver import Waive, left_of, waiver_document, waiver_tree, wanted_of

__all__ = [
    "SHIPPED_RATES",
    "Agreed",
    "Agreement",
    "LateCharged",
    "Legal",
    "NoRateError",
    "Owed",
    "ReferenceRate",
    "Settled",
    "Stretch",
    "Waive",
    "Wanted",
    "agreement_of",
    "half_year",
    "interest",
    "last_late_on",
    "late_charged",
    "late_document",
    "late_tree",
    "left_of",
    "rate_of",
    "stretches",
    "waiver_document",
    "waiver_tree",
    "wanted_of",
]
