"""What the demo ends with: the proof, the table of bill runs, and where to look."""

import json
import re
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from rich.console import Console
from rich.table import Table

from local.demo.caller import keyed
from local.demo.consumed import MAIL, Told, of_documents, of_run, told
from local.up import Cloud
from local.verify import findings, shown

LINK = re.compile(r"https?://\S+/i/\S+")


def report(cloud: Cloud, console: Console, *, seconds: int) -> None:
    shown(findings(cloud), console)
    console.print(runs_table(cloud))
    console.print(f"Done in {seconds} s. Look at:", markup=False)
    for name, url in places(cloud):
        console.print(f"  {name:29} {url}", markup=False, soft_wrap=True)
    console.print("Press Ctrl-C to stop it; `solde up` starts it again with all its data.")


def runs_table(cloud: Cloud) -> Table:
    """Return the bill runs with what each consumed, from its selection to its close."""
    facts, rows = told(cloud), list(_runs(cloud))
    table = Table(
        title="Bill runs",
        caption=_caption(facts, rows),
        caption_justify="left",
        box=None,
        pad_edge=False,
    )
    for name in ("day", "seller"):
        table.add_column(name, no_wrap=True)
    for name in ("invoices", "total", "seconds", "units w + r", "USD each"):
        table.add_column(name, justify="right", no_wrap=True)
    for run, currency in rows:
        execution = _execution(cloud, run["id"])
        spent = of_run(facts, run["id"], entered=execution.entered)
        minor, documents = run["counts"].get("minor", 0), _documents(run)
        table.add_row(
            run["target_on"],
            run["entity"],
            str(documents) if run["status"] == "closed" else run["status"],
            f"{minor // 100:,}.{abs(minor) % 100:02d} {currency}",
            execution.seconds,
            f"{spent.write_units} + {spent.read_units.normalize():f}",
            f"{spent.dollars / max(1, documents):.6f}",
        )
    return table


def _runs(cloud: Cloud) -> Iterator[tuple[dict[str, Any], str]]:
    """Yield the runs in order, each with the currency of its seller."""
    caller = keyed(cloud, name="report", at=cloud.clock.now() or datetime.now(UTC))
    currencies = {one["code"]: one["currency"] for one in caller.every("entities")}
    runs = caller.every("bill-runs")
    for run in sorted(runs, key=lambda one: (one["target_on"], one["entity"])):
        yield run, currencies[run["entity"]]


def _documents(run: dict[str, Any]) -> int:
    return int(run["counts"].get("invoice", 0) + run["counts"].get("credit_note", 0))


def _caption(facts: list[Told], rows: list[tuple[dict[str, Any], str]]) -> str:
    documents = max(1, sum(_documents(run) for run, _ in rows))
    spent = of_documents(facts)
    return (
        "units: DynamoDB's, written + read. USD each: what an invoice cost of AWS, at list prices "
        "of us-east-1.\nRendering and mailing one cost another "
        f"{spent.dollars / documents:.6f} USD, of which the mail itself is {MAIL}."
    )


@dataclass(frozen=True, slots=True)
class _Execution:
    """`entered` are the states that it entered, its children's apart."""

    seconds: str
    entered: int


def _execution(cloud: Cloud, run_id: str) -> _Execution:
    machines = cloud.client("stepfunctions")
    arn = cloud.outputs.bill_run.replace(":stateMachine:", ":execution:") + f":{run_id}"
    execution = machines.describe_execution(executionArn=arn)
    history = machines.get_execution_history(executionArn=arn, maxResults=1000)["events"]
    entered = sum("stateEnteredEventDetails" in event for event in history)
    if "stopDate" not in execution:
        return _Execution("…", entered)
    spent = execution["stopDate"] - execution["startDate"]
    return _Execution(f"{spent.seconds}.{spent.microseconds // 100_000}", entered)


def places(cloud: Cloud) -> Iterator[tuple[str, str]]:
    """Yield URLs that answer a plain GET."""
    yield "health", f"{cloud.url}/health"
    yield "API documentation", f"{cloud.url}/docs"
    yield "captured mails", f"{cloud.places.endpoint}/_ministack/ses/messages"
    for name, link in _links(cloud):
        yield f"invoice of {name}", link
        yield "  its PDF", f"{link}/pdf"


def _links(cloud: Cloud) -> Iterator[tuple[str, str]]:
    """Find the newest mailed link of a customer of each seller: older ones have expired."""
    wanted = {"payables@ua.example.test": "United", "compta@": "Boulangerie Martin"}
    newest: dict[str, str] = {}
    for mail in mails(cloud):
        text = json.dumps(mail)
        link = LINK.search(text.replace("\\r", " ").replace("\\n", " ").replace('\\"', " "))
        newest |= {name: link.group(0) for part, name in wanted.items() if link and part in text}
    yield from newest.items()


def mails(cloud: Cloud) -> list[dict[str, Any]]:
    url = f"{cloud.places.endpoint}/_ministack/ses/messages"
    with urllib.request.urlopen(url, timeout=30) as answer:  # noqa: S310 - our own address
        found = json.load(answer)
    rows: list[dict[str, Any]] = []
    for box in found["messages"].values():
        rows += box if isinstance(box, list) else [box]
    return rows
