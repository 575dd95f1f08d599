"""
Accrued revenue: what was used by the end of a month and is not billed yet (R26).

It is booked on the last day of the month, net, since its tax is not chargeable before it is billed,
and taken back on the first day of the next: what is billed then is not counted twice.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from solde.domain.catalog import ChargeKind
from solde.domain.invoicing.amounts import counted
from solde.domain.invoicing.draft import CREDIT_NOTE
from solde.domain.ledger.chart import TO_BILL
from solde.domain.ledger.entry import Entry, entry


def accruals_of(drafts: Iterable[Mapping[str, Any]]) -> tuple[Entry, ...]:
    """Return what the usage in drafts adds to revenue, an entry a currency: 4181 against it."""
    revenue: dict[str, Counter[str]] = {}
    for draft in drafts:
        sign = -1 if draft["kind"] == CREDIT_NOTE else 1
        for line in draft["lines"]:
            if line["kind"] == ChargeKind.USAGE.value:
                sums = revenue.setdefault(draft["currency"], Counter())
                sums[line["account"]] -= sign * counted(line)
    found = [
        entry(currency, {**sums, TO_BILL: -sum(sums.values())})
        for currency, sums in sorted(revenue.items())
    ]
    return tuple(one for one in found if one.postings)


def reversal_of(accrued: Entry) -> Entry:
    """Return the entry that takes an accrual back."""
    return entry(accrued.currency, {one.account: -one.minor for one in accrued.postings})
