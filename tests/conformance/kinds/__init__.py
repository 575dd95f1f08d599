"""Each kind of vector, and the function that puts it to the engine."""

from tests.conformance.kinds import commitments, pricing, rounding

KINDS = {**pricing.KINDS, **commitments.KINDS, **rounding.KINDS}
