"""Notes on late charges: each sums to what it says, and none takes back more than was charged."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from solde.domain.invoicing.draft import LATE_CHARGE
from solde.ports.billing import Header
from solde.workflows.verify.report import differing

Document = Mapping[str, Any]
PARTS = ("interest", "fee")


def waived_sums(found: Iterable[tuple[Header, Document]]) -> Iterator[str]:
    """Prove each note by itself, and all of them against the documents that they take back of."""
    charged: dict[str, Document] = {}
    waived: dict[str, Counter[str]] = {}
    for header, document in found:
        if header.kind == LATE_CHARGE:
            charged[header.id] = document["late"]
            continue
        yield from _sums(header, document)
        (original,) = document["corrects"]
        waived.setdefault(original["id"], Counter()).update(
            {name: document["waived"][name] for name in PARTS}
        )
    for identity, parts in sorted(waived.items()):
        for name in PARTS:
            most = charged[identity][name] if identity in charged else 0
            if parts[name] > most:
                yield f"{identity}: {name}: expected at most {most} waived, found {parts[name]}"


def _sums(header: Header, document: Document) -> Iterator[str]:
    number, said = header.number, document["waived"]
    lines = {one["kind"]: one["net"] for one in document["lines"]}
    expected = {"interest": said["interest"], "recovery_fee": said["fee"]}
    shown = {name: minor for name, minor in expected.items() if minor}
    yield from differing(f"{number}: interest and fee", shown, lines)
    gross = sum(lines.values())
    yield from differing(f"{number}: gross", gross, document["totals"]["gross"])
    yield from differing(f"{number}: taken back", gross, document["corrects"][0]["amount"])
    yield from differing(f"{number}: taxes", [], document["taxes"])
    yield from differing(f"{number}: total shown", gross, header.gross_minor)
