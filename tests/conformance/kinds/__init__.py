"""Each kind of vector, and the function that puts it to the engine."""

from tests.conformance.kinds import (
    aggregation,
    alignment,
    changes,
    commitments,
    consolidation,
    contracts,
    credit,
    discounts,
    pricing,
    proration,
    recurring,
    rounding,
    tax,
    terms,
    totals,
    trials,
    wallet,
    zones,
)

AREAS = (
    *(
        aggregation,
        alignment,
        changes,
        consolidation,
        commitments,
        contracts,
        credit,
        discounts,
        pricing,
        proration,
    ),
    *(recurring, rounding, tax, terms, totals, trials, wallet, zones),
)
KINDS = {name: kind for area in AREAS for name, kind in area.KINDS.items()}
