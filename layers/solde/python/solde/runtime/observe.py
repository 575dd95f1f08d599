"""One JSON line per business fact, with ids and figures, never bodies or addresses."""

import json
import sys
import time
from typing import Any

from solde.runtime.settings import settings

NAMESPACE = "solde"
"""Of the figures in CloudWatch; their one dimension is the stage."""
ALARMS = "Alarms"
"""Counts the facts that ask for a person."""


def tell(fact: str, **ids: object) -> None:
    """Write a line that the log group keeps; costs no import."""
    _write({"fact": fact, **ids})


def alarm(fact: str, **ids: object) -> None:
    """Tell a fact that asks for a person, and count it: the alarm stands on the count."""
    _write({**_figures({ALARMS: 1}), "fact": f"ALARM {fact}", **ids})


def measure(**figures: int) -> None:
    """Write figures that CloudWatch takes from the log: the embedded metric format, by hand."""
    _write(_figures(figures))


def _figures(figures: dict[str, int]) -> dict[str, Any]:
    """Dress figures as metrics; CloudWatch dates them by the wall clock, in milliseconds."""
    directive = {
        "Namespace": NAMESPACE,
        "Dimensions": [["stage"]],
        "Metrics": [{"Name": name, "Unit": "Count"} for name in figures],
    }
    return {
        "_aws": {"Timestamp": time.time_ns() // 1_000_000, "CloudWatchMetrics": [directive]},
        "stage": settings.stage,
        **figures,
    }


def _write(line: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(line, default=str, separators=(",", ":")) + "\n")
