"""Propose everything that should have been billed up to a day: a fold of timeline and usage."""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache, partial
from typing import NamedTuple

from solde.domain.catalog import LIMITS, Catalog, ChargeKind, Price, Product
from solde.domain.errors import InvalidError
from solde.domain.periods import Period
from solde.domain.pricing import Quantity, by_total
from solde.domain.proration import Proration
from solde.domain.rating.allowance import allowed
from solde.domain.rating.charge import Alike, ChargeKey, Proposal, Since, Stretch
from solde.domain.rating.covered import covered, holding
from solde.domain.rating.limits import Spent, limited
from solde.domain.rating.served import Charged, Served, by_charge, served
from solde.domain.rating.terms import Terms, Window
from solde.domain.rating.tiers import in_tiers
from solde.domain.subscriptions import Covering, Subscription, granted
from solde.domain.tax import Regime, treatments

RECURRING = (ChargeKind.ADVANCE, ChargeKind.ARREARS, ChargeKind.ONE_TIME)
"""What is charged by its quantity and days alone."""
BEHIND = (ChargeKind.ARREARS, ChargeKind.USAGE)
"""What is due when its period is over."""


class Outlook(NamedTuple):
    """What of a subscription falls into a window, by item, then period, and what comes next."""

    subscription: Subscription
    charges: Sequence[Charged]
    due: Sequence[tuple[Charged, Served]]
    next_due_on: date | None
    """The first day after the window on which more is due."""


def outlook(subscription: Subscription, window: Window, catalog: Catalog) -> Outlook:
    """Look at the charges of one subscription once, for what is due and for what comes next."""
    due: list[tuple[Charged, Served]] = []
    days: list[date] = []
    first_on = window.first_on
    charges = by_charge(subscription, catalog)
    for charge in charges:
        for one in served(charge, first_on):
            if one.due_on > window.target_on:
                days.append(one.due_on)
                break
            if window.takes(one.due_on, one.period):
                due.append((charge, one))
    return Outlook(subscription, charges, due, min(days, default=None))


def proposals_of(look: Outlook, window: Window, terms: Terms) -> list[Proposal]:
    """Return what should be billed of what is due, with its quantities, discounts and limits."""
    subscription, charges = look.subscription, look.charges
    proposals = [_proposal(subscription, charge, one, terms) for charge, one in look.due]
    if subscription.changes or terms.grants:
        proposals = _discounted(subscription, proposals, terms)
    else:
        proposals = in_tiers(proposals)
    if limits := [one for one in charges if one.price.kind in LIMITS]:
        spending = partial(_spending, subscription, window=window, terms=terms)
        beside = partial(_beside, subscription, window=window, terms=terms)
        proposals = limited(proposals, limits, Spent(spending, beside), terms.regime)
    return proposals


def _spending(
    subscription: Subscription, period: Period, *, window: Window, terms: Terms
) -> Sequence[Proposal]:
    """Propose all that counts against limits of a period, whether it was billed before or not."""
    found: list[Proposal] = []
    for charge in by_charge(subscription, terms.catalog):
        if charge.price.kind in LIMITS:
            continue
        for one in served(charge, period.start_on):
            if one.period.start_on >= period.end_on:
                break
            if one.period.start_on in period and one.due_on <= window.target_on:
                found.append(_proposal(subscription, charge, one, terms))
    return _discounted(subscription, found, terms)


def _beside(
    subscription: Subscription, period: Period, *, window: Window, terms: Terms
) -> Sequence[Proposal]:
    """
    Propose what the customer's other subscriptions charge in a period, held to their caps.

    It counts by the day on which it is due, so that each charge counts in one period, and all of
    them are known when it ends, whatever the cycles: in advance from the first day on, in arrears
    behind it, to the day on which the period ends.
    """
    found: list[Proposal] = []
    for one in terms.held:
        if one.id == subscription.id or one.currency != subscription.currency:
            continue
        charges = by_charge(one, terms.catalog)
        due = [
            _proposal(one, charge, each, terms)
            for charge in charges
            if charge.price.kind not in LIMITS
            for each in _due_in(charge, period)
        ]
        caps = [each for each in charges if each.price.kind is ChargeKind.CAP]
        spending = partial(_spending, one, window=window, terms=terms)
        found += limited(_discounted(one, due, terms), caps, Spent(spending), terms.regime)
    return found


def _due_in(charge: Charged, period: Period) -> Iterator[Served]:
    behind = charge.price.kind in BEHIND
    for one in served(charge, period.start_on):
        if one.due_on > period.end_on:
            return
        if period.start_on < one.due_on if behind else one.due_on in period:
            yield one


def _discounted(
    subscription: Subscription, proposals: Sequence[Proposal], terms: Terms
) -> list[Proposal]:
    """Give charges their discounts, by the quantity of the whole; then tiers that are lines."""
    held = holding(terms.held or (subscription,), terms.catalog)
    return in_tiers(covered(proposals, Covering(subscription, terms.grants), held, terms.order))


def propose(subscription: Subscription, window: Window, terms: Terms) -> Iterator[Proposal]:
    """Yield the charges of one subscription that fall into the window, by item, then period."""
    yield from proposals_of(outlook(subscription, window, terms.catalog), window, terms)


def next_due_on(
    subscriptions: Sequence[Subscription], *, catalog: Catalog, after: date
) -> date | None:
    """Return the first day after `after` on which a charge falls due, or None."""
    days = []
    for subscription in subscriptions:
        for charge in by_charge(subscription, catalog):
            due = (one.due_on for one in served(charge, after))
            days += [first] if (first := next((on for on in due if on > after), None)) else []
    return min(days, default=None)


def _proposal(subscription: Subscription, charge: Charged, one: Served, terms: Terms) -> Proposal:
    price = charge.price
    if price.kind in RECURRING and len(one.days) == 1 and not terms.regime.standings:
        return _recurring(subscription, charge, one, terms)
    stretches, total, seen = _stretches(subscription, price, one, terms)
    if price.prorate_allowance:
        days = one.counted or one.whole
        price, seen = allowed(price, days, one.period), f"{seen}%{days.days}/{one.period.days}"
    return Proposal(  # in the order of its fields: their names would take as long again
        charge_key(charge, one.period),
        subscription,
        charge.spans[0].item,
        price,
        terms.catalog.product(price.product_id),
        one.due_on,
        stretches,
        _inputs(price, stretches, seen),
        total=total,
        measured=seen if stretches and price.kind is ChargeKind.USAGE else "",
    )


def _recurring(subscription: Subscription, charge: Charged, one: Served, terms: Terms) -> Proposal:
    """Propose what has one quantity: thousands of customers have the same of a price."""
    price, period, (days, quantity) = charge.price, one.period, one.days[0]
    product = terms.catalog.product(price.product_id)
    stretches, inputs, alike = alike_of(
        price,
        charge.part,
        product,
        terms.regime,
        (period.start_on, period.end_on),
        (days.start_on, days.end_on),
        quantity,
    )
    return Proposal(
        charge_key(charge, period),
        subscription,
        charge.spans[0].item,
        price,
        product,
        one.due_on,
        stretches,
        inputs,
        alike=alike,
    )


@lru_cache(maxsize=2048)
def alike_of(
    price: Price,
    _part: str,
    _product: Product,
    _regime: Regime,
    _period: tuple[date, date],
    days: tuple[date, date],
    quantity: Decimal,
) -> tuple[tuple[Stretch, ...], str, Alike]:
    """Remember what is alike by all that its amount follows from: by days, a period is dearer."""
    stretches = (Stretch(Period(*days), Quantity(quantity)),)
    return stretches, _inputs(price, stretches, ""), Alike(stretches)


def charge_key(charge: Charged, period: Period) -> ChargeKey:
    item, price = charge.spans[0].item, charge.price
    return ChargeKey(
        item.id, item.component, price.kind, price.id, price.version, period, charge.part
    )


def _stretches(
    subscription: Subscription, price: Price, one: Served, terms: Terms
) -> tuple[tuple[Stretch, ...], Quantity | None, str]:
    if price.kind is ChargeKind.USAGE:
        return _measured(subscription, price, one, terms)
    if price.proration is Proration.FULL_PERIOD:
        return (Stretch(one.whole, Quantity(one.days[0][1])),), None, ""
    return tuple([Stretch(days, Quantity(quantity)) for days, quantity in one.days]), None, ""


def _measured(
    subscription: Subscription, price: Price, one: Served, terms: Terms
) -> tuple[tuple[Stretch, ...], Quantity | None, str]:
    """
    Measure the count to date at the end of the service, and where the rate of tax changes in it.

    Raises:
        InvalidError: less than nothing was used, and the meter does not allow for that (R7).

    """
    service, whole = one.whole, one.counted or one.whole
    tax_class = terms.catalog.product(price.product_id).tax_class
    stretches, begun, seen = [], "", ""
    for run in one.runs or (service,):
        since: Since | None = None
        if run.start_on > whole.start_on:
            quantity, events, told = _to_date(subscription, price, run.start_on, whole, terms)
            since, begun = Since(quantity, events), f"{begun}{quantity.total}/{told}"
        for part, _ in treatments(terms.regime, tax_class, run, one.period):
            quantity, count, seen = _to_date(subscription, price, part.end_on, whole, terms)
            stretches.append(Stretch(part, quantity, count, since))
            since = None
    if whole == service and not one.runs:
        return tuple(stretches), None, seen
    total: Quantity | None = None
    if service.end_on < whole.end_on and (by_total(price.model) or _by_volume(subscription, terms)):
        total, _, told = _to_date(subscription, price, whole.end_on, whole, terms)
        begun = f"{begun}<{total.total}/{told}"
    return tuple(stretches), total, f"{seen}<{begun}"


def _by_volume(subscription: Subscription, terms: Terms) -> bool:
    """Tell whether a discount asks how much is used in the whole period."""
    return any(
        one.offer.from_quantity is not None for one in (*terms.grants, *granted(subscription))
    )


def _to_date(
    subscription: Subscription, price: Price, end_on: date, whole: Period, terms: Terms
) -> tuple[Quantity, int, str]:
    if end_on == whole.end_on:
        quantity, count, seen = terms.measure(subscription, price.meter, whole)
    else:
        days = Period(whole.start_on, end_on)
        quantity, count, seen = terms.measure(subscription, price.meter, days, whole)
    if quantity.total < 0 and not terms.catalog.meter(price.meter).signed:
        raise InvalidError(f"{price.meter}: expected 0 or more, found {quantity.total}")
    return quantity, count, seen


def _inputs(price: Price, stretches: Sequence[Stretch], seen: str) -> str:
    parts = [f"{price.id}/{price.version}/{seen}", *map(_told, stretches)]
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:16]


def _told(stretch: Stretch) -> str:
    days, total = stretch.service, stretch.quantity.total
    return f"{days.start_on.isoformat()}/{days.end_on.isoformat()}/{total.normalize():f}"
