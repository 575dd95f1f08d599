"""Prices that include tax: what is charged stays, and the tax is taken out of it by rate (R13)."""

from collections.abc import Sequence

from solde.domain.money import Money
from solde.domain.tax.policies import Extracted, Inclusive, extracted
from solde.domain.tax.rates import Treatment
from solde.domain.tax.totals import TaxTotal, signed_shares, tax_totals


def inclusive_totals(
    amounts: Sequence[tuple[Treatment, Money]], policy: Inclusive
) -> tuple[TaxTotal, ...]:
    """Sum amounts with tax per category and rate, and take the tax out of each sum once."""
    return tuple(_included(one.treatment, one.base, policy) for one in tax_totals(amounts))


def _included(treatment: Treatment, gross: Money, policy: Inclusive) -> TaxTotal:
    part = extracted(gross, treatment.percent, policy)
    return TaxTotal(treatment, part.net, part.tax, gross)


def net_shares(amounts: Sequence[Money], total: TaxTotal, policy: Inclusive) -> tuple[Money, ...]:
    """Give each line its part of the base of its category and rate, by largest remainder (R2)."""
    charged = Money(sum(max(one.minor, 0) for one in amounts), total.base.currency)
    of_charges = extracted(charged, total.treatment.percent, policy).net
    return signed_shares([one.minor for one in amounts], total.base, of_charges)


def taken_out(gross: Money, treatment: Treatment, policy: Inclusive, *, before: int) -> Extracted:
    """
    Take base and tax out of `gross` that is given back after `before`, of one supply (R14).

    Both are counted up, as without included tax: so all parts together are those of the whole.
    """
    code, percent = gross.currency, treatment.percent
    upto = extracted(Money(before + gross.minor, code), percent, policy)
    so_far = extracted(Money(before, code), percent, policy)
    net, tax = upto.net - so_far.net, upto.tax - so_far.tax
    return Extracted(net, tax, gross - net - tax)
