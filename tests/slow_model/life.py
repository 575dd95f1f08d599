"""
Billing once more, the slow way: day by day, in fractions, from the rules alone.

Nothing here is imported from Solde, and nothing is clever. A history is plain data: what was
agreed, and what was told about it in which order. For every charge (item, price, billing period)
the model adds up what each single day costs, and rounds the sum once. What a customer must have
been billed for a charge after a run is that number, whatever was cut, corrected or came late.
"""

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

DAY = timedelta(days=1)
FOREVER = date(9999, 1, 1)
Key = tuple[str, str, date]
"""Item, price, first day of the billing period."""


@dataclass(frozen=True)
class Price:
    """
    `kind` is advance, arrears or usage; `model` one of those below; numbers are texts.

    flat: (amount); per_unit: (amount); package: (size, amount); graduated and volume: rows of
    (up_to or "", unit amount, flat amount).
    """

    name: str
    kind: str
    model: str
    numbers: tuple
    tax_class: str = "standard"
    meter: str = ""


@dataclass(frozen=True)
class Told:
    """
    Something said about the subscription, in the order in which it was said.

    `what`: quantity (item, quantity) · swap (item, new item, its price, quantity) ·
    add (item, price, quantity) · pause · resume · cancel.
    """

    what: str
    on: date
    item: str = ""
    quantity: int = 0
    new: str = ""
    price: str = ""


@dataclass(frozen=True)
class Used:
    on: date
    meter: str
    amount: str


@dataclass(frozen=True)
class Bill:
    on: date


@dataclass(frozen=True)
class History:
    """`items` are agreed at the start: (item, price, quantity); `acts` come one after the other."""

    start: date
    anchor: date
    unit: str
    count: int
    trial_days: int
    prices: dict[str, Price]
    items: tuple[tuple[str, str, int], ...]
    acts: tuple
    seller: str = "FR"


@dataclass
class Life:
    """What is known at some point: the facts so far, and the usage so far."""

    history: History
    told: list[Told] = field(default_factory=list)
    used: list[Used] = field(default_factory=list)

    def facts(self) -> list[Told]:
        """By day; of one day, in the order in which they were told."""
        return sorted(self.told, key=lambda one: one.on)

    def owed(self, through: date) -> dict[Key, int]:
        """Cents of every charge that is due by a day."""
        served = self.served(through + timedelta(days=800))
        found: dict[Key, int] = {}
        for (item, price), days in served.items():
            for start, end in self.periods(min(days), max(days)):
                mine = {day: n for day, n in days.items() if start <= day < end}
                beside = self.beside(price, served, start, end)
                if mine and self.due(item, price, mine, beside, end) <= through:
                    found[item, price, start] = cents(self.exact(price, mine, beside, start, end))
        return found

    def beside(self, price: str, served: dict, start: date, end: date) -> dict[str, list[date]]:
        """The days in a period of all the items that are priced by the same meter."""
        meter = self.history.prices[price].meter
        found: dict[str, list[date]] = {}
        for (item, other), days in served.items():
            mine = [day for day in days if start <= day < end]
            if meter and mine and self.history.prices[other].meter == meter:
                found[item] = mine
        return found

    def served(self, until: date) -> dict[tuple[str, str], dict[date, int]]:
        """The quantity of each item on each day that it is served and charged for."""
        running = {item: (price, n) for item, price, n in self.history.items}
        facts, paused = self.facts(), False
        first = self.history.start + timedelta(days=self.history.trial_days)
        found: dict[tuple[str, str], dict[date, int]] = {}
        day = self.history.start
        while day < min(until, self.gone_at_all()):
            while facts and facts[0].on <= day:
                fact = facts.pop(0)
                paused = {"pause": True, "resume": False}.get(fact.what, paused)
                happen(running, fact)
            for item, (price, n) in running.items():
                if n and not paused and day >= first:
                    found.setdefault((item, price), {})[day] = n
            day += DAY
        return found

    def gone_at_all(self) -> date:
        return min((one.on for one in self.told if one.what == "cancel"), default=FOREVER)

    def gone(self) -> dict[str, date]:
        """The day from which there is no such item any more, however many of it there were."""
        end = self.gone_at_all()
        names = [item for item, _, _ in self.history.items]
        names += [one.new for one in self.told if one.new]
        swapped = {one.item: one.on for one in self.told if one.what == "swap"}
        return {name: min(end, swapped.get(name, FOREVER)) for name in names}

    def due(
        self, item: str, price: str, days: dict[date, int], beside: dict[str, list], end: date
    ) -> date:
        """
        In advance on the first day served; else at the period's end, or when the item goes.

        A volume price needs the whole count: it waits until nothing counts any more.
        """
        gone, offered = self.gone(), self.history.prices[price]
        if offered.kind == "advance":
            return min(days)
        if offered.model == "volume" and beside:
            return min(end, max(gone[one] for one in beside))
        return min(end, gone[item])

    def periods(self, first: date, last: date) -> list[tuple[date, date]]:
        """The billing periods from the one that holds a day to the one that holds another."""
        number = 0
        while self.begins(number) > first:
            number -= 1
        while self.begins(number + 1) <= first:
            number += 1
        found = []
        while self.begins(number) <= last:
            found.append((self.begins(number), self.begins(number + 1)))
            number += 1
        return found

    def begins(self, number: int) -> date:
        anchor, steps = self.history.anchor, number * self.history.count
        if self.history.unit == "week":
            return anchor + timedelta(days=7 * steps)
        months = {"month": 1, "year": 12}[self.history.unit] * steps
        year, month = divmod(anchor.year * 12 + anchor.month - 1 + months, 12)
        return date(year, month + 1, min(anchor.day, monthrange(year, month + 1)[1]))

    def exact(
        self, name: str, days: dict[date, int], beside: dict[str, list], start: date, end: date
    ) -> Fraction:
        """Every day its part of the period's price; usage by its place in the period's count."""
        price = self.history.prices[name]
        if price.kind != "usage":
            length = (end - start).days
            return sum((cost(price, Fraction(n)) / length for n in days.values()), Fraction(0))
        first = min(day for mine in beside.values() for day in mine)
        last = max(day for mine in beside.values() for day in mine)
        total = self.count(price.meter, first, last)
        before = self.count(price.meter, first, min(days) - DAY)
        after = self.count(price.meter, first, max(days))
        if price.model == "volume":
            tier = tier_of(price, total)
            return at_tier(tier, after) - at_tier(tier, before)
        return cost(price, after) - cost(price, before)

    def count(self, meter: str, first: date, last: date) -> Fraction:
        used = [one for one in self.used if one.meter == meter and first <= one.on <= last]
        return sum((Fraction(one.amount) for one in used), Fraction(0))


def happen(running: dict[str, tuple[str, int]], fact: Told) -> None:
    """What runs from now on, and how many of it."""
    if fact.what == "quantity" and fact.item in running:
        running[fact.item] = (running[fact.item][0], fact.quantity)
    elif fact.what == "swap":
        running.pop(fact.item, None)
        running[fact.new] = (fact.price, fact.quantity)
    elif fact.what == "add":
        running[fact.new] = (fact.price, fact.quantity)


def cost(price: Price, quantity: Fraction) -> Fraction:
    """What a whole period costs at a quantity."""
    if not quantity:
        return Fraction(0)
    if price.model == "flat":
        return Fraction(price.numbers[0])
    if price.model == "per_unit":
        return quantity * Fraction(price.numbers[0])
    if price.model == "package":
        size, amount = map(Fraction, price.numbers)
        packages = 0
        while packages * size < quantity:
            packages += 1
        return packages * amount
    if price.model == "volume":
        return at_tier(tier_of(price, quantity), quantity)
    return _graduated(price, quantity)


def tier_of(price: Price, quantity: Fraction) -> tuple:
    for tier in price.numbers:
        if not tier[0] or quantity <= Fraction(tier[0]):
            return tier
    raise AssertionError("the last tier is open")


def at_tier(tier: tuple, quantity: Fraction) -> Fraction:
    _, each, once = tier
    return quantity * Fraction(each) + Fraction(once) if quantity else Fraction(0)


def _graduated(price: Price, quantity: Fraction) -> Fraction:
    total, below = Fraction(0), Fraction(0)
    for up_to, each, once in price.numbers:
        if quantity > below:
            upper = min(quantity, Fraction(up_to)) if up_to else quantity
            total += (upper - below) * Fraction(each) + Fraction(once)
            below = Fraction(up_to) if up_to else quantity
    return total


def cents(exact: Fraction) -> int:
    """Half a cent goes away from zero, so that a credit mirrors its charge."""
    whole, rest = divmod(abs(exact) * 100, 1)
    whole += rest >= Fraction(1, 2)
    return int(whole) if exact >= 0 else -int(whole)


def rate_on(tax_class: str, day: date) -> Fraction:
    """French rates of the years that histories are about, in percent: CGI 278 ff."""
    if tax_class == "standard":
        return Fraction(20) if day >= date(2014, 1, 1) else Fraction("19.6")
    if tax_class == "intermediate":
        return Fraction(10) if day >= date(2014, 1, 1) else Fraction(7)
    return Fraction("5.5")
