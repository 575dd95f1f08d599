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


def test_a_heavy_import_is_seen() -> None:
    assert {"jinja2", "functions.web.invoice"} <= set(imported("functions.web.invoice"))
