"""Ask the nightly proof of the deployed system what it finds, now and at length."""

import json
from datetime import UTC, datetime
from typing import Any

from rich.console import Console
from rich.table import Table

from local.errors import LocalCloudError
from local.up import Cloud
from solde.workflows.verify.proved import PROVED

VIOLATIONS_SHOWN = 5


class VerifyError(LocalCloudError):
    """The proof itself failed; nothing is known about the books."""


def findings(cloud: Cloud) -> list[dict[str, Any]]:
    """
    Return a finding per invariant: code, title, counted, violations.

    Raises:
        VerifyError: it did not come to an end.

    """
    at = cloud.clock.now() or datetime.now(UTC)
    answer = cloud.client("lambda").invoke(
        FunctionName=cloud.outputs.functions["verify.nightly"],
        Payload=json.dumps({"as_of": at.isoformat(), "whole": True}),
    )
    found = json.loads(answer["Payload"].read())
    if "FunctionError" in answer:
        raise VerifyError(f"{found.get('errorType')}: {found.get('errorMessage')}")
    rows: list[dict[str, Any]] = found["findings"]
    return rows


def violated(found: list[dict[str, Any]]) -> bool:
    return any(one["violations"] for one in found)


def shown(found: list[dict[str, Any]], console: Console) -> None:
    """Print the findings as a table; below it each violation, and what only tests can prove."""
    table = Table(title="Verified against stored data")
    table.add_column("invariant")
    table.add_column("what must hold")
    table.add_column("looked at", justify="right")
    table.add_column("violations")
    for one in found:
        wrong = len(one["violations"])
        table.add_row(one["code"], one["title"], str(one["counted"]), str(wrong or "none"))
    console.print(table)
    for one in found:
        for violation in one["violations"][:VIOLATIONS_SHOWN]:
            console.print(f"{one['code']}  {violation}", markup=False, soft_wrap=True)
    for proof in PROVED:
        console.print(f"{proof.code}  {proof.title}: {proof.said}", markup=False, soft_wrap=True)
