"""The same histories told to the engine: changes, usage and runs through a story's plans."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from solde.domain.catalog import Aggregation, Applies, ChargeKind, Credit
from solde.domain.discounts import Discount, Grant, Level, Offer, Order
from solde.domain.errors import InvalidError, StateConflictError
from solde.domain.money import Money
from solde.domain.periods import Unit
from solde.domain.pricing.flat import Flat
from solde.domain.pricing.graduated import Graduated
from solde.domain.pricing.package import Package
from solde.domain.pricing.per_unit import PerUnit
from solde.domain.pricing.ramp import RampStep
from solde.domain.pricing.tiers import Tier
from solde.domain.pricing.unit import PricingUnit, Value
from solde.domain.pricing.volume import Volume
from solde.domain.proration import Proration
from solde.domain.subscriptions import (
    Cancelled,
    Change,
    Contract,
    DiscountEnded,
    DiscountGranted,
    Early,
    ItemsAdded,
    Paused,
    PlanChanged,
    QuantityChanged,
    Resumed,
)
from solde.domain.trials import Trial
from solde.workflows.change_subscription import Entering
from solde.workflows.life_changes import cancel
from tests.slow_model.allowances import Line
from tests.slow_model.metered import Metered
from tests.slow_model.taxes import Row
from tests.slow_model.told import Bill, Coupon, History, Key, Price, Told, Used, Version
from tests.support.story import Story, item

NONE: Any = None
"""A cancellation that says what it gives back asks no catalog."""
KINDS = {one.value: one for one in ChargeKind}


def begun(history: History) -> Metered:
    says = {"inclusive_tax": history.inclusive} if history.inclusive else {}
    order = Order(history.order)
    story = Metered(history.currency, says, regime=history.seller, order=order)
    story.units["u"] = PricingUnit("u", 1, "Unit", tuple(worth(history)))
    for price in history.prices.values():
        story.sells(
            price.name,
            KINDS[price.kind],
            model(price, price.numbers),
            tax_class=price.tax_class,
            meter=price.meter,
            aggregation=Aggregation(history.metered),
            proration=Proration(price.share),
            ramp=tuple(ramp(price)),
            priced_in=price.unit,
            eligible=price.eligible,
            across=price.across,
            free_units=Decimal(price.free),
            prorate_allowance=price.shrinks,
            tax_included=bool(history.inclusive),
        )
    subscribe(story, "s", history)
    agree(story, "s", history)
    if history.other:
        subscribe(story, "t", history.other)
        agree(story, "t", history.other)
    return story


def subscribe(story: Story, name: str, history: History) -> None:
    trial = Trial(history.start + timedelta(days=history.trial_days))
    story.subscribes(
        name,
        history.start.isoformat(),
        {},
        unit=Unit(history.unit),
        count=history.count,
        anchor=history.anchor.isoformat(),
        trial=trial if history.trial_days else None,
        contract=terms(history),
    )


def terms(history: History) -> Contract | None:
    said = history.contract
    if said is None:
        return None
    first = history.start + timedelta(days=history.trial_days)
    early = Early(said.early)
    return Contract(first, Unit(said.unit), said.count, said.renews, said.notice_days, early)


def agree(story: Story, name: str, history: History) -> None:
    items = tuple(item(price, quantity, code) for code, price, quantity in history.items)
    story.subscriptions[name] = replace(story.subscriptions[name], items=items)


def worth(history: History) -> Iterator[Value]:
    for on, amount in history.worth or ((history.start, "1"),):
        yield Value(history.currency, on, Decimal(amount))


def ramp(price: Price) -> Iterator[RampStep]:
    for one in price.ramp:
        said = model(price, one.numbers)
        yield RampStep(said, one.after_months, one.from_on, one.mid_period)


def model(price: Price, numbers: tuple) -> Any:
    match price.model:
        case "flat":
            return Flat(Decimal(numbers[0]))
        case "per_unit":
            return PerUnit(Decimal(numbers[0]))
        case "package":
            return Package(Decimal(numbers[0]), Decimal(numbers[1]))
    tiers = tuple(
        Tier(Decimal(up_to) if up_to else None, Decimal(each), Decimal(once))
        for up_to, each, once in numbers
    )
    return Graduated(tiers) if price.model == "graduated" else Volume(tiers)


def act(story: Metered, one: Told | Used | Version | Bill, sequence: int) -> bool:
    """Do it; whether it is done, or refused."""
    if isinstance(one, Bill):
        story.bills(one.on.isoformat())
    elif isinstance(one, Version):
        said = model(one.price, one.numbers)
        applies, more = Applies(one.applies), {"mid_period": one.mid_period, "ramp": ()}
        story.publishes(one.price.name, said, one.on.isoformat(), applies, **more)
    elif isinstance(one, Used):
        story.tells(one.meter, one.on.isoformat(), one.amount, one.second)
    elif one.what in ("cancel", "leave") and story.subscriptions[one.whose].contract:
        return ends(story, one, sequence)
    else:
        story.changes(one.whose, change(one, sequence, story.currency))
    return True


def ends(story: Story, one: Told, sequence: int) -> bool:
    """End a contract as it is asked for over the API."""
    told = Entering(
        story.subscriptions[one.whose], sequence, one.on - timedelta(days=one.ahead), NONE
    )
    try:
        made = cancel(one.on if one.what == "leave" else None, Credit.PRORATE)(told)
    except (InvalidError, StateConflictError):
        return False
    story.changes(one.whose, made)
    return True


def change(one: Told, sequence: int, currency: str) -> Change:
    match one.what:
        case "quantity":
            return QuantityChanged(one.on, sequence, f"sit_{one.item}", Decimal(one.quantity))
        case "swap":
            started = (item(one.price, one.quantity, one.new),)
            return PlanChanged(one.on, sequence, "p", (f"sit_{one.item}",), started)
        case "add":
            return ItemsAdded(one.on, sequence, (item(one.price, one.quantity, one.new),))
        case "pause":
            return Paused(one.on, sequence)
        case "resume":
            return Resumed(one.on, sequence)
        case "grant" if one.coupon:
            return DiscountGranted(one.on, sequence, grant(one.coupon, currency))
        case "end" if one.coupon:
            return DiscountEnded(one.on, sequence, one.coupon.name)
    return Cancelled(one.on, sequence)


def grant(coupon: Coupon, currency: str) -> Grant:
    percent = Decimal(coupon.percent) if coupon.percent else None
    amount = None if percent else Money(coupon.amount, currency)
    discount = Discount(percent, amount, coupon.rank)
    level, products = Level(coupon.level), frozenset(coupon.classes)
    offer = Offer(
        coupon.name,
        discount,
        level,
        coupon.periods or None,
        products=products,
        from_quantity=Decimal(coupon.least) or None,
        together=frozenset(coupon.together),
    )
    return Grant(coupon.name, offer, coupon.on)


def billed(story: Story) -> dict[Key, int]:
    """Cents ever billed by charge, less what was credited; charges of nothing are left out."""
    found: dict[Key, int] = {}
    for line in story.lines:
        key = (line.key.component, line.key.price_id, line.key.period.start_on)
        found[key] = found.get(key, 0) + line.net.minor
    return {key: minor for key, minor in found.items() if minor}


def documents(story: Story) -> Iterator[tuple[dict[str, Any], list[Row]]]:
    """Every closed document with its lines as rows: positive is owed, negative given back."""
    for document in story.documents:
        sign = -1 if document["kind"] == "credit_note" else 1
        yield (
            document,
            [
                Row(
                    sign * line.get("with_tax", line.get("base", line["net"])),
                    Fraction(line["tax"]["rate"]),
                    line["corrects"]["id"] if "corrects" in line else "",
                )
                for line in document["lines"]
            ],
        )


def allowed(lines: list[dict[str, Any]], kind: str) -> Iterator[Line]:
    """Lines of a document as they are before the coupons of documents take anything off."""
    sign = -1 if kind == "credit_note" else 1
    for line in lines:
        shares = {one["id"]: sign * one["amount"] for one in line.get("allowances", ())}
        mine = line["subscription"]["id"] == "sub_s"  # coupons are of that alone
        listed = mine and kind == "invoice" and "corrects" not in line
        net = line["net"]
        if "with_tax" in line:
            net = line["with_tax"] + (sum(shares.values()) if listed else 0)
        yield Line(
            line["component"],
            line["price"]["id"],
            date.fromisoformat(line["period"]["start_on"]),
            date.fromisoformat(line["service"]["start_on"]),
            Fraction(line["tax"]["rate"]),
            net,
            listed and net > 0,
            shares,
        )
