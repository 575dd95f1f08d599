"""
Usage on documents: by month for a chart, by day and device for an annex.

Only what a template of the customer asks for is measured, when the document is planned: whoever
sets it reads nothing else, and whoever does not ask is read no more of than before.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from solde.domain.catalog import ChargeKind, Price
from solde.domain.invoicing.draft import INVOICE, Draft, Line
from solde.domain.invoicing.parties import Customer, Entity
from solde.domain.invoicing.texts import plain
from solde.domain.languages import language_of
from solde.domain.periods import Period, month_after
from solde.domain.rating import Terms
from solde.domain.subscriptions import Item, Subscription
from solde.domain.templates import ANNEX, CHART, chosen
from solde.domain.usage.quantity import NegativeUsageError

MONTHS = 12
ONE_DAY = timedelta(days=1)
COUNT = "{count}"


def asked(entity: Entity, customer: Customer) -> frozenset[str]:
    """Return what of usage any template asks for that a document of the customer can take."""
    if not any(one.parts for one in entity.templates):
        return frozenset()
    language = language_of(customer.language, entity.language)
    fitting = chosen(entity.templates, entity.code, customer.group, language)
    return frozenset(part for one in fitting for part in one.parts)


def measured_since(until: date) -> date:
    """Return the first day that a chart needs of what is billed on a day."""
    return month_after(until.replace(day=1), -MONTHS)


def add_usage(
    documents: Sequence[dict[str, Any]],
    drafts: Iterable[Draft],
    parts: frozenset[str],
    terms: Terms,
    until: date,
) -> None:
    """Write into invoices being made what is asked for; corrections have no usage of their own."""
    for document, draft in zip(documents, drafts, strict=True):
        if draft.kind != INVOICE:
            continue
        if ANNEX in parts:
            _add_details(document["lines"], draft.lines, terms)
        if CHART in parts and (rows := list(_history(draft.lines, terms, until))):
            document["usage_history"] = rows


def _add_details(said: Sequence[dict[str, Any]], lines: Sequence[Line], terms: Terms) -> None:
    """Say the device of a line, and of usage what was used on each day."""
    told = set()
    for one, line in zip(said, lines, strict=True):
        charge = line.charge
        if charge.item.reference:
            one["device"] = charge.item.reference
        days = charge.item.id, charge.service
        metered = charge.price.kind is ChargeKind.USAGE and charge.price.meter
        if metered and not charge.corrects and days not in told:
            told.add(days)
            one["used"] = _used(charge.subscription, charge.price, charge.service, terms)


def _used(
    subscription: Subscription, price: Price, service: Period, terms: Terms
) -> dict[str, Any]:
    """Return the total, and the days that add up to it: those of a maximum, say, do not."""
    total = _measured(subscription, price, service, terms)
    days = [service.start_on + ONE_DAY * number for number in range(service.days)]
    found = {day: _measured(subscription, price, Period(day, day + ONE_DAY), terms) for day in days}
    amounts = {day: amount for day, amount in found.items() if amount}
    said: dict[str, Any] = {"total": _said(total)}
    if None not in found.values() and sum(filter(None, amounts.values()), Decimal(0)) == total:
        said["days"] = [[day.isoformat(), _said(amount)] for day, amount in amounts.items()]
    return said


def _history(lines: Sequence[Line], terms: Terms, until: date) -> Iterator[Mapping[str, Any]]:
    """Yield the whole months before a day, of each subscription and meter on a document."""
    there = {line.charge.subscription.id for line in lines}
    first_on = measured_since(until)
    starts = [month_after(first_on, number) for number in range(MONTHS)]
    for one in terms.held:
        if one.id not in there:
            continue
        months = [day for day in starts if month_after(day, 1) > one.start_on]
        for item, price in _metered(one, terms):
            figures = [
                (day, _measured(one, price, Period(day, month_after(day, 1)), terms))
                for day in months
            ]
            if figures:
                yield {
                    "subscription": one.id,
                    "meter": price.meter,
                    "name": _named(item, price, terms),
                    "months": [[day.isoformat()[:7], _said(amount)] for day, amount in figures],
                }


def _metered(one: Subscription, terms: Terms) -> Iterator[tuple[Item, Price]]:
    """Yield an item and its price for each meter of a subscription, in their order."""
    seen = set()
    for item in one.items_ever():
        price = terms.catalog.prices[item.price_id]
        if price.kind is ChargeKind.USAGE and price.meter and price.meter not in seen:
            seen.add(price.meter)
            yield item, price


def _measured(
    subscription: Subscription, price: Price, period: Period, terms: Terms
) -> Decimal | None:
    """Measure days; None where they come to less than nothing, which a bill may not."""
    try:
        found, _, _ = terms.measure(subscription, price.meter, period)
    except NegativeUsageError:
        return None
    return found.total


def _named(item: Item, price: Price, terms: Terms) -> str:
    """Call usage as its line does, unless that counts something."""
    if COUNT in item.description:
        return terms.catalog.products[price.product_id].name
    return item.description


def _said(amount: Decimal | None) -> str | None:
    return None if amount is None else plain(amount)
