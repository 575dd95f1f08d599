"""What a supply owes in tax: dated rates, and totals per category and rate."""

from solde.domain.tax.exchange import Exchange
from solde.domain.tax.inclusive import inclusive_totals, net_shares, taken_out
from solde.domain.tax.policies import Inclusive
from solde.domain.tax.rates import Treatment
from solde.domain.tax.regime import Regime
from solde.domain.tax.shipped import SHIPPED
from solde.domain.tax.standing import Standing, standing_on
from solde.domain.tax.totals import TaxTotal, line_totals, tax_on, tax_shares, tax_totals
from solde.domain.tax.treatments import treatments

__all__ = [
    "SHIPPED",
    "Exchange",
    "Inclusive",
    "Regime",
    "Standing",
    "TaxTotal",
    "Treatment",
    "inclusive_totals",
    "line_totals",
    "net_shares",
    "standing_on",
    "taken_out",
    "tax_on",
    "tax_shares",
    "tax_totals",
    "treatments",
]
