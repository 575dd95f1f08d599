"""The demo, lived through by its command, and what a second opinion says about its lines."""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from local.demo.caller import Caller, keyed
from local.places import Places
from local.up import Cloud, attached
from tests.support.commands import ROOT, started, stopped

Row = tuple[str, str, str, str, str, int]
"""Day of issue, customer, subscription, charge, month of service, net in minor units."""


@dataclass(frozen=True)
class Demo:
    """`said` is all that the command printed."""

    cloud: Cloud
    caller: Caller
    invoices: list[dict[str, Any]]
    said: list[str]


def lived(*arguments: str, places: Places) -> Iterator[Demo]:
    """Hold the demo for the length of a fixture, and prove that it ends well."""
    process, said = started(*arguments, places=places)
    cloud = attached(places.home)
    caller = keyed(cloud, name="stories", at=cloud.clock.now() or datetime.now(UTC))
    invoices = [caller.read("invoices", row["id"]) for row in caller.every("invoices")]
    yield Demo(cloud, caller, invoices, said)
    assert stopped(process) == 0


def recomputed(*arguments: str) -> Counter[Row]:
    """Ask the tool that shares nothing with Solde: its own tariff, its own arithmetic."""
    tool = str(ROOT / "tools" / "recompute_demo.py")
    command = [sys.executable, "-S", tool, "--json", *arguments]
    said = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return Counter(
        (
            row["issued_on"],
            row["customer"],
            row["subject"] if row["seller"] == "fr" else f"{row['customer']}-{row['subject']}",
            row["charge"],
            row["month"],
            int(Decimal(row["net"]) * 100),
        )
        for row in said["rows"]
    )


def issued(invoices: list[dict[str, Any]]) -> Counter[Row]:
    return Counter(
        (
            invoice["issued_on"],
            invoice["document"]["customer"]["external_id"],
            line["subscription"]["external_id"],
            line["component"],
            line["service"]["start_on"][:7],
            line["net"],
        )
        for invoice in invoices
        for line in invoice["document"]["lines"]
    )
