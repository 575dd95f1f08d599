"""
Check an export of the issue register and of the journal, offline, with the standard library only.

`solde export DIR` writes DIR/register (a record each time that numbers were taken, chained by
SHA-256), DIR/books (the entries of closed months, a line each, chained from line to line and month
to month) and DIR/heads.json (where each chain ended). This tool shares no code with Solde. The ends
are what shows that an end was cut off or a chain forged anew: keep them where nobody can write, or
compare them with those of an earlier export, and name that file with --heads.
"""

import argparse
import hashlib
import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Row = dict[str, Any]


def main() -> None:
    options = _options()
    heads = json.loads((options.heads or options.folder / "heads.json").read_text("utf-8"))
    found = [*check_register(options.folder, heads["register"])]
    found += check_books(options.folder, heads["books"])
    for violation in found:
        print(violation)
    series, months = len(heads["register"]), sum(map(len, heads["books"].values()))
    print(f"{series} series and {months} closed months looked at, {len(found)} violations")
    sys.exit(bool(found))


def check_register(folder: Path, heads: dict[str, Row]) -> Iterator[str]:
    """Yield what is wrong of a series: numbers 1 to n, days that never fall, chain and end."""
    found: dict[str, list[Row]] = defaultdict(list)
    for file in sorted((folder / "register").rglob("*.json")):
        record = json.loads(file.read_text("utf-8"))
        name = f"{record['series']}/{record['first']:012d}.json"
        place = str(file.relative_to(folder / "register"))
        yield from _differing(f"register: place of {record['series']}", name, place)
        found[record["series"]].append(record)
    for series in sorted(heads.keys() | found.keys()):
        records = sorted(found[series], key=lambda one: one["first"])
        yield from _series(series, records)
        last = records[-1] if records else {"last": 0, "hash": ""}
        said = {"last": last["last"], "hash": last["hash"]}
        yield from _differing(f"{series}: end", heads.get(series), said)


def _series(series: str, records: list[Row]) -> Iterator[str]:
    following, link, day = 1, "", ""
    for record in records:
        name = f"{series} {record['first']}"
        yield from _differing(f"{name}: first number", following, record["first"])
        yield from _differing(f"{name}: chain", link, record["previous"])
        said = {key: value for key, value in record.items() if key != "hash"}
        yield from _differing(f"{name}: hash", _sha256(said), record["hash"])
        if record["last"] < record["first"] or record["issued_on"] < day:
            yield f"{name}: ends at {record['last']}, dated {record['issued_on']} after {day}"
        following, link, day = record["last"] + 1, record["hash"], record["issued_on"]


def check_books(folder: Path, heads: dict[str, dict[str, Row]]) -> Iterator[str]:
    """Yield what is wrong of the months: their turn, their entries, the chain, its end."""
    expected = {
        f"{entity}/{month}-{head['chain'][:16]}.jsonl"
        for entity, months in heads.items()
        for month, head in months.items()
    }
    books = folder / "books"
    there = {str(file.relative_to(books)) for file in books.rglob("*.jsonl")}
    yield from _differing("books: months", sorted(expected), sorted(there))
    for entity, months in sorted(heads.items()):
        link, before = "", ""
        for month, head in sorted(months.items()):
            name = f"{entity} {month}"
            if before:
                yield from _differing(f"{name}: month before it", _before(month), before)
            file = books / entity / f"{month}-{head['chain'][:16]}.jsonl"
            lines = file.read_bytes().splitlines() if file.exists() else []
            yield from _differing(f"{name}: entries", head["entries"], len(lines))
            yield from _entries(name, month, lines, link)
            link = hashlib.sha256(lines[-1]).hexdigest() if lines else link
            yield from _differing(f"{name}: end", head["chain"], link)
            before = month


def _entries(name: str, month: str, lines: list[bytes], link: str) -> Iterator[str]:
    place = ("", "")
    for number, line in enumerate(lines, 1):
        row = json.loads(line)
        what = f"{name}: entry {number}"
        yield from _differing(f"{what}: bytes", _canonical(row), line)
        yield from _differing(f"{what}: chain", link, row["before"])
        yield from _differing(
            f"{what}: sum in {row['currency']}", 0, sum(row["movements"].values())
        )
        if row["on"][:7] != month or (row["on"], row["fact"]) <= place:
            yield f"{what}: {row['on']} {row['fact']} is not of {month} or not behind {place}"
        link, place = hashlib.sha256(line).hexdigest(), (row["on"], row["fact"])


def _before(month: str) -> str:
    year, number = int(month[:4]), int(month[5:])
    return f"{year - (number == 1):04d}-{12 if number == 1 else number - 1:02d}"


def _canonical(row: Row) -> bytes:
    text = json.dumps(row, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode()


def _sha256(row: Row) -> str:
    return hashlib.sha256(_canonical(row)).hexdigest()


def _differing(what: str, expected: object, found: object) -> Iterator[str]:
    if expected != found:
        yield f"{what}: expected {expected}, found {found}"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n\n")[0].strip())
    parser.add_argument("folder", type=Path, help="what `solde export` wrote")
    parser.add_argument("--heads", type=Path, help="ends of the chains, kept elsewhere")
    return parser.parse_args()


if __name__ == "__main__":
    main()
