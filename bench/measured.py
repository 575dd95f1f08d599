"""How a kernel is measured: CPU time of this process, after a warm-up, the best of several."""

import resource
import sys
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

ROUNDS = 5
KIBIBYTES = 1024
STATUS = Path("/proc/self/status")


def cpu_microseconds(act: Callable[[], object], *, times: int) -> float:
    """Return µs of CPU for one act: the best of five rounds of `times`."""
    act()
    best = min(_round(act, times) for _ in range(ROUNDS))
    return round(best / (times * 1000), 1)


def calibration_microseconds() -> float:
    """
    Return what a fixed piece of work takes here and now, as our own code would do it.

    Figures of two revisions are compared as ratios to it: machines and their neighbours differ.
    """
    return cpu_microseconds(_kernel, times=20)


def _kernel() -> int:
    seen = {str(number): (number, Decimal(number)) for number in range(1_000)}
    return len(sorted(seen))


def peak_megabytes() -> int:
    """Return the most memory that this process has held."""
    return peak_kilobytes() // KIBIBYTES


def peak_kilobytes() -> int:
    """Tell it by Linux where it can: `getrusage` begins with what the parent process held."""
    if STATUS.exists():
        return _status("VmHWM")
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return held // KIBIBYTES if sys.platform == "darwin" else held


def resident_kilobytes() -> int:
    """Return the memory that this process holds now; where that is not told, the most it held."""
    return _status("VmRSS") if STATUS.exists() else peak_kilobytes()


def _status(name: str) -> int:
    for line in STATUS.read_text(encoding="ascii").splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1])
    raise LookupError(f"{STATUS}: expected {name}, found nothing")


def _round(act: Callable[[], object], times: int) -> int:
    began = time.process_time_ns()
    for _ in range(times):
        act()
    return time.process_time_ns() - began
