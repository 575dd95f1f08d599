"""Figures as they are printed: numbers that a program can read."""

from decimal import Decimal

from bench.measured import calibration_microseconds, peak_megabytes
from bench.spent import Spent
from bench.stub.counters import Counters


def per(total: int | Decimal, units: int) -> float:
    """Return a share, with as many digits as mean something."""
    return float(f"{Decimal(total) / units:.4g}")


def common(spent: Spent, units: int, counted: Counters) -> dict[str, object]:
    """Return what every bench over the stub prints; `units` are invoices, events, deliveries."""
    busy_ns = spent.own_ns + spent.sdk_ns
    calibration_us = calibration_microseconds()
    own_us = Decimal(spent.own_ns) / 1000
    return {
        "rate_per_second": units * 1_000_000_000 // busy_ns,
        "own_cpu_us": per(own_us, units),
        "calibration_us": calibration_us,
        "own_to_calibration": per(own_us / Decimal(calibration_us), units),
        "sdk_cpu_us": per(Decimal(spent.sdk_ns) / 1000, units),
        "peak_mb": peak_megabytes(),
        "calls": dict(sorted(counted.calls.items())),
        "calls_per_unit": per(counted.calls.total(), units),
        "write_units": counted.write_unit_total,
        "write_units_per_unit": per(counted.write_unit_total, units),
        "read_units": float(counted.read_unit_total),
        "read_units_per_unit": per(counted.read_unit_total, units),
        "s3_put": counted.calls["s3.PutObject"],
        "sqs_messages": counted.messages["sqs.SendMessage"]
        + counted.messages["sqs.SendMessageBatch"],
    }
