"""Violations written straight to what is stored are found by a new process, each under its name."""

import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from solde.storage.marshal import marshal_item, unmarshal_item

pytestmark = pytest.mark.cloud
SOLDE = Path(sys.executable).parent / "solde"
Item = dict[str, Any]
CODES = ["I0", "I1", "I2", "I3", "I4", "I5", "I7", "I8", "I9", "I12", "I17", "I18", "I20", "I21"]
CODES += ["I22", "I36", "I37", "I38", "I39"]


@dataclass
class Stored:
    """What is stored, written to by the SDK; what was there before is put back."""

    dynamodb: Any
    s3: Any
    table: str
    archive: str
    items: list[Item] = field(default_factory=list)
    undo: list[Callable[[], object]] = field(default_factory=list)

    def read(self) -> None:
        pages = self.dynamodb.get_paginator("scan").paginate(TableName=self.table)
        self.items = [unmarshal_item(item) for page in pages for item in page["Items"]]
        self.items.sort(key=lambda item: (item["pk"], item["sk"]))

    def take(self, pk: str, sk: str, **having: object) -> Item:
        """Take an item that no other plant has taken."""
        found = next(
            item
            for item in self.items
            if item["pk"].startswith(pk)
            and item["sk"].startswith(sk)
            and all(item.get(name) == value for name, value in having.items())
        )
        self.items.remove(found)
        return found

    def put(self, item: Item) -> None:
        self.dynamodb.put_item(TableName=self.table, Item=marshal_item(item))

    def delete(self, item: Item) -> None:
        key = marshal_item({"pk": item["pk"], "sk": item["sk"]})
        self.dynamodb.delete_item(TableName=self.table, Key=key)

    def change(self, item: Item, **fields: object) -> str:
        self.undo.append(lambda: self.put(item))
        self.put(item | fields)
        return str(item.get("number") or item["pk"].partition("#")[2])

    def lose(self, item: Item) -> None:
        self.undo.append(lambda: self.put(item))
        self.delete(item)

    def add(self, item: Item) -> None:
        self.undo.append(lambda: self.delete(item))
        self.put(item)

    def rewrite(self, key: str, before: bytes, after: bytes) -> None:
        body = self.s3.get_object(Bucket=self.archive, Key=key)["Body"].read()
        assert before in body
        self.undo.append(lambda: self.s3.put_object(Bucket=self.archive, Key=key, Body=body))
        self.s3.put_object(Bucket=self.archive, Key=key, Body=body.replace(before, after, 1))


def _billed(stored: Stored) -> str:
    change = stored.take("A#", "B#2#", type="quantity")
    stored.lose(change)
    return str(change["pk"].removeprefix("A#"))


def _ledger(stored: Stored) -> str:
    header = stored.take("A#", "I#", kind="invoice")
    stored.change(header, jrn=header["jrn"] | {"706": header["jrn"]["706"] + 1})
    return f"entry of {header['pk']} {header['sk']}"


def _document(stored: Stored) -> str:
    header = stored.take("A#", "I#", kind="invoice")
    number = header["number"].encode()
    stored.rewrite(header["pack"], b'"number":"' + number, b'"number":"' + number[:-1] + b"X")
    return f"{header['number']}: bytes do not fit"


def _events(stored: Stored) -> str:
    usage = next(one for one in stored.items if one["sk"].endswith("#departures"))
    stored.items.remove(usage)
    day, _, _ = usage["days"].partition(" ")
    stored.change(usage, days=usage["days"].partition("\n")[2])
    return f"departures on {usage['sk'].split('#')[1]}-{day}"


def _register(stored: Stored) -> str:
    head = stored.take("R#NYC", "HEAD")
    stored.change(head, n=head["n"] + 1)
    return f"{head['pk'].removeprefix('R#')}: head"


def _payment(stored: Stored) -> str:
    payment = stored.take("A#", "P#pay")
    stored.add(payment | {"sk": "P#pay_00000000000000000000000000"})
    return f"payment stripe#{payment['reference']} booked: expected 1, found 2"


def _run(stored: Stored) -> str:
    run = stored.take("RUN#", "0")
    stored.add(run | {"pk": "RUN#run_00000000000000000000000000", "status": "cancelled"})
    return "same entity, day and attempt"


def _parked(stored: Stored) -> str:
    batch = stored.take("RUN#", "B#")
    stored.change(batch, parked=[["cus_nobody", "", ""]])
    return "cus_nobody is parked without a reason"


def _correction(stored: Stored) -> str:
    header = stored.take("A#", "I#", kind="invoice")
    stored.change(header, back={"inv_nobody": {"S/20": 1}})
    return f"{header['number']}: back as its header says: expected {{}}, found"


def _closed(stored: Stored) -> str:
    """A month that was closed before an entry was slipped in."""
    row = {"pk": "K#nyc", "sk": "C#2013-01", "schema": 1, "status": "closed", "by": "nobody"}
    at = "2013-02-01T12:00:00+00:00"
    stored.add(row | {"asked_at": at, "entries": 0, "chain": "", "balances": []})
    return "nyc 2013-01: entries: expected 0, found"


def _wallet(stored: Stored) -> str:
    """Income of a wallet that nobody has."""
    header = stored.take("A#", "I#", kind="invoice")
    stored.change(header, jrn={**header["jrn"], "7588": -7})
    return f"7588 in {header['currency']} against what was lost of wallets: expected 0, found 7"


PLANTS: dict[str, Callable[[Stored], str]] = {
    "I1": _billed,
    "I2": _ledger,
    "I3": _document,
    "I4": lambda stored: stored.change(stored.take("A#", "I#", kind="invoice"), total=1),
    "I5": _events,
    "I7": _register,
    "I8": _payment,
    "I9": lambda stored: stored.change(stored.take("A#", "P#pay"), allocated=1) and "unapplied of",
    "I12": lambda stored: stored.change(stored.take("EV#", "0"), status="open") and "open since",
    "I17": _run,
    "I18": lambda stored: stored.change(stored.take("RUN#", "0", status="closed"), due=99),
    "I20": lambda stored: stored.change(stored.take("A#", "I#", kind="invoice"), rev=9_999),
    "I21": _parked,
    "I22": lambda stored: stored.change(stored.take("A#", "M#"), state="sending") and "'sending'",
    "I36": _correction,
    "I37": _closed,
    "I38": _wallet,
    "I39": lambda stored: (
        stored.change(stored.take("A#", "I#", kind="invoice"), late_to="2013-02-28")
        or "charged through 2013-02-28 by no document"
    ),
    # An airline: what is billed of a customer whose state is spoilt can be proved no more (I1).
    "I0": lambda stored: stored.change(stored.take("A#", "B#0#nyc"), through=5),
}
"""Each says by what its violation is known."""


@pytest.fixture
def stored(demo) -> Iterator[Stored]:
    outputs = demo.cloud.outputs
    clients = (demo.cloud.client("dynamodb"), demo.cloud.client("s3"))
    made = Stored(*clients, table=outputs.table, archive=outputs.archive)
    made.read()
    yield made
    for one in reversed(made.undo):
        one()


def verified(home: Path) -> tuple[int, dict[str, str]]:
    """Have a new process prove what is stored; return its exit code, and what it says by code."""
    command = [str(SOLDE), "verify", "--home", str(home)]
    wide = os.environ | {"COLUMNS": "400"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=wide)
    said: dict[str, list[str]] = defaultdict(list)
    for line in done.stdout.splitlines():
        cells = [cell.strip() for cell in line.split("│")[1:-1]]
        if len(cells) == 4:
            said[cells[0]].append(cells[3])
        elif said and line.startswith("I"):
            code, _, text = line.partition("  ")
            said[code].append(text)
    return done.returncode, {code: "\n".join(lines) for code, lines in said.items()}


def test_planted_violations_are_found_and_named_by_a_new_process(demo, stored: Stored) -> None:
    home = demo.cloud.places.home
    code, sound = verified(home)
    assert code == 0, sound
    assert [code for code, said in sound.items() if said == "none"] == CODES
    assert sound["I14"].endswith("proved by test test_every_order_of_the_same_facts_ends_the_same")

    known_by = {code: plant(stored) for code, plant in PLANTS.items()}
    code, found = verified(home)
    assert code == 1
    assert {code: by for code, by in known_by.items() if by not in found[code]} == {}, found
