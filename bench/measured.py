"""How a kernel is measured: CPU time of this process, after a warm-up, the best of several."""

import resource
import sys
import time
from collections.abc import Callable

ROUNDS = 5
KIBIBYTES = 1024


def cpu_microseconds(act: Callable[[], object], *, times: int) -> float:
    """Return µs of CPU for one act: the best of five rounds of `times`."""
    act()
    best = min(_round(act, times) for _ in range(ROUNDS))
    return round(best / (times * 1000), 1)


def peak_megabytes() -> int:
    """Return the most memory that this process has held."""
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    unit = KIBIBYTES if sys.platform == "darwin" else 1
    return held // unit // KIBIBYTES


def _round(act: Callable[[], object], times: int) -> int:
    began = time.process_time_ns()
    for _ in range(times):
        act()
    return time.process_time_ns() - began
