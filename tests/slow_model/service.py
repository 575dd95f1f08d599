"""What is served, day by day: a history's facts folded, and nothing of prices."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from tests.slow_model.contracts import contract
from tests.slow_model.told import History, Price, Told

DAY = timedelta(days=1)
FOREVER = date(9999, 1, 1)
Served = dict[tuple[str, str], dict[date, int]]
"""The quantity of each day, by item and price."""


@dataclass(frozen=True)
class Service:
    history: History
    told: list[Told]

    def facts(self) -> list[Told]:
        """By day; of one day, in the order in which they were told."""
        return sorted(self.told, key=lambda one: one.on)

    def agreed(self) -> dict[str, date]:
        """The day on which each item begins."""
        begun = {item: self.history.start for item, _, _ in self.history.items}
        return begun | {one.new: one.on for one in self.told if one.new}

    def running(self, until: date) -> Iterator[tuple[date, dict[str, tuple[str, int]]]]:
        """Day by day, the price and the quantity of each item that is served."""
        running = {item: (price, n) for item, price, n in self.history.items}
        facts, paused = self.facts(), False
        day = self.history.start
        while day < min(until, self.gone_at_all()):
            while facts and facts[0].on <= day:
                fact = facts.pop(0)
                paused = {"pause": True, "resume": False}.get(fact.what, paused)
                happen(running, fact)
            yield day, {} if paused else {item: one for item, one in running.items() if one[1]}
            day += DAY

    def held(self, on: date) -> set[str]:
        """The products, by their class of tax, that are served on a day."""
        days = [running for day, running in self.running(on + DAY) if day == on]
        return {self.history.prices[name].tax_class for one in days for name, _ in one.values()}

    def served(self, until: date) -> Served:
        """The quantity of each item on each day that it is served and charged for."""
        first, gone = self.history.start + DAY * self.history.trial_days, self.gone_at_all()
        found: Served = {}
        for day, running in self.running(until):
            for item, (price, n) in running.items():
                if day >= first:
                    found.setdefault((item, price), {})[day] = n
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


def happen(running: dict[str, tuple[str, int]], fact: Told) -> None:
    """What runs from now on, and how many of it."""
    if fact.what == "quantity" and fact.item in running:
        running[fact.item] = (running[fact.item][0], fact.quantity)
    elif fact.what == "swap":
        running.pop(fact.item, None)
        running[fact.new] = (fact.price, fact.quantity)
    elif fact.what == "add":
        running[fact.new] = (fact.price, fact.quantity)
