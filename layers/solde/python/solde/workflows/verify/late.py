"""Late charges: each document follows from what it says, and no day and no fee is charged twice."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

from solde.domain.late import LateCharged, Owed, Settled, half_year, late_charged, stretches
from solde.domain.money import Money, Rounding, money
from solde.ports.audit import Stored
from solde.ports.billing import Header
from solde.workflows.verify.report import Finding, differing, finding

Document = Mapping[str, Any]


def late_sums(found: Iterable[tuple[Header, Document]]) -> Iterator[str]:
    """Prove each document by itself, and that those of one invoice sum to its interest in whole."""
    charged: Counter[str] = Counter()
    for header, document in sorted(found, key=lambda one: one[0].id):
        yield from _follows(header, document)
        late, lines = document["late"], document["lines"]
        charged[late["invoice"]["id"]] += late["interest"]
        whole = sum(one["net"] for one in lines if one["kind"] == "interest")
        said = f"{header.number}: interest charged so far"
        yield from differing(said, whole, charged[late["invoice"]["id"]])


def _follows(header: Header, document: Document) -> Iterator[str]:
    """Compute the interest of a document again from its invoice, payments and rates (R24)."""
    number, late, lines = header.number, document["late"], document["lines"]
    charged = [one for one in lines if one["kind"] == "interest"]
    sum_of, before = Fraction(0), 0
    expected = []
    for one in stretches(_owed(document), date.fromisoformat(late["through"]), _percents(late)):
        sum_of += one.exact
        total = money(sum_of, document["currency"], Rounding.HALF_AWAY).minor
        said = one.days.start_on.isoformat(), one.days.days, one.base.minor, one.percent
        expected.append((*said, total - before))
        before = total
    found = [
        (one["service"]["start_on"], one["days"], one["owed"], Decimal(one["percent"]), one["net"])
        for one in charged
    ]
    yield from differing(f"{number}: interest by days", expected, found)
    gross = sum(one["net"] for one in lines)
    yield from differing(f"{number}: interest and fee", gross, late["interest"] + late["fee"])
    yield from differing(f"{number}: gross", gross, document["totals"]["gross"])
    yield from differing(f"{number}: taxes", [], document["taxes"])
    yield from differing(f"{number}: total shown", gross, header.gross_minor)
    yield from differing(f"{number}: charges shown", late_charged(document), header.late)


def _owed(document: Document) -> Owed:
    invoice = document["late"]["invoice"]
    settled = [Settled(date.fromisoformat(on), minor) for on, minor in document["late"]["settled"]]
    gross = Money(invoice["gross"], document["currency"])
    return Owed(gross, date.fromisoformat(invoice["due_on"]), settled)


def _percents(late: Mapping[str, Any]) -> Callable[[date], Decimal]:
    """Return the percent a year of each day, as a document says it."""
    rates = {
        date.fromisoformat(one["from_on"]): Decimal(one["reference"]) + Decimal(one["points"])
        for one in late["rates"]
        if "from_on" in one
    }
    agreed = [Decimal(one["agreed"]) for one in late["rates"] if "agreed" in one]
    return lambda day: agreed[0] if agreed else rates[half_year(day)]


def late_once(stored: Stored) -> Finding:
    """I39: of an invoice no day bears interest twice, and the fee is charged once."""

    def violations() -> Iterator[str]:
        for invoice_id, found in sorted(of.items()):
            yield from _turns(invoice_id, found)
            header = headers.get(invoice_id)
            shown = header.late_to if header else None
            last = max(one.through for one in found)
            yield from differing(f"{invoice_id}: charged through", last, shown)
        for header in stored.headers:
            if header.late_to and header.id not in of:
                yield f"{header.number}: charged through {header.late_to} by no document"

    headers = {one.id: one for one in stored.headers}
    of: dict[str, list[LateCharged]] = defaultdict(list)
    for one in sorted(stored.headers, key=lambda header: header.id):
        if one.late:
            of[one.late.invoice_id].append(one.late)
    count = sum(len(one) for one in of.values())
    return finding("I39", "late charges charge a day and a fee once", count, violations())


def _turns(invoice_id: str, found: list[LateCharged]) -> Iterator[str]:
    for before, after in pairwise(found):
        if after.through <= before.through:
            yield f"{invoice_id}: charged through {after.through}, after {before.through}"
    yield from differing(f"{invoice_id}: fees", 1, sum(1 for one in found if one.fee))
