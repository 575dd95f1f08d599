"""Each kind of vector, and the function that puts it to the engine."""

from tests.conformance.kinds import (
    alignment,
    commitments,
    contracts,
    pricing,
    proration,
    recurring,
    rounding,
    terms,
    zones,
)

AREAS = (alignment, commitments, contracts, pricing, proration, recurring, rounding, terms, zones)
KINDS = {name: kind for area in AREAS for name, kind in area.KINDS.items()}
