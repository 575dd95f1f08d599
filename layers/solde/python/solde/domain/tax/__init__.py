"""What a supply owes in tax: dated rates, and totals per category and rate."""

from solde.domain.tax.rates import NONE, Treatment, treatments
from solde.domain.tax.totals import TaxTotal, tax_on, tax_shares, tax_totals

__all__ = ["NONE", "TaxTotal", "Treatment", "tax_on", "tax_shares", "tax_totals", "treatments"]
