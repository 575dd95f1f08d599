"""Rating where a meter keeps each event, for prices of single events: above all its memory."""

from dataclasses import replace
from unittest.mock import patch

from bench.figures import common
from bench.rate import rated
from bench.reference import CATALOG


def run(n: int, seed: int) -> dict[str, object]:
    kept = replace(CATALOG.meters["calls"], fields=("n",))
    with patch.dict(CATALOG.meters, {"calls": kept}):
        done = rated(n, seed)
    return {
        "bench": "rate_logs",
        "n": n,
        "seed": seed,
        **common(done.spent, n, done.spent.counters),
        "peak_mb": done.peak_kb // 1024,
    }
