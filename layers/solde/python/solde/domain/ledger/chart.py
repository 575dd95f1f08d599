"""The chart of accounts: every account that Solde books on, by the numbers of the French plan."""

RECEIVABLE = "411"
"""Auxiliary: the customer, in whose partition the fact lies."""
VAT = "4457"
BANK = "512"
UNAPPLIED = "4191"
ROUNDED_DOWN, ROUNDED_UP = "658", "758"
"""What net and tax are above, or below, a price that includes tax (BT-114)."""
