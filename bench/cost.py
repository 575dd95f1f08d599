"""Cost: dollars of AWS for a million invoices and for a billion events, list prices."""

from bench import billrun, events, ingest, rate
from bench.account import account
from bench.deliver import delivered
from bench.figures import per

MILLION = 1_000_000
BILLION = 1_000_000_000
EVENTS_AN_INVOICE = 50
"""The events that are worked for each of the invoices: enough for both shares to be steady."""


def run(n: int, seed: int) -> dict[str, object]:
    """Work n invoices and 50 n events, and scale what they took."""
    with account(billrun.AT) as held:
        billrun.seeded(held, n, seed)
        run = billrun.billed(held)
        rendered = delivered(held)
    count = max(n * EVENTS_AN_INVOICE, 10 * ingest.BATCH)
    with account(events.DAY) as held:
        taken = ingest.ingested(held, count, seed)
    night = rate.rated(count, seed)
    posting, rendering = run.dollars * MILLION, rendered.dollars * MILLION
    ingesting, rating = taken.dollars * BILLION, night.dollars * BILLION
    return {
        "bench": "cost",
        "n": n,
        "seed": seed,
        "dollars_per_million_invoices": per(posting + rendering, n),
        "posting": per(posting, n),
        "rendering": per(rendering, n),
        "dollars_per_billion_events": per(ingesting + rating, count),
        "ingest": per(ingesting, count),
        "rating": per(rating, count),
    }
