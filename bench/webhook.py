"""A payment webhook: proof over the raw bytes, and what the event says."""

import json

from bench.measured import cpu_microseconds, peak_megabytes
from solde.adapters.stripe.events import event_id, fact
from solde.adapters.stripe.signature import sign, verify

SECRET = "whsec_bench"  # noqa: S105 - nobody's
NOW = 1_800_000_000


def run(n: int, seed: int) -> dict[str, object]:
    """Verify and parse one delivery of about 4 kB, `n` times a round."""
    body = _body(seed)
    header = sign(body, SECRET, at=NOW)

    def work() -> None:
        verify(body, header, [SECRET], now=NOW)
        event_id(body)
        fact(body, live=False)

    return {
        "bench": "webhook",
        "n": n,
        "seed": seed,
        "bytes": len(body),
        "own_cpu_us": cpu_microseconds(work, times=n),
        "peak_mb": peak_megabytes(),
    }


def _body(seed: int) -> bytes:
    thing = {
        "id": "pi_1",
        "object": "payment_intent",
        "amount_received": 11_960,
        "currency": "eur",
        "metadata": {"invoice_id": "inv_1"},
        "filler": {f"field_{place}": f"value {seed} {place}" for place in range(110)},
    }
    event = {
        "id": "evt_1",
        "type": "payment_intent.succeeded",
        "created": NOW,
        "livemode": False,
        "data": {"object": thing},
    }
    return json.dumps(event, indent=2).encode()
