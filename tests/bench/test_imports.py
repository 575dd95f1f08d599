"""What a cold start of the light handlers imports beyond boto3: by its names, never by seconds."""

import subprocess
import sys

import pytest

HEAVY = frozenset(
    {
        "aws_lambda_powertools",
        "fontTools",
        "fpdf",
        "jinja2",
        "numpy",
        "pandas",
        "PIL",
        "pydantic",
        "pydantic_core",
        "stripe",
    }
)
RECEIVED_MOST = 44
"""Modules of ours in a process that has received one delivery."""


def imported(module: str) -> list[str]:
    """Return the modules that a handler imports once boto3 is there."""
    command = [sys.executable, "-X", "importtime", "-c", f"import boto3; import {module}"]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stderr
    rows = [line.rsplit("|", 1)[-1].strip() for line in said.splitlines() if "|" in line]
    return rows[rows.index("boto3") + 1 :]


@pytest.mark.parametrize(
    ("module", "most"),
    [
        ("functions.ingest_usage.accept", 92),
        ("functions.ingest_usage.pack", 40),
        ("functions.receive_webhook.stripe", 46),
        ("functions.receive_webhook.paypal", 49),
    ],
)
def test_light_handlers_import_little(module: str, most: int) -> None:
    """Modules beyond boto3 are nearly all our own: each is about a millisecond of CPU."""
    found = imported(module)
    assert module in found
    assert {name.partition(".")[0] for name in found} & HEAVY == set()
    assert len(found) <= most


RECEIVED = """
import json, os, sys
from bench.stub.cloud import StubCloud
os.environ.update(AWS_REGION="eu-west-1", STAGE="test", TABLE_NAME="t", STRIPE_SECRET_ID="stripe")
with StubCloud(secrets={"stripe": "whsec"}).installed():
    from functions.receive_webhook import stripe
    from solde.adapters.stripe.signature import sign
    from solde.runtime.clock import wall_seconds
    body = b'{"id": "evt_1", "object": "event", "livemode": false, "type": "none", "created": 0}'
    signed = sign(body, "whsec", at=wall_seconds())
    asked = {"body": body.decode(), "headers": {"stripe-signature": signed}}
    assert json.loads(stripe.lambda_handler(asked, None)["body"]) == {"received": True, "new": True}
print(*(one for one in sys.modules if one.startswith(("solde.", "functions."))), file=sys.stderr)
"""


def test_what_has_received_a_delivery_knows_nothing_of_the_books() -> None:
    """The first delivery after a cold start needs what its handler imports, and a store."""
    command = [sys.executable, "-c", RECEIVED]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stderr.split()
    assert "solde.storage.deliveries" in said
    assert [one for one in said if "ledger" in one or "settl" in one or "invoic" in one] == []
    assert len(said) <= RECEIVED_MOST


def test_a_heavy_import_is_seen() -> None:
    assert {"jinja2", "functions.web.invoice"} <= set(imported("functions.web.invoice"))
