"""Load, decide: what one customer would be billed, for the plan of a run and for a preview."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import orjson

from solde.domain.catalog import Catalog, ChargeKind
from solde.domain.discounts import Grant, Left, Level, Order, left_of
from solde.domain.invoicing.allowances import Given, given_by
from solde.domain.invoicing.billed import standing_lines
from solde.domain.invoicing.parties import Entity
from solde.domain.invoicing.plan import Billed, CustomerPlan, Looked, decide, looked
from solde.domain.invoicing.taken import NOTHING, Issued, Taken, taken_from
from solde.domain.invoicing.usage_shown import asked as asked_parts
from solde.domain.invoicing.usage_shown import measured_since
from solde.domain.periods import Period, calendar
from solde.domain.pricing import Quantity
from solde.domain.rating import BilledLine, ExtraLine, Measure, Terms, Window
from solde.domain.settlement import Lot, prepay
from solde.domain.subscriptions import Subscription, billed_as, granted
from solde.domain.tax import Exchange
from solde.domain.values import light
from solde.ports.billing import Billable, Header
from solde.workflows.bill_run.context import BillRunContext

ONE_DAY = timedelta(days=1)
LONGEST_CYCLE = timedelta(days=400)
"""
How far before a reopened day the document can have been issued that billed it in advance, and how
far back a gauge is looked for that has not moved since.
"""

NONE: tuple[Sequence[BilledLine], Taken] = ((), NOTHING)
"""What was billed of the periods that a plan looks at again, where it does at none."""


@dataclass(frozen=True, slots=True)
class Asked:
    entity: Entity
    target_on: date
    rates_on: date | None = None
    """The day whose rates of tax and exchange count: that of the run; else the target day."""
    issued_before: date | None = None
    """Only what was issued before this day counts as billed; None: all."""


@light
@dataclass(frozen=True, slots=True)
class Gathered:
    """Everything that a plan follows from."""

    billed: Billed
    subscriptions: Sequence[Subscription]
    window: Window
    terms: Terms
    credit: Sequence[Lot] = ()
    """What the customer has as credit."""


def plan_of(billable: Billable, asked: Asked, context: BillRunContext) -> CustomerPlan:
    """Gather what the plan needs besides what was read, and decide; nothing is written."""
    found = gather(billable, asked, context)
    return with_credit(found, decide(looked_at(found)))


def looked_at(found: Gathered) -> Looked:
    return looked(found.billed, found.subscriptions, found.window, found.terms)


def with_credit(found: Gathered, plan: CustomerPlan) -> CustomerPlan:
    """Return the plan with the credit that its documents use."""
    if not found.credit:
        return plan
    return replace(plan, documents=prepay(plan.documents, found.credit, found.window.target_on))


def gather(billable: Billable, asked: Asked, context: BillRunContext) -> Gathered:
    """
    Gather what a plan follows from.

    A run that comes behind one of a later day looks as far as that one did: what changed
    meanwhile may be due on a day between the two, and this plan is what clears the mark.
    """
    state = billable.state
    after = state.through or date.min
    agreed = billed_as(billable.subscriptions, max(asked.target_on, after))
    catalog = context.catalogs.catalog(price_ids(billable.subscriptions))
    dirty_from, target_on = state.dirty_from, max(asked.target_on, after)
    if catalog.versions and state.through:
        dirty_from = _taken_over(catalog, Period(after, target_on + ONE_DAY), dirty_from)
    window = Window(after, target_on, dirty_from)
    lines, taken = _reopened(billable, dirty_from, asked, context) if dirty_from else NONE
    if lines:
        catalog = context.catalogs.catalog(price_ids(billable.subscriptions, lines))
    parts = asked_parts(asked.entity, billable.customer)
    since = measured_since(target_on) if parts else None
    measure = measure_of(billable, window, catalog, context, since=since)
    rates_on = asked.rates_on or target_on
    regime = asked.entity.regime.billed_on(rates_on).known(billable.customer.standings)
    given = _given(billable, window, context)
    rates = _exchange(billable, Asked(asked.entity, rates_on), context)
    return Gathered(
        Billed(
            customer=billable.customer,
            entity=asked.entity,
            lines=lines,
            taken=taken,
            given=given,
            exchange=rates,
            adjustments=billable.adjustments,
            gifts=_gifts(billable, target_on, context),
        ),
        agreed,
        window,
        Terms(
            catalog,
            regime,
            measure,
            billable.grants,
            agreed,
            Order(asked.entity.discount_order),
        ),
        context.billing.lots(state.customer_id, state.entity) if state.credit else (),
    )


def _taken_over(catalog: Catalog, days: Period, dirty_from: date | None) -> date | None:
    """
    Reopen the days from which a version is taken over inside periods that are billed.

    It was published before they came, so who is billed for them is the first to know.
    """
    found = [
        one.from_on
        for versions in catalog.versions.values()
        for one in versions
        if one.mid_period and days.start_on < one.from_on < days.end_on
    ]
    return min(found if dirty_from is None else [dirty_from, *found], default=None)


def _exchange(billable: Billable, asked: Asked, context: BillRunContext) -> Mapping[str, Exchange]:
    """Read the rates of currencies that the entity does not book in; most have no such."""
    agreed = {one.currency for one in billable.subscriptions}
    by_hand = {one.currency for one in billable.adjustments if isinstance(one, ExtraLine)}
    return exchange_of(agreed | by_hand, asked, context)


def exchange_of(
    currencies: Iterable[str], asked: Asked, context: BillRunContext
) -> Mapping[str, Exchange]:
    """Read the last rate known of each currency that the entity does not book in."""
    booked_in = asked.entity.currency
    others = {one for one in currencies if one != booked_in}
    if not others or not asked.entity.regime.classes:
        return {}
    found = {
        one: context.catalogs.exchange(booked_in, one, asked.target_on) for one in sorted(others)
    }
    return {one: rate for one, rate in found.items() if rate}


def price_ids(subscriptions: Sequence[Subscription], lines: Sequence[BilledLine] = ()) -> list[str]:
    """Name the prices of all that was ever agreed: to ask what was served costs a timeline."""
    present = {item.price_id for one in subscriptions for item in one.items_ever()}
    return sorted(present | {line.key.price_id for line in lines if not line.by_hand})


def _reopened(
    billable: Billable, dirty_from: date, asked: Asked, context: BillRunContext
) -> tuple[Sequence[BilledLine], Taken]:
    """
    Return what was billed of the periods that end after a day, and what was taken back of it.

    Lines are those of documents that reach beyond the day, oldest first. Whatever corrects one of
    these was issued after it, however late, so it is among the headers; they say what they take.
    """
    headers = [
        one
        for one in context.billing.headers(
            billable.state.customer_id, issued_since=_back(dirty_from, LONGEST_CYCLE)
        )
        if one.entity == billable.state.entity
        and (asked.issued_before is None or one.issued_on < asked.issued_before)
    ]
    lines = standing_lines(
        closed_document(header, context)
        for header in reversed(headers)
        if header.covered_to > dirty_from
    )
    return lines, taken_from(Issued(one.id, one.bases, one.back, one.charged) for one in headers)


def _given(billable: Billable, window: Window, context: BillRunContext) -> Given:
    """
    Add up what amounts off documents were given of the periods that the window can bill.

    Who has no such discount is not read again; one that is carried is read from its first day.
    """
    grants = [
        one
        for one in (*billable.grants, *_granted(billable.subscriptions))
        if one.offer.level is Level.DOCUMENT and one.offer.discount.amount is not None
    ]
    if not grants:
        return {}
    state, since = billable.state, min(one.from_on for one in grants)
    covered = since if any(one.offer.carry for one in grants) else max(since, window.first_on)
    headers = context.billing.headers(state.customer_id, issued_since=_back(since, LONGEST_CYCLE))
    return given_by(
        standing_lines(
            closed_document(header, context)
            for header in headers
            if header.entity == state.entity and header.covered_to > covered
        )
    )


def _gifts(billable: Billable, on: date, context: BillRunContext) -> Sequence[Left]:
    """Read what is left of gifts, of the heads of all that was issued since the first of them."""
    there = [one for one in billable.gifts if one.there(on)]
    if not there:
        return ()
    since = min(one.on for one in there)
    headers = context.billing.headers(billable.state.customer_id, issued_since=since)
    return left_of(there, (one.gifts for one in headers), on)


def _granted(subscriptions: Sequence[Subscription]) -> Iterator[Grant]:
    for one in subscriptions:
        if one.changes:
            yield from granted(one)


def closed_document(header: Header, context: BillRunContext) -> dict[str, Any]:
    """Read a document from the pack that it lies in."""
    place = header.place
    body = context.objects.get_range(place.key, offset=place.offset, length=place.length)
    document: dict[str, Any] = orjson.loads(body)
    return document


def measure_of(
    billable: Billable,
    window: Window,
    catalog: Catalog,
    context: BillRunContext,
    only: str = "",
    since: date | None = None,
) -> Measure:
    """
    Read what the customer used in the periods that a window can look at; `only` one's usage.

    With `since`, what he used from that day on as well: in the same query, over more months.
    """
    if not any(price.kind is ChargeKind.USAGE for price in catalog.prices.values()):
        return _nothing_used
    first_on = _first_measured(billable.subscriptions, window.first_on) or window.target_on
    if any(one.across for one in catalog.prices.values()):
        # A commitment over all of them also counts periods of others that began before its own.
        first_on = _first_measured(billable.subscriptions, first_on) or first_on
    if any(one.carries for one in catalog.meters.values()):
        # What stands was said at any time before: a value once set holds until another is.
        first_on = min((one.start_on for one in billable.subscriptions), default=first_on)
    if since:
        first_on = min(first_on, since)
    if first_on >= window.target_on:
        return _nothing_used
    within = Period(first_on, window.target_on)
    return context.usage.measure(billable.state.customer_id, within, catalog, only=only)


def _first_measured(subscriptions: Sequence[Subscription], on: date) -> date | None:
    """Return where the earliest period begins that may be measured: the one that a day opens in."""
    return min((_measured_from(one, on) for one in subscriptions), default=None)


def _measured_from(subscription: Subscription, on: date) -> date:
    first_on = max(subscription.start_on, on)
    every = [calendar(phase.cycle) for phase in subscription.phases()]
    begins_on = min([one.period(one.number_at(first_on)).start_on for one in every])
    return max(subscription.start_on, begins_on)


def _nothing_used(
    subscription: Subscription, meter: str, period: Period, _: Period | None = None, /
) -> tuple[Quantity, int, str]:
    raise AssertionError(f"{subscription.id}: {meter} was not read for {period}")


def _back(day: date, by: timedelta) -> date:
    return day - by if day - date.min > by else date.min
