"""Explain: where the amount of an issued line comes from, told from what is stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from solde.domain.catalog import Price
from solde.domain.errors import NotFoundError
from solde.domain.identity import instant_of
from solde.domain.invoicing.billed import billed_lines
from solde.domain.invoicing.draft import LATE_CHARGE, LATE_CREDIT
from solde.domain.money import Money
from solde.domain.periods import Period
from solde.domain.pricing import Quantity
from solde.domain.rating import (
    BilledLine,
    ExtraLine,
    Measure,
    Proposal,
    Terms,
    Window,
    credited,
    propose,
)
from solde.domain.rating.stages import at_part
from solde.domain.subscriptions import Subscription, granted
from solde.domain.usage.quantity import NegativeUsageError
from solde.ports.billing import Billable, Header
from solde.workflows.bill_run.context import BillRunContext
from solde.workflows.bill_run.customer import (
    LONGEST_CYCLE,
    closed_document,
    measure_of,
    price_ids,
)

ONE_DAY = timedelta(days=1)
Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Explanation:
    """
    An issued line with what it follows from.

    `stored` is the line as it stands in the document; `before` are the lines of its rounding key
    that were issued before it (R3); `proposed` is what the timeline proposes for the key today,
    None where it proposes nothing any more.
    """

    header: Header
    stored: Mapping[str, Any]
    line: BilledLine
    before: tuple[BilledLine, ...]
    price: Price
    proposed: Proposal | None

    @property
    def exact_before(self) -> Fraction:
        return sum((one.exact for one in self.before), Fraction(0))

    @property
    def net_before(self) -> Money:
        return sum((one.net for one in self.before), Money(0, self.line.net.currency))


def explain_line(header: Header, place: int, context: BillRunContext) -> Explanation:
    """
    Explain the line with a number of an issued document.

    Raises:
        NotFoundError: the document has no such line, or bills nothing.

    """
    if header.kind in (LATE_CHARGE, LATE_CREDIT):
        raise NotFoundError("line: expected one of an invoice or credit note, found late charges")
    document = closed_document(header, context)
    count = len(document["lines"])
    if not 1 <= place <= count:
        raise NotFoundError(f"line: expected 1 to {count}, found {place}")
    stored = document["lines"][place - 1]
    (line,) = _read(document, [stored])
    billable = _billable(header, line, context)
    return Explanation(
        header=header,
        stored=stored,
        line=line,
        before=_before(header, stored, document, context),
        price=_price(line, billable, context),
        proposed=_proposed(header, line, billable, context),
    )


def _billable(header: Header, line: BilledLine, context: BillRunContext) -> Billable:
    """Read the subscription of a line alone, unless what it pays follows from others as well."""
    only = line.subscription_id
    one = context.billing.load(header.customer_id, header.entity, only=only)
    catalog = context.catalogs.catalog(price_ids(one.subscriptions))
    granted_ = [grant for each in one.subscriptions for grant in granted(each)]
    bundles = any(each.offer.together for each in (*one.grants, *granted_))
    if not bundles and not any(each.across for each in catalog.prices.values()):
        return one
    return context.billing.load(header.customer_id, header.entity)


def _read(document: Document, lines: Sequence[Document]) -> list[BilledLine]:
    return list(billed_lines({**document, "lines": lines}))


def _price(line: BilledLine, billable: Billable, context: BillRunContext) -> Price:
    if line.by_hand:
        return _by_hand(line, billable).price
    catalog = context.catalogs.catalog([line.key.price_id])
    price = catalog.price(line.key.price_id, line.key.price_version)
    return at_part(price.of(line.net.currency), line.key.part)


def _by_hand(line: BilledLine, billable: Billable) -> Proposal:
    every = (one for one in billable.adjustments if isinstance(one, ExtraLine))
    found = next((one for one in every if one.key == line.key), None)
    if found is None:
        raise NotFoundError("line: expected one of what was supplied, found one of a deposit")
    return found.proposal()


def _before(
    header: Header, stored: Document, document: Document, context: BillRunContext
) -> tuple[BilledLine, ...]:
    """Return the key's earlier lines; those of one run are rounded credits first, then by day."""
    earlier: list[BilledLine] = []
    beside: list[BilledLine] = []
    sealed_at = _sealed_at(header)
    (line,) = _read(document, [stored])
    for one in _headers(header, line.key.period.start_on, context):
        together = one.run_id == header.run_id
        if not together and _sealed_at(one) >= sealed_at:
            continue
        found = document if one.id == header.id else closed_document(one, context)
        mine = [each for each in found["lines"] if _same(each, stored)]
        (beside if together else earlier).extend(_read(found, mine))
    beside.sort(key=_order)
    return (*earlier, *beside[: beside.index(line)])


def _headers(header: Header, covered: date, context: BillRunContext) -> Sequence[Header]:
    """Return the documents of the entity that may have billed a day, oldest first."""
    found = context.billing.headers(header.customer_id, issued_since=covered - LONGEST_CYCLE)
    return [
        one for one in reversed(found) if one.entity == header.entity and one.covered_to > covered
    ]


def _sealed_at(header: Header) -> datetime:
    return instant_of(header.id) or datetime.min.replace(tzinfo=UTC)


def _same(one: Document, other: Document) -> bool:
    """Tell whether two stored lines have the same rounding key (R3)."""
    if one["item"] != other["item"] or one["component"] != other["component"]:
        return False
    price, others = one["price"], other["price"]
    named = all(price.get(name) == others.get(name) for name in ("id", "version", "part"))
    return named and one["kind"] == other["kind"] and one["period"] == other["period"]


def _order(line: BilledLine) -> tuple[bool, date]:
    return (line.exact >= 0, line.service.start_on)


def _of_any_usage(measure: Measure) -> Measure:
    """Measure nothing where usage is below zero: what else was billed is explained all the same."""

    def measured(
        subscription: Subscription, meter: str, days: Period, whole: Period | None = None, /
    ) -> tuple[Quantity, int, str]:
        try:
            return measure(subscription, meter, days, whole)
        except NegativeUsageError:
            return Quantity(Decimal(0)), 0, ""

    return measured


def _proposed(
    header: Header, line: BilledLine, billable: Billable, context: BillRunContext
) -> Proposal | None:
    """Propose the charge anew, with the days and quantities that the timeline has today."""
    if line.by_hand:
        return next(credited([_by_hand(line, billable)], billable.adjustments))
    mine = [one for one in billable.subscriptions if one.id == line.subscription_id]
    only = line.subscription_id if len(mine) == len(billable.subscriptions) else ""
    period = line.key.period
    window = Window(after=period.start_on - ONE_DAY, target_on=period.end_on)
    catalog = context.catalogs.catalog(price_ids(billable.subscriptions))
    taxes = context.entities.entity(header.entity).regime.billed_on(header.issued_on)
    regime = taxes.known(billable.customer.standings)
    measure = _of_any_usage(measure_of(billable, window, catalog, context, only))
    terms = Terms(catalog, regime, measure, billable.grants, billable.subscriptions)
    proposals = (one for subscription in mine for one in propose(subscription, window, terms))
    mine_now = [one for one in proposals if one.key == line.key]
    return next(credited(mine_now, billable.adjustments), None)
