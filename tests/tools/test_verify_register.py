"""The offline check of register and journal: whatever is deleted, slipped in, edited or swapped."""

import copy
import hashlib
import importlib.util
import itertools
import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from solde.ports.books import Fact
from solde.ports.runs import Head
from solde.workflows.bill_run.publish import register_body, register_key
from solde.workflows.bill_run.seal import Cause, next_record
from solde.workflows.close_books import chained, in_order

ROOT = Path(__file__).resolve().parents[2]
AT = datetime(2027, 1, 1, 3, tzinfo=UTC)
Files = dict[str, bytes]


def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("check", ROOT / "tools" / "verify_register.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


CHECK = tool()


def register() -> Iterator[tuple[str, bytes, tuple[str, dict[str, Any]]]]:
    for series, takings in {"FR-2027": (2, 1, 3), "FRCN-2027": (1, 1)}.items():
        head = Head(series, 0, "", None)
        for number, documents in enumerate(takings, 1):
            cause = Cause(f"run_{number}", "ab" * 32, 100 * number)
            on = date(2027, number, 1)
            one = next_record(head, "invoice", documents, issued_on=on, at=AT, cause=cause)
            head = Head(series, one.last, one.hash, on)
            yield (
                register_key(one),
                register_body(one),
                (series, {"last": one.last, "hash": one.hash}),
            )


def books() -> Iterator[tuple[str, bytes, tuple[str, dict[str, Any]]]]:
    link = ""
    for month in (1, 2, 3):
        facts = [
            Fact(f"A#cus_{n} I#inv_{n}", "fr", date(2027, month, n), "EUR", {"411": n, "706": -n})
            for n in (3, 1, 2)
        ]
        text, link = chained(in_order(facts), link)
        name = f"2027-{month:02d}"
        yield f"books/fr/{name}-{link[:16]}.jsonl", text, (name, {"entries": 3, "chain": link})


def exported() -> tuple[Files, dict[str, Any]]:
    files: Files = {}
    heads: dict[str, Any] = {"register": {}, "books": {"fr": {}}}
    for key, body, (name, head) in register():
        files[key], heads["register"][name] = body, head
    for key, body, (name, head) in books():
        files[key], heads["books"]["fr"][name] = body, head
    return files, heads


FILES, HEADS = exported()
RECORDS = [key for key in FILES if key.startswith("register/")]
MONTHS = [key for key in FILES if key.startswith("books/")]


def found(folder: Path, files: Files, heads: dict[str, Any] = HEADS) -> list[str]:
    for key, body in files.items():
        file = folder / key
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(body)
    wrong = [*CHECK.check_register(folder, heads["register"])]
    return [*wrong, *CHECK.check_books(folder, heads["books"])]


def lines_of(key: str) -> list[bytes]:
    return FILES[key].splitlines()


def joined(lines: list[bytes]) -> bytes:
    return b"".join(line + b"\n" for line in lines)


def deletions() -> Iterator[tuple[str, Files]]:
    for key in FILES:
        yield f"without {key}", {name: body for name, body in FILES.items() if name != key}
    for key in MONTHS:
        for at in range(3):
            left = [line for place, line in enumerate(lines_of(key)) if place != at]
            yield f"{key} without line {at}", FILES | {key: joined(left)}


def insertions() -> Iterator[tuple[str, Files]]:
    for key in RECORDS:
        record = json.loads(FILES[key])
        record["first"] += 50
        name = f"register/{record['series']}/{record['first']:012d}.json"
        yield f"a copy of {key}", FILES | {name: CHECK._canonical(record)}
    yield (
        "a series of one's own",
        FILES
        | {
            "register/X-2027/000000000001.json": CHECK._canonical(
                json.loads(FILES[RECORDS[0]]) | {"series": "X-2027"}
            )
        },
    )
    for key in MONTHS:
        for at in range(4):
            lines = lines_of(key)
            lines.insert(at, lines[0])
            yield f"{key} with a line at {at}", FILES | {key: joined(lines)}
    yield "a month of one's own", FILES | {"books/fr/2027-04-0000000000000000.jsonl": b""}


def swaps() -> Iterator[tuple[str, Files]]:
    for one, two in itertools.pairwise(RECORDS):
        yield f"{one} for {two}", FILES | {one: FILES[two], two: FILES[one]}
    for key in MONTHS:
        for at in range(2):
            lines = lines_of(key)
            lines[at], lines[at + 1] = lines[at + 1], lines[at]
            yield f"{key} with lines {at} and {at + 1} swapped", FILES | {key: joined(lines)}
    for one, two in itertools.pairwise(MONTHS):
        yield f"{one} for {two}", FILES | {one: FILES[two], two: FILES[one]}


def edits_of(value: Any) -> Iterator[Callable[[Any], Any]]:
    """Yield ways to change one value inside a JSON value."""
    if isinstance(value, dict):
        for name in value:
            for act in edits_of(value[name]):
                yield lambda whole, name=name, act=act: whole | {name: act(whole[name])}
    elif isinstance(value, int):
        yield lambda one: one + 1
    elif isinstance(value, str):
        yield lambda one: f"{one[:-1]}{'0' if one[-1:] != '0' else '1'}"


def edits() -> Iterator[tuple[str, Files]]:
    """Edit each value; the hash of its own record or line is then made to fit again."""
    for key in RECORDS:
        record = json.loads(FILES[key])
        for number, act in enumerate(edits_of(record)):
            changed = act(copy.deepcopy(record))
            if changed["hash"] == record["hash"]:
                said = {name: value for name, value in changed.items() if name != "hash"}
                changed["hash"] = hashlib.sha256(CHECK._canonical(said)).hexdigest()
            yield f"{key} edit {number}", FILES | {key: CHECK._canonical(changed)}
    for key in MONTHS:
        for at in range(3):
            row = json.loads(lines_of(key)[at])
            for number, act in enumerate(edits_of(row)):
                lines = lines_of(key)
                lines[at] = CHECK._canonical(act(copy.deepcopy(row)))
                yield f"{key} line {at} edit {number}", FILES | {key: joined(lines)}


def forged(upto: int) -> bytes:
    """Return the last month with an amount changed, its own lines chained anew."""
    rows = [json.loads(line) for line in lines_of(MONTHS[-1])]
    rows[upto]["movements"] = {"411": 7, "706": -7}
    link, lines = rows[0]["before"], []
    for row in rows:
        lines.append(CHECK._canonical(row | {"before": link}))
        link = hashlib.sha256(lines[-1]).hexdigest()
    return joined(lines)


CHANGES = [*deletions(), *insertions(), *swaps(), *edits()]


def test_what_was_exported_is_sound(tmp_path: Path) -> None:
    assert found(tmp_path, FILES) == []


def test_there_are_enough_ways_to_be_wrong() -> None:
    assert len(CHANGES) >= 150
    assert len({name for name, _ in CHANGES}) == len(CHANGES)


@pytest.mark.parametrize(("name", "files"), CHANGES, ids=[name for name, _ in CHANGES])
def test_every_change_is_found(tmp_path: Path, name: str, files: Files) -> None:
    assert files != FILES, name
    assert found(tmp_path, files), name


@pytest.mark.parametrize("upto", [0, 1, 2])
def test_a_month_chained_anew_does_not_end_where_it_ended(tmp_path: Path, upto: int) -> None:
    wrong = found(tmp_path, FILES | {MONTHS[-1]: forged(upto)})
    assert [one.partition(":")[0] for one in wrong] == ["fr 2027-03"]
    assert ": end: expected" in wrong[0]


def test_ends_kept_elsewhere_find_what_the_export_agrees_on(tmp_path: Path) -> None:
    """The last record is gone from the register and from the heads beside it."""
    left = {key: body for key, body in FILES.items() if key != RECORDS[2]}
    record = json.loads(FILES[RECORDS[1]])
    forged_heads = {"last": record["last"], "hash": record["hash"]}
    heads = HEADS | {"register": HEADS["register"] | {"FR-2027": forged_heads}}
    assert found(tmp_path, left, heads) == []
    assert found(tmp_path, left) != []
