"""Documents: what was issued is unchanged, and its sums are what they say."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from solde.domain.invoicing.canonical import ENVELOPE, canonical, digest, opened
from solde.domain.money import Money, Rounding
from solde.ports.audit import Stored
from solde.ports.billing import Header
from solde.ports.objects import ObjectStore
from solde.workflows.verify.report import Finding, differing, finding


def documents_unchanged(stored: Stored, objects: ObjectStore) -> tuple[Finding, Finding]:
    """I3 and I4, in one reading of every document."""
    changed: list[str] = []
    wrong: list[str] = []
    for header in stored.headers:
        body = _body(header, objects)
        if body is None or digest(body) != header.sha256:
            changed.append(f"{header.number}: bytes do not fit their digest {header.sha256}")
            continue
        document = json.loads(body)
        changed += differing(
            f"{header.number}: approved draft",
            header.draft_digest,
            digest(canonical(opened(document))),
        )
        wrong += _sums(header, document)
    count = len(stored.headers)
    return (
        finding("I3", "issued documents are unchanged", count, changed),
        finding("I4", "totals are the sums of their lines", count, wrong),
    )


def _body(header: Header, objects: ObjectStore) -> bytes | None:
    pack = objects.get(header.place.key)
    if pack is None:
        return None
    return pack[header.place.offset : header.place.offset + header.place.length]


def _sums(header: Header, document: Mapping[str, Any]) -> Iterator[str]:
    number, totals = header.number, document["totals"]
    bases: Counter[tuple[str, str]] = Counter()
    shares: Counter[tuple[str, str]] = Counter()
    for line in document["lines"]:
        key = (line["tax"]["category"], line["tax"]["rate"])
        bases[key] += line["net"]
        shares[key] += line["tax"]["amount"]
        yield from _expressed(number, line, document["currency"])
    for tax in document["taxes"]:
        key = (tax["category"], tax["rate"])
        yield from differing(f"{number}: base at {key}", bases[key], tax["base"])
        yield from differing(f"{number}: tax shown at {key}", tax["tax"], shares[key])
        due = Money(tax["base"], document["currency"]).share(
            Fraction(Decimal(tax["rate"])) / 100, Rounding.HALF_AWAY
        )
        if document["kind"] == "invoice":
            yield from differing(f"{number}: tax at {key}", due.minor, tax["tax"])
    taxes = sum(tax["tax"] for tax in document["taxes"])
    yield from differing(f"{number}: net", sum(bases.values()), totals["net"])
    yield from differing(f"{number}: tax", taxes, totals["tax"])
    yield from differing(f"{number}: gross", totals["net"] + totals["tax"], totals["gross"])
    yield from differing(f"{number}: total shown", totals["gross"], header.gross_minor)
    yield from differing(f"{number}: number", document[ENVELOPE]["number"], header.number)


def _expressed(number: str, line: Mapping[str, Any], currency: str) -> Iterator[str]:
    said = line["expression"]
    exact = Fraction(Decimal(said["quantity"])) * Fraction(Decimal(said["price"]))
    exact /= said["base_quantity"]
    one = Money(1, currency)
    minor = one.share(exact / Fraction(one.major), Rounding.HALF_AWAY).minor
    yield from differing(f"{number} line {line['line']}: quantity × price", minor, line["net"])
