"""Whether Lambda may run as many functions at once as the stacks reserve."""

from collections.abc import Iterator

from local.doctor.finding import Clients, Found, Wanted

RESERVED = 80
"""What ingest and webhooks keep for themselves; tests/infra adds it up."""
UNRESERVED_MIN = 100
"""What AWS insists on leaving to all other functions."""


def concurrency(clients: Clients, _wanted: Wanted) -> Iterator[Found]:
    limits = clients("lambda").get_account_settings()["AccountLimit"]
    most, needed = limits["ConcurrentExecutions"], RESERVED + UNRESERVED_MIN
    yield Found(
        "Lambda concurrency",
        f"{most} at once, {needed} needed",
        ""
        if most >= needed
        else "ask Service Quotas for more concurrent executions (L-B99A9384), 1,000 is usual",
    )
