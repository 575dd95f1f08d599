"""
The document of late charges: all days since the due date, less what was charged before (R24).

So the interest of an invoice is rounded once, over all documents that charge it: each says what
the whole comes to by its day, and takes off what the earlier ones said.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate
from typing import Any, NamedTuple

from solde.domain.errors import InvalidError, StateConflictError
from solde.domain.invoicing.document import ENGINE, SCHEMA
from solde.domain.invoicing.draft import LATE_CHARGE
from solde.domain.invoicing.parties import (
    Customer,
    Entity,
    customer_document,
    entity_document,
    templates_document,
)
from solde.domain.invoicing.texts import exact_text, plain
from solde.domain.languages import language_of
from solde.domain.late.agreement import Agreed, Agreement, agreement_of
from solde.domain.late.interest import ONE_DAY, Owed, Stretch, last_late_on, stretches
from solde.domain.late.rates import ReferenceRate, half_year, rate_of
from solde.domain.ledger import LATE
from solde.domain.money import Rounding, money
from solde.domain.periods import Period

FEE = 40_00
"""Forty euros for each invoice that is paid late (Code de commerce D441-5)."""
FEE_CURRENCY = "EUR"

Document = Mapping[str, Any]


class LateCharged(NamedTuple):
    """What a document of late charges charges: of which invoice, to which day, minor units."""

    invoice_id: str
    through: date
    interest: int
    fee: int
    request: str


@dataclass(frozen=True, slots=True)
class Earlier:
    """A document that has charged something of the same invoice."""

    id: str
    number: str
    issued_on: date
    charged: LateCharged


@dataclass(frozen=True, slots=True)
class Wanted:
    """`request` is the same for the same request; `through` is the last day that may count."""

    request: str
    through: date


@dataclass(frozen=True, slots=True)
class Late:
    """A closed invoice with all that its late charges follow from."""

    document: Document
    owed: Owed
    rates: Sequence[ReferenceRate]
    earlier: Sequence[Earlier] = ()

    @property
    def charged_through(self) -> date:
        """The last day that was charged; without any, the due date."""
        return max((one.charged.through for one in self.earlier), default=self.owed.due_on)


def late_document(
    late: Late, wanted: Wanted, *, entity: Entity, customer: Customer
) -> dict[str, Any]:
    """
    Return the draft of a document that charges an invoice up to a day.

    Raises:
        InvalidError: its customer was a consumer, no rate follows from it, or it is not in euros.
        NoRateError: the reference rate of a half-year is not known.
        StateConflictError: no day is late, or all that are were charged.

    """
    agreement = agreement_of(late.document)
    _must_be_in_euros(late.owed)
    through = _through(late, wanted.through)
    found = stretches(late.owed, through, lambda day: _percent(day, agreement, late.rates))
    lines = [*_interest(found), *_before(late), *_fee(late)]
    total = sum(one["net"] for one in lines)
    interest = sum(one["net"] for one in lines if one["kind"] != "recovery_fee")
    if interest < 0 or total <= 0:
        raise StateConflictError(
            f"late charges: expected more than the {_charged_before(late)} that were charged, "
            f"found {_charged_before(late) + interest}"
        )
    days = Period(late.owed.due_on + ONE_DAY, through + ONE_DAY)
    return {
        "schema": SCHEMA,
        "engine": ENGINE,
        "kind": LATE_CHARGE,
        "entity": entity_document(entity),
        "customer": customer_document(customer),
        "currency": late.owed.gross.currency,
        "language": language_of(customer.language, entity.language),
        "time_zone": entity.time_zone,
        "terms": {"days": 0, "collection": customer.collection},
        "group": {"apart": ""},
        "lines": [{"line": place, **one} for place, one in enumerate(lines, 1)],
        "taxes": [],
        "totals": {"net": total, "tax": 0, "gross": total, "prepaid": 0, "due": total},
        "period": _days(days),
        "mentions": [],
        "late": {
            "invoice": _named(late),
            "through": through.isoformat(),
            "interest": interest,
            "fee": total - interest,
            "request": wanted.request,
            "settled": [[one.on.isoformat(), one.minor] for one in late.owed.settled],
            "rates": list(_rates(found, agreement, late.rates)),
        },
        **templates_document(entity, customer),
    }


def late_charged(document: Document) -> LateCharged | None:
    """Return what a document charges of an invoice that is late; None of all other documents."""
    if document["kind"] != LATE_CHARGE:
        return None
    said = document["late"]
    through = date.fromisoformat(said["through"])
    return LateCharged(
        said["invoice"]["id"], through, said["interest"], said["fee"], said["request"]
    )


def _through(late: Late, asked: date) -> date:
    """Return the last day that is charged, which must be one that no document has charged."""
    owed = late.owed
    last_on = last_late_on(owed, asked)
    if last_on is None:
        raise StateConflictError(
            f"through: expected a day after {owed.due_on} on which something was open, found none "
            f"by {asked}",
            pointer="/through",
        )
    if last_on <= late.charged_through:
        raise StateConflictError(
            f"through: expected a late day after {late.charged_through}, up to which all is "
            f"charged, found {last_on}",
            pointer="/through",
        )
    return last_on


def _must_be_in_euros(owed: Owed) -> None:
    """Refuse other currencies: no law says at which day's rate the fee would be converted."""
    if owed.gross.currency != FEE_CURRENCY:
        raise InvalidError(
            f"currency: expected an invoice in {FEE_CURRENCY}, found {owed.gross.currency}"
        )


def _percent(day: date, agreement: Agreement, rates: Sequence[ReferenceRate]) -> Decimal:
    if isinstance(agreement, Agreed):
        return agreement.percent
    return rate_of(day, rates).percent + agreement.points


def _interest(found: Sequence[Stretch]) -> Iterator[dict[str, Any]]:
    """Yield a line a stretch; amounts are rounded in sum, so that the whole is rounded once."""
    sums = accumulate((one.exact for one in found), initial=Fraction(0))
    rounded = [money(one, found[0].base.currency, Rounding.HALF_AWAY).minor for one in sums]
    for one, before, after in zip(found, rounded, rounded[1:], strict=False):
        yield {
            "kind": "interest",
            "account": LATE,
            "service": _days(one.days),
            "days": one.days.days,
            "owed": one.base.minor,
            "percent": plain(one.percent),
            "exact": exact_text(one.exact),
            "net": after - before,
        }


def _before(late: Late) -> Iterator[dict[str, Any]]:
    """Yield what earlier documents have charged of the interest, to be taken off."""
    for one in late.earlier:
        if one.charged.interest:
            named = {"id": one.id, "number": one.number, "issued_on": one.issued_on.isoformat()}
            yield {
                "kind": "charged_before",
                "account": LATE,
                "document": named,
                "net": -one.charged.interest,
            }


def _fee(late: Late) -> Iterator[dict[str, Any]]:
    """Yield the sum that is due once for an invoice, where no document has charged it."""
    if not any(one.charged.fee for one in late.earlier):
        yield {"kind": "recovery_fee", "account": LATE, "net": FEE}


def _charged_before(late: Late) -> int:
    return sum(one.charged.interest for one in late.earlier)


def _named(late: Late) -> dict[str, Any]:
    said = late.document["envelope"]
    named = {name: said[name] for name in ("id", "number", "issued_on", "due_on")}
    return {**named, "gross": late.owed.gross.minor}


def _rates(
    found: Sequence[Stretch], agreement: Agreement, rates: Sequence[ReferenceRate]
) -> Iterator[dict[str, str]]:
    """Yield how each rate comes about, by half-year."""
    if isinstance(agreement, Agreed):
        yield {"agreed": plain(agreement.percent)}
        return
    for begun in sorted({half_year(one.days.start_on) for one in found}):
        rate = rate_of(begun, rates)
        yield {
            "from_on": begun.isoformat(),
            "reference": plain(rate.percent),
            "points": plain(agreement.points),
            "source": rate.source,
        }


def _days(days: Period) -> dict[str, str]:
    return {
        "start_on": days.start_on.isoformat(),
        "end_on": days.end_on.isoformat(),
        "last_on": days.last_on.isoformat(),
    }
