"""
Billing once more, the slow way: day by day, in fractions, from the rules alone.

Nothing here is imported from Solde, and nothing is clever. A history is plain data: what was
agreed, and what was told about it in which order. For every charge (item, price, billing period)
the model adds up what each single day costs, and rounds the sum once. What a customer must have
been billed for a charge after a run is that number, whatever was cut, corrected or came late.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

from tests.slow_model.contracts import contract, ending
from tests.slow_model.costs import at_tier, cost, minor, shrunk
from tests.slow_model.cycles import period
from tests.slow_model.discounts import Coupons
from tests.slow_model.editions import Editions
from tests.slow_model.limits import LIMITS, Limit, Spent, capped, missing
from tests.slow_model.meters import AT_ONCE, measured
from tests.slow_model.shares import BY_DAYS, charged
from tests.slow_model.told import Edition, History, Key, Price, Told, Used, Version

DAY = timedelta(days=1)
FOREVER = date(9999, 1, 1)
ENDS = ("cancel", "leave")
Served = dict[tuple[str, str], dict[date, int]]
"""The quantity of each day, by item and price."""


@dataclass
class Charge:
    """What an item pays by one edition of its price, for days of one billing period."""

    item: str
    price: Price
    said: Edition
    days: dict[date, int]
    start: date
    end: date
    gone: date
    """The first day without the item, however many of it there were."""

    @property
    def key(self) -> Key:
        return self.item, self.price.name, self.start


@dataclass
class Life:
    """What is known at some point: the facts so far, and the usage so far."""

    history: History
    told: list[Told] = field(default_factory=list)
    used: list[Used] = field(default_factory=list)
    versions: list[Version] = field(default_factory=list)

    def knows(self, one: Told | Used | Version) -> bool:
        """Take a fact in; whether it is taken, or refused by a contract."""
        if isinstance(one, Told):
            taken = ending(self.history, one, self.told) if one.what in ENDS else one
            self.told += [taken] if taken else []
            return taken is not None
        known: list = self.used if isinstance(one, Used) else self.versions
        known.append(one)
        return True

    def facts(self) -> list[Told]:
        """By day; of one day, in the order in which they were told."""
        return sorted(self.told, key=lambda one: one.on)

    def owed(self, through: date) -> dict[Key, int]:
        """Minor units of every charge that is due by a day."""
        found = self.beside().owed(through) if self.history.other else {}
        coupons = Coupons(self.history, self.told)
        for beside in self.charges(through):
            due = [one for one in beside if self.due(one, beside) <= through]
            spent = [self.spent(one, beside) for one in due if one.price.kind not in LIMITS]
            caps = [one for one in beside if one.price.kind == "cap"]
            spent = capped(spent, [self.limit(one) for one in caps])
            nets = [(one, one.net(coupons)) for one in spent]
            for one, net in nets:
                found[one.key] = found.get(one.key, 0) + net
            for one in due:
                if one.price.kind == "commitment":
                    least = missing(self.limit(one), nets + self.across(one))
                    found[one.key] = found.get(one.key, 0) + least
        return found

    def spent(self, one: Charge, beside: list[Charge]) -> Spent:
        """Rounded, before coupons."""
        gross, share = minor(self.exact(one, beside), self.history.currency), Fraction(1)
        if one.price.kind != "usage" and one.price.share in BY_DAYS:
            share = Fraction(len(one.days), (one.end - one.start).days)
        return Spent(one.key, one.price, self.due(one, beside), gross, share)

    def beside(self) -> "Life":
        """The other subscription of the customer."""
        assert self.history.other
        return Life(self.history.other, [], self.used, self.versions)

    def across(self, least: Charge) -> list[tuple[Spent, int]]:
        """
        What the other subscription spends in a period: what is due in it.

        In advance that is from its first day on, else behind it, to the day on which it ends.
        """
        if not (least.price.across and self.history.other):
            return []
        other, found = self.beside(), []
        for beside in other.charges(least.end):
            for one in beside:
                on, ahead = other.due(one, beside), one.price.kind == "advance"
                if least.start <= on < least.end if ahead else least.start < on <= least.end:
                    spent = other.spent(one, beside)
                    found.append((spent, spent.gross))
        return found

    def limit(self, one: Charge) -> Limit:
        """The least or the most of a period, by the days that it is there for."""
        amount = minor(self.exact(one, []), self.history.currency)
        return Limit(one.price.eligible, amount)

    def charges(self, through: date) -> Iterator[list[Charge]]:
        """Period by period, all that can be due by a day."""
        _, until = period(self.history.cycle, through)
        agreed, editions = self.agreed(), Editions(self.history, self.versions)
        found: dict[date, dict[tuple, Charge]] = {}
        for (item, name), days in self.served(until).items():
            price, first, end = self.history.prices[name], min(days), date.min
            gone = self.stays_to(price, days) or self.gone(item)
            for day, n in days.items():
                if day >= end:
                    start, end = period(self.history.cycle, day)
                    mine = found.setdefault(start, {})
                said = editions.on(name, agreed[item], first, day)
                new = Charge(item, price, said, {}, start, end, gone)
                mine.setdefault((item, name, said.name), new).days[day] = n
        for start in sorted(found):
            yield list(found[start].values())

    def agreed(self) -> dict[str, date]:
        """The day on which each item begins."""
        begun = {item: self.history.start for item, _, _ in self.history.items}
        return begun | {one.new: one.on for one in self.told if one.new}

    def served(self, until: date) -> Served:
        """The quantity of each item on each day that it is served and charged for."""
        running = {item: (price, n) for item, price, n in self.history.items}
        facts, paused, gone = self.facts(), False, self.gone_at_all()
        first = self.history.start + timedelta(days=self.history.trial_days)
        found: Served = {}
        day = self.history.start
        while day < min(until, gone):
            while facts and facts[0].on <= day:
                fact = facts.pop(0)
                paused = {"pause": True, "resume": False}.get(fact.what, paused)
                happen(running, fact)
            for item, (price, n) in running.items():
                if n and not paused and day >= first:
                    found.setdefault((item, price), {})[day] = n
            day += DAY
        for (_, name), days in found.items():
            to = self.stays_to(self.history.prices[name], days)
            last = days.get(gone - DAY, 0)
            for place in range((min(to, until) - gone).days if to else 0):
                days[gone + DAY * place] = last
        return found

    def stays_to(self, price: Price, days: dict[date, int]) -> date | None:
        """The end of the term to which what recurs stays due, of what was there to the last."""
        gone = self.gone_at_all()
        (to,) = {one.due_to for one in self.told if one.due_to} or {None}
        there = price.kind in ("advance", "arrears") and gone - DAY in days
        return to if there else None

    def gone_at_all(self) -> date:
        ends = [one.on for one in self.told if one.what == "cancel"]
        agreed = contract(self.history)
        if agreed and not agreed.terms.renews:
            ends.append(agreed.begins(1))
        return min(ends, default=FOREVER)

    def gone(self, item: str) -> date:
        """The day from which there is no such item any more, however many of it there were."""
        swapped = [one.on for one in self.told if one.what == "swap" and one.item == item]
        return min([self.gone_at_all(), *swapped[-1:]])

    def due(self, one: Charge, beside: list[Charge]) -> date:
        """
        In advance on the first day served; else at the period's end, or when the item goes.

        What is missing of all subscriptions is known when the period is over, not before.
        A volume price needs the whole count, and so does what is no sum of days: they wait until
        nothing counts any more.
        """
        if one.price.kind == "advance":
            return min(one.days)
        if one.price.across:
            return one.end
        counted = self._counted(one, beside)
        waits = one.price.model == "volume" or self.history.metered in AT_ONCE
        if waits and counted:
            return min(one.end, max(each.gone for each in counted))
        return min(one.end, one.gone)

    def exact(self, one: Charge, beside: list[Charge]) -> Fraction:
        """Every day its part of the period's price; usage by its place in the period's count."""
        if one.price.kind != "usage":
            costs: dict[int, Fraction] = {}

            def of(quantity: int) -> Fraction:
                if quantity not in costs:
                    costs[quantity] = cost(one.said, Fraction(quantity))
                return costs[quantity]

            return charged(one.price.share, one.days, one.start, one.end, of)
        return self._used(one, beside)

    def _used(self, one: Charge, beside: list[Charge]) -> Fraction:
        meter = one.price.meter
        counted = [day for each in self._counted(one, beside) for day in each.days]
        said, free = one.said, Fraction(one.price.free)
        if one.price.shrinks:
            share = Fraction((max(counted) + DAY - min(counted)).days, (one.end - one.start).days)
            said, free = shrunk(said, share), free * share

        def paid(last: date) -> Fraction:
            units = self.count(meter, min(counted), last, max(counted))
            return max(units - free, Fraction(0))

        if self.history.metered in AT_ONCE:
            if min(one.days) > min(counted):
                return Fraction(0)  # its price counts from the next period on
            return cost(said, paid(max(counted)))
        before, after = paid(min(one.days) - DAY), paid(max(one.days))
        if one.price.model == "volume":
            total = paid(max(counted))
            return at_tier(said, total, after) - at_tier(said, total, before)
        return cost(said, after) - cost(said, before)

    def _counted(self, one: Charge, beside: list[Charge]) -> list[Charge]:
        """All that is priced by the same meter: they count on from one another."""
        meter = one.price.meter
        return [each for each in beside if meter and each.price.meter == meter]

    def count(self, meter: str, first: date, last: date, whole: date) -> Fraction:
        used = [one for one in self.used if one.meter == meter]
        return measured(self.history.metered, used, first, last, whole)


def happen(running: dict[str, tuple[str, int]], fact: Told) -> None:
    """What runs from now on, and how many of it."""
    if fact.what == "quantity" and fact.item in running:
        running[fact.item] = (running[fact.item][0], fact.quantity)
    elif fact.what == "swap":
        running.pop(fact.item, None)
        running[fact.new] = (fact.price, fact.quantity)
    elif fact.what == "add":
        running[fact.new] = (fact.price, fact.quantity)
