"""Corrections: nobody is given back more than he was billed, nor other tax than he was charged."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from solde.domain.credit.remains import Charged, charge_of
from solde.domain.invoicing.amounts import charged
from solde.domain.invoicing.taken import (
    charged_of,
    given_back,
    gross_taken_back,
    line_tax_taken_back,
    rate_key,
    tax_taken_back,
)
from solde.domain.money import Money
from solde.domain.tax import Inclusive, Treatment
from solde.ports.audit import Stored
from solde.ports.billing import Header
from solde.ports.objects import ObjectStore
from solde.workflows.verify.report import Finding, differing, finding

NOTE = "credit_note"


class Taking(NamedTuple):
    """What one document takes back of another at one rate; `before` and `tax` as a note says."""

    by: Header
    base: int
    before: int | None
    tax: int


class LineTaking(NamedTuple):
    """The charge that a line takes from, how much, and how many amounts it was rounded from."""

    charge: Charged
    minor: int
    roundings: int


@dataclass(slots=True)
class Corrections:
    """What is taken back, gathered while every document is read; originals are read again."""

    takings: dict[str, dict[str, list[Taking]]] = field(default_factory=dict)
    """By original, then rate."""
    lines: dict[str, list[LineTaking]] = field(default_factory=lambda: defaultdict(list))
    """By original."""
    wrong: list[str] = field(default_factory=list)
    notes: int = 0

    def add(self, header: Header, document: Mapping[str, Any]) -> None:
        sign = 1 if document["kind"] == NOTE else -1
        for line in document["lines"]:
            if sign * charged(line) > 0 and "corrects" in line:
                taking = LineTaking(charge_of(line), sign * charged(line), _roundings(line))
                self.lines[line["corrects"]["id"]].append(taking)
        back = given_back(document)
        self.wrong += differing(f"{header.number}: back as its header says", back, header.back)
        if document["kind"] == NOTE:
            self.notes += 1
            self.wrong += _of_note(header, document, back)
            self._note(header, document)
        else:
            for original, bases in back.items():
                for key, base in bases.items():
                    self._take(original, key, Taking(header, base, None, 0))

    def _note(self, header: Header, document: Mapping[str, Any]) -> None:
        for original in document.get("corrects", ()):
            for one in original.get("taxes", ()):
                key = rate_key(one["category"], one["rate"])
                base = one.get("with_tax", one["base"])
                taking = Taking(header, base, one["before"], one["tax"])
                self._take(original["id"], key, taking)

    def _take(self, original: str, key: str, taking: Taking) -> None:
        self.takings.setdefault(original, {}).setdefault(key, []).append(taking)

    def finding(self, stored: Stored, objects: ObjectStore) -> Finding:
        """I36, when every document was added."""
        headers = {one.id: one for one in stored.headers}
        wrong = list(self.wrong)
        for original, by_rate in sorted(self.takings.items()):
            header = headers.get(original)
            takers = [one for some in by_rate.values() for one in some]
            if header is None:
                wrong.append(f"{takers[0].by.number}: corrects {original}, which is not there")
                continue
            wrong += _named(header, takers)
            wrong += self._taken(header, objects)
        title = "nothing is given back that was not billed"
        return finding("I36", title, self.notes, wrong)

    def _taken(self, header: Header, objects: ObjectStore) -> Iterator[str]:
        """Compare what is taken back of an original with what it charges, by charge and rate."""
        supplied: Counter[str] = Counter()
        billed: Counter[Charged] = Counter()
        document = _document(header, objects)
        for line in _supplied(document):
            supplied[_rate(line)] += charged(line)
            billed[charge_of(line)] += charged(line)
        taken: Counter[Charged] = Counter()
        times: Counter[Charged] = Counter()
        for charge, minor, roundings in self.lines[header.id]:
            taken[charge] += minor
            times[charge] += roundings
        for charge in sorted(taken):
            # Lines of a key are rounded in sum (R3), each discount of them too: every rounding
            # may take a unit more than its own share.
            if taken[charge] > billed[charge] + times[charge]:
                where = f"{header.number}: {charge[1]} {charge[4]}"
                yield f"{where}: billed {billed[charge]}, given back {taken[charge]}"
        for key, takings in sorted(self.takings[header.id].items()):
            money = Money(supplied[key], header.currency)
            by_line = (charged_of(document) or {}).get(key)
            rule = _Rule(key, money, document.get("inclusive", ""), by_line)
            yield from _counted_up(header, rule, takings)


def _roundings(line: Mapping[str, Any]) -> int:
    return 1 + len(line.get("discounts", ())) + len(line.get("allowances", ()))


def _of_note(
    header: Header, document: Mapping[str, Any], back: Mapping[str, Mapping[str, int]]
) -> Iterator[str]:
    """Compare what a note says to take of each original with its lines."""
    said = {
        one["id"]: {
            rate_key(tax["category"], tax["rate"]): tax.get("with_tax", tax["base"])
            for tax in one.get("taxes", ())
        }
        for one in document.get("corrects", ())
    }
    told = {original: {k: v for k, v in bases.items() if v} for original, bases in said.items()}
    told = {original: bases for original, bases in told.items() if bases}
    yield from differing(f"{header.number}: bases by original", told, back)
    for line in document["lines"]:
        if line["net"] < 0:
            yield f"{header.number} line {line['line']}: expected 0 or more, found {line['net']}"
        if line["net"] and "corrects" not in line and line["kind"] != "usage":
            yield f"{header.number} line {line['line']}: takes back of no document"


def _named(header: Header, takers: list[Taking]) -> Iterator[str]:
    for one in takers:
        owner = (one.by.customer_id, one.by.entity)
        what = f"{one.by.number}: customer and entity of {header.number}"
        yield from differing(what, (header.customer_id, header.entity), owner)


class _Rule(NamedTuple):
    """How the tax of an original is counted at one rate, and what it has supplied there."""

    key: str
    supplied: Money
    inclusive: str
    charged: int | None = None
    """Its tax, where that was rounded per line."""

    def tax(self, taken: int, before: int) -> int:
        treatment, money = self._treatment(), Money(taken, self.supplied.currency)
        supplied = self.supplied.minor
        if self.inclusive:
            policy = Inclusive(self.inclusive)
            _, tax = gross_taken_back(money, treatment, policy, before=before, supplied=supplied)
            return tax.minor
        if self.charged is not None and supplied:
            whole = Money(self.charged, self.supplied.currency)
            return line_tax_taken_back(money, whole, before=before, supplied=supplied).minor
        return tax_taken_back(money, treatment, before=before, supplied=supplied).minor

    def _treatment(self) -> Treatment:
        category, _, rate = self.key.partition("/")
        return Treatment(category, Decimal(rate))


def _counted_up(header: Header, rule: _Rule, takings: list[Taking]) -> Iterator[str]:
    """
    Follow what was taken back of an original at one rate, in the order of issue (R14).

    Documents of one version of the customer were planned together, in an order of their groups
    that they do not tell: there `before` has room.
    """
    versions: dict[int, list[Taking]] = defaultdict(list)
    for one in takings:
        versions[one.by.snapshot].append(one)
    so_far = tax = 0
    for _, beside in sorted(versions.items()):
        others = sum(one.base for one in beside)
        for one in beside:
            if one.before is None:
                continue
            where = f"{one.by.number}: of {header.number} at {rule.key}"
            if not so_far <= one.before <= so_far + others - one.base:
                yield f"{where}: expected {so_far} taken back before, found {one.before}"
            yield from differing(f"{where}: tax", rule.tax(one.base, one.before), one.tax)
            tax += one.tax
        so_far += others
    most = rule.tax(rule.supplied.minor, 0)
    if tax > most:
        yield f"{header.number} at {rule.key}: tax {most}, given back {tax}"


def _document(header: Header, objects: ObjectStore) -> Mapping[str, Any]:
    place = header.place
    body = objects.get_range(place.key, offset=place.offset, length=place.length)
    document: Mapping[str, Any] = json.loads(body)
    return document


def _supplied(document: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield the lines of a document that charge; what it nets was supplied by others."""
    for line in document["lines"]:
        if charged(line) > 0 and document["kind"] != NOTE:
            yield line


def _rate(line: Mapping[str, Any]) -> str:
    return rate_key(line["tax"]["category"], line["tax"]["rate"])
