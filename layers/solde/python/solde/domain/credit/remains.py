"""
What is left of an issued invoice: per line, per category and rate, and in total.

All amounts are in the prices of the document, in minor units: with tax where they include it. A
correction by a run names its charge and no line, so what it took is taken of all lines of that
charge together; a credit by hand names its line.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from solde.domain.invoicing.amounts import charged
from solde.domain.invoicing.canonical import ENVELOPE
from solde.domain.invoicing.draft import CREDIT_NOTE
from solde.domain.invoicing.taken import bases_of, given_back, rate_key
from solde.domain.rating import LineCredit

Document = Mapping[str, Any]
Charged = tuple[str, ...]
"""What makes two lines of one charge: item, component, kind, price, period, rate."""


class LineLeft(NamedTuple):
    """A line that charges something, and what was not taken back of it under its own number."""

    line: int
    charge: Charged
    rate: str
    minor: int


@dataclass(frozen=True, slots=True)
class Remains:
    """No line, charge or rate may give back more than stands here of it."""

    currency: str
    lines: tuple[LineLeft, ...]
    charges: Mapping[Charged, int]
    rates: Mapping[str, int]

    @property
    def total(self) -> int:
        return sum(minor for _, minor in self.each())

    def of(self, line: int) -> int:
        """Return the most that a line can give back; nothing where it charges nothing."""
        return max((self._most(one) for one in self.lines if one.line == line), default=0)

    def each(self) -> Iterator[tuple[LineLeft, int]]:
        """Yield each line with what it gives back where all is taken, in their order."""
        rest = self
        for one in self.lines:
            minor = rest.of(one.line)
            rest = rest.after(one.line, minor)
            yield one, minor

    def after(self, line: int, minor: int) -> "Remains":
        """Return what is left when a line gives back as much, which it must have."""
        (one,) = [each for each in self.lines if each.line == line]
        return replace(
            self,
            lines=tuple(
                each._replace(minor=each.minor - minor) if each is one else each
                for each in self.lines
            ),
            charges={**self.charges, one.charge: self.charges[one.charge] - minor},
            rates={**self.rates, one.rate: self.rates[one.rate] - minor},
        )

    def _most(self, one: LineLeft) -> int:
        return max(min(one.minor, self.charges[one.charge], self.rates[one.rate]), 0)


def remains(
    original: Document, later: Iterable[Document], waiting: Iterable[LineCredit] = ()
) -> Remains:
    """
    Return what is left of an invoice after the documents that took back of it.

    `waiting` are credits by hand of it; those that no document tells of yet count as taken.
    """
    found, told = _issued(original), set()
    for document in later:
        found = _less(found, original[ENVELOPE]["id"], document)
        told |= {part["id"] for line in document["lines"] for part in line.get("credited", ())}
    for one in waiting:
        place = _place(original, one)
        if place and one.id not in told and not one.withdrawn:
            found = found.after(place, one.amount.minor)
    return found


def charge_of(line: Mapping[str, Any]) -> Charged:
    """Name the charge that a stored line bills or corrects, with its category and rate."""
    price, period = line["price"], line["period"]
    return (
        line["item"],
        line["component"],
        line["kind"],
        f"{price['id']}/{price['version']}/{price.get('part', '')}",
        period["start_on"],
        _rate(line),
    )


def _issued(original: Document) -> Remains:
    charges: Counter[Charged] = Counter()
    lines = []
    for line in original["lines"] if original["kind"] != CREDIT_NOTE else ():
        if (minor := charged(line)) > 0:
            charges[charge_of(line)] += minor
            lines.append(LineLeft(line["line"], charge_of(line), _rate(line), minor))
    return Remains(original["currency"], tuple(lines), charges, bases_of(original))


def _less(found: Remains, original: str, document: Document) -> Remains:
    """Take off what one document has taken back, of a line where it names one."""
    sign = 1 if document["kind"] == CREDIT_NOTE else -1
    charges, own = Counter(found.charges), Counter[int]()
    for line in document["lines"]:
        minor = sign * charged(line)
        if minor > 0 and line.get("corrects", {}).get("id") == original:
            charges[charge_of(line)] -= minor
            own[line["corrects"].get("line", 0)] += minor
    rates = Counter(found.rates)
    rates.subtract(given_back(document).get(original, {}))
    lines = tuple(one._replace(minor=one.minor - own[one.line]) for one in found.lines)
    return replace(found, lines=lines, charges=charges, rates=rates)


def _place(original: Document, credit: LineCredit) -> int:
    """Return the number of the line that a credit by hand lies on, 0 where it is none of these."""
    key = credit.key
    price = f"{key.price_id}/{key.price_version}/{key.part}"
    named = (key.item_id, key.component, key.kind.value, price)
    wanted = (*named, key.period.start_on.isoformat(), credit.service.start_on.isoformat())
    if original[ENVELOPE]["id"] != credit.invoice_id:
        return 0
    for line in original["lines"]:
        found = (*charge_of(line)[:-1], line["service"]["start_on"])
        if found == wanted and charged(line) > 0:
            return int(line["line"])
    return 0


def _rate(line: Mapping[str, Any]) -> str:
    return rate_key(line["tax"]["category"], line["tax"]["rate"])
