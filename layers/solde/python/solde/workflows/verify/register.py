"""Register: numbers are exactly 1..n, in date order, chained, and each has its document."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from solde.domain.invoicing.canonical import canonical, digest
from solde.ports.audit import Stored
from solde.ports.objects import ObjectStore
from solde.ports.runs import Head, RegisterRecord
from solde.workflows.bill_run.publish import register_body, register_key
from solde.workflows.bill_run.seal import record_document
from solde.workflows.verify.report import Finding, differing, finding


def numbers_gapless(stored: Stored, objects: ObjectStore) -> Finding:
    """I7: for each series the numbers are 1..n, once each, and dates never fall."""

    def violations() -> Iterator[str]:
        by_series: dict[str, list[RegisterRecord]] = defaultdict(list)
        for record in stored.records:
            by_series[record.series].append(record)
        heads = {head.series: head for head in stored.heads}
        for series, records in sorted(by_series.items()):
            records.sort(key=lambda one: one.first)
            yield from _chained(series, records, heads.get(series))
            yield from _copied(records, objects)
        yield from _documents(stored, by_series)

    return finding(
        "I7",
        "numbers are gapless and dated",
        len(stored.headers) + len(stored.pro_formas),
        violations(),
    )


def _chained(series: str, records: list[RegisterRecord], head: Head | None) -> Iterator[str]:
    yield from differing(f"{series}: first number", 1, records[0].first)
    yield from differing(f"{series}: first previous hash", "", records[0].previous_hash)
    for before, after in pairwise(records):
        yield from differing(f"{series}: number after {before.last}", before.last + 1, after.first)
        yield from differing(f"{series} {after.first}: chain", before.hash, after.previous_hash)
        if after.issued_on < before.issued_on:
            yield f"{series} {after.first}: dated {after.issued_on}, before {before.issued_on}"
    for one in records:
        said = digest(canonical(record_document(replace(one, hash=""))))
        yield from differing(f"{series} {one.first}: hash", said, one.hash)
    last = records[-1]
    found = (head.last, head.hash) if head else None
    yield from differing(f"{series}: head", (last.last, last.hash), found)


def _copied(records: list[RegisterRecord], objects: ObjectStore) -> Iterator[str]:
    for one in records:
        copy = objects.get(register_key(one))
        if copy != register_body(one):
            yield f"{one.series} {one.first}: the copy in the archive is missing or differs"


def _documents(stored: Stored, by_series: dict[str, list[RegisterRecord]]) -> Iterator[str]:
    open_runs = {run.id for run in stored.runs if not run.status.terminal}
    expected = {
        f"{series}-{number:06d}": record.issued_on
        for series, records in by_series.items()
        for record in records
        if record.run_id not in open_runs
        for number in range(record.first, record.last + 1)
    }
    seen: dict[str, int] = defaultdict(int)
    for header in stored.headers:
        seen[header.number] += 1
        dated = expected.get(header.number)
        if dated is not None:
            yield from differing(f"{header.number}: issue date", dated, header.issued_on)
        elif header.run_id not in open_runs:
            yield f"{header.number}: expected a number of the register"
    for pro_forma in stored.pro_formas:
        seen[pro_forma.number] += 1
        said = expected.get(pro_forma.number)
        yield from differing(f"{pro_forma.number}: issue date", said, pro_forma.issued_on)
    for number in sorted(expected):
        yield from differing(f"{number}: documents", 1, seen[number])
