"""A payment webhook: proof over the raw bytes, what the event says, and the way to the books."""

import base64
import json
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from bench import billrun, carry, prices
from bench.account import SECRET, Account, account
from bench.figures import common, per
from bench.measured import cpu_microseconds
from bench.spent import Spent
from functions.receive_webhook import stripe
from functions.settle_payment import settle
from solde.adapters.paypal import events as paypal_events
from solde.adapters.paypal import signature as paypal_signature
from solde.adapters.stripe.events import event_id, fact
from solde.adapters.stripe.signature import sign, verify
from solde.runtime.clock import wall_seconds

SETTLE_BATCH = 10
"""The batch of the settling queue."""
KERNEL_TIMES = 500
RSA_BITS = 2048


@dataclass(frozen=True, slots=True)
class Settled:
    spent: Spent
    deliveries: int
    messages: int

    @property
    def dollars(self) -> Decimal:
        counted = self.spent.counters
        cpu_ns = self.spent.own_ns + self.spent.sdk_ns
        return (
            prices.table(counted)
            + prices.compute(cpu_ns, counted, 2 * self.deliveries)
            + self.deliveries * (prices.API_REQUEST + prices.BUS_EVENT)
            + self.messages * Decimal("1.2") * prices.SQS_REQUEST
        )


def run(n: int, seed: int) -> dict[str, object]:
    """Settle n invoices, each by one delivery of about 4 kB."""
    with account(billrun.AT) as held:
        billrun.seeded(held, n, seed)
        billrun.billed(held)
        done = settled(held)
    body = delivery(1, "inv_1", 11_960, seed)
    return {
        "bench": "webhook",
        "n": n,
        "seed": seed,
        "bytes": len(body),
        "verify_and_parse_us": kernel(body),
        "paypal_verify_and_parse_us": paypal_kernel(body),
        **common(done.spent, n, done.spent.counters),
        "dollars_per_million": per(done.dollars * 1_000_000, n),
    }


def kernel(body: bytes) -> float:
    """Return the µs of CPU from the raw bytes to the fact."""
    header = sign(body, SECRET, at=billrun.AT_SECONDS)

    def work() -> None:
        verify(body, header, [SECRET], now=billrun.AT_SECONDS)
        event_id(body, live=False)
        fact(body, live=False)

    return cpu_microseconds(work, times=KERNEL_TIMES)


def paypal_kernel(body: bytes) -> float:
    """Return the µs of CPU from PayPal's raw bytes to the id, its certificate being kept."""
    mine = rsa.generate_private_key(65537, RSA_BITS)
    public, now = mine.public_key(), datetime.fromtimestamp(billrun.AT_SECONDS, tz=UTC)
    time, told = now.strftime("%Y-%m-%dT%H:%M:%SZ"), body.replace(b'"evt_', b'"WH-', 1)
    told = told.replace(b"_", b"-")
    signed = f"1|{time}|W|{zlib.crc32(told)}".encode()
    signature = base64.b64encode(mine.sign(signed, padding.PKCS1v15(), hashes.SHA256())).decode()
    proof = paypal_signature.Proof("1", time, "", paypal_signature.ALGORITHM, signature)

    def work() -> None:
        paypal_signature.verify(told, proof, "W", lambda _: public, now=now)
        paypal_events.event_id(told)

    return cpu_microseconds(work, times=KERNEL_TIMES)


def settled(held: Account) -> Settled:
    """Deliver a payment of every open invoice, and work the deliveries."""
    told = requests(held)
    with held.measured() as received:
        answers = [stripe.lambda_handler(one, None)["statusCode"] for one in told]
        carry.announce(held, "EV#")
    polls = carry.queued(held, "delivery.received", SETTLE_BATCH)
    with held.measured() as booked:
        failed = [settle.lambda_handler(one, None)["batchItemFailures"] for one in polls]
    left = [one for one in _headers(held) if one["status"]["S"] != "paid"]
    if set(answers) != {200} or any(failed) or left:
        raise RuntimeError(f"webhook: expected all paid, found {set(answers)}, {len(left)} open")
    return Settled(received.plus(booked), len(told), len(told))


def requests(held: Account) -> list[dict[str, Any]]:
    """Return a signed request an invoice, each of which tells that it is paid."""
    return [
        _request(delivery(place, one["sk"]["S"].removeprefix("I#"), int(one["total"]["N"]), 1))
        for place, one in enumerate(_headers(held))
    ]


def _headers(held: Account) -> list[Any]:
    items = held.cloud.dynamo.table.items.items()
    return [item for (_, sk), item in items if sk.startswith("I#inv_")]


def delivery(place: int, invoice_id: str, minor: int, seed: int) -> bytes:
    thing = {
        "id": f"pi_{seed}_{place}",
        "object": "payment_intent",
        "amount_received": minor,
        "currency": "usd",
        "metadata": {"invoice_id": invoice_id},
        "filler": {f"field_{number}": f"value {seed} {number}" for number in range(110)},
    }
    event = {
        "id": f"evt_{seed}_{place}",
        "object": "event",
        "livemode": False,
        "type": "payment_intent.succeeded",
        "created": billrun.AT_SECONDS,
        "data": {"object": thing},
    }
    return json.dumps(event, indent=2).encode()


def _request(body: bytes) -> dict[str, Any]:
    header = sign(body, SECRET, at=wall_seconds())
    return {"body": body.decode(), "headers": {"stripe-signature": header}}
