"""Trials: days that are not charged, and the first charge after them."""

from datetime import date
from decimal import Decimal
from typing import Any

from solde.domain.billing_days import calendar_cycle
from solde.domain.catalog import Catalog, ChargeKind, Price
from solde.domain.money import Money
from solde.domain.periods import Cycle, Period, Unit, day_of
from solde.domain.pricing.per_unit import PerUnit
from solde.domain.rating import next_due_on
from solde.domain.subscriptions import Item, Subscription
from solde.domain.trials import Trial, trial_end
from tests.conformance.asked import Asked, UnsupportedError
from tests.conformance.kinds.book import Book
from tests.conformance.kinds.dates import day, half_open, inclusive, instant, unit
from tests.conformance.kinds.engine import PRODUCT

Answer = dict[str, Any]
BY_DAY = {
    "proration__unit": "day",
    "proration__denominator": ("period_days", "aligned_period_days"),
    "rounding__mode": "half_up",
    "rounding__scale": 2,
    "rounding__stage": ("per_line", "per_item"),
}


def _catalog(asked: Asked, kind: ChargeKind) -> Catalog:
    price = Price("p", 1, "p", asked["currency"], kind, PerUnit(asked.number("price")))
    return Catalog({"p": PRODUCT}, {}, {"p": price}, {})


def _subscription(asked: Asked, start_on: date, cycle: Cycle, trial: Trial | None) -> Subscription:
    return Subscription(
        id="sub",
        external_id="",
        customer_id="c",
        subscriber_id="c",
        entity="e",
        plan_id="p",
        currency=asked["currency"],
        start_on=start_on,
        cycle=cycle,
        items=(Item("sit", "c", "p", Decimal(1)),),
        trial=trial,
    )


def fee(asked: Asked) -> Answer:
    """What the first period costs that a trial covers in part."""
    asked.convention.accept(**BY_DAY)
    period = half_open(asked["period"], inclusive=inclusive(asked))
    start = day(asked["subscription_start"])
    trial = Trial(trial_end(start, Unit.DAY, asked["trial_days"])) if asked["trial_days"] else None
    cycle = Cycle(Unit.DAY, period.days, period.start_on)
    book = Book(asked["currency"], _catalog(asked, ChargeKind.ARREARS))
    found = book.run([_subscription(asked, start, cycle, trial)], period.end_on)
    nets = [net for line, net in found if line["period"]["start_on"] == str(period.start_on)]
    return {"amount": sum(nets, Money(0, asked["currency"])).major}


def end_billing(asked: Asked) -> Answer:
    asked.convention.accept(**BY_DAY, proration__period_end=("inclusive", "exclusive"))
    start = day_of(instant(asked["subscription_start"]), asked["timezone"])
    counted_from = day_of(instant(asked["trial_counts_from"]), asked["timezone"])
    ends_on = trial_end(counted_from, Unit.DAY, asked["trial_days"])
    cycles = {
        "calendar_month": calendar_cycle(ends_on, Unit.MONTH, 1),
        "anniversary": Cycle(Unit.MONTH, 1, ends_on),
    }
    if asked["alignment"] not in cycles:
        raise UnsupportedError(f"no policy for alignment {asked['alignment']}")
    one = _subscription(asked, start, cycles[asked["alignment"]], Trial(ends_on))
    catalog = _catalog(asked, ChargeKind.ADVANCE)
    due_on = next_due_on([one], catalog=catalog, after=date.min)
    assert due_on is not None
    ((line, net),) = Book(asked["currency"], catalog).run([one], due_on)
    last = "last_on" if inclusive(asked) else "end_on"
    return {
        "bill_on_local_date": due_on,
        "amount": net.major,
        "billed_period": {"from": line["service"]["start_on"], "to": line["service"][last]},
    }


def first_charge(asked: Asked) -> Answer:
    trial = asked["trial"]
    ends_on = trial_end(day(asked["subscription_start"]), Unit(trial["unit"]), trial["count"])
    return {"first_charge_on": ends_on}


def paid_trial(asked: Asked) -> Answer:
    """A paid trial is no trial to the bill: charges run from the start."""
    if asked["trial_kind"] != "paid":
        raise UnsupportedError("a schedule of a free trial")
    start, through = day(asked["start"]), day(asked["through"])
    one = _subscription(asked, start, Cycle(*unit(asked), start), None)
    catalog = _catalog(asked, ChargeKind.ADVANCE)
    book, found, after = Book(asked["currency"], catalog), [], date.min
    while (on := next_due_on([one], catalog=catalog, after=after)) and on <= through:
        ((line, _),) = book.run([one], on)
        service = line["service"]
        found.append({"date": on, "from": service["start_on"], "to": service["end_on"]})
        after = on
    trial_over = trial_end(start, Unit.DAY, asked["trial_days"])
    quiet = not any(invoice["date"] == trial_over for invoice in found)
    return {"invoices": found, "no_invoice_on": trial_over if quiet else None}


def outcome(asked: Asked) -> Answer:
    """Activated at the start, a trial goes over into the first paid period by itself."""
    if asked["activation"] != "on_start" or asked["trial_kind"] != "free":
        raise UnsupportedError("no policy for a trial that waits for a payment method")
    start = date(2027, 1, 1)
    ends_on = trial_end(start, Unit.DAY, 14)
    one = _subscription(asked, start, Cycle(Unit.MONTH, 1, ends_on), Trial(ends_on))
    found = Book(asked["currency"], _catalog(asked, ChargeKind.ADVANCE)).run([one], ends_on)
    total = sum((net for _, net in found), Money(0, asked["currency"]))
    served = Period(ends_on, one.ends_on)
    return {
        "status_after_trial": "active" if served.days else "ended",
        "invoice_total": total.major,
    }


KINDS = {
    "trial_prorated_fee": fee,
    "trial_end_billing": end_billing,
    "trial_schedule": first_charge,
    "paid_trial_schedule": paid_trial,
    "trial_outcome": outcome,
}
