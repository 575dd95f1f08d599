"""How often a law is tried: a number of examples a day, ten times as many in the deep profile."""

from hypothesis import HealthCheck, settings

DAILY = 1_000
"""What the daily profile says; anything above is the deep one."""


def often(daily: int = 1_000) -> settings:
    """Return the settings of a law that is worth so many examples on a working day."""
    deep = settings.default.max_examples > DAILY
    return settings(
        max_examples=10 * daily if deep else daily,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
