"""What a price says to an item on a day: version, step of a ramp, and worth of its unit."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from tests.slow_model.contracts import contract
from tests.slow_model.cycles import first_from, months_after
from tests.slow_model.told import Edition, History, Price, Version


@dataclass
class Editions:
    """`versions` are in the order in which they were published."""

    history: History
    versions: list[Version]

    def on(self, name: str, began: date, paid_from: date, day: date) -> Edition:
        """Of an item that began on a day, and is paid for from a day on."""
        price = self.history.prices[name]
        if not (self.versions or price.ramp or price.unit):
            return Edition((), price.model, price.numbers)
        number, numbers = self._version(price, began, day)
        step = 0
        for place, one in enumerate(price.ramp if not number else (), 1):
            from_on = one.from_on or months_after(paid_from, one.after_months)
            if day >= self._taken(price, from_on, one.mid_period):
                step, numbers = place, one.numbers
        value, worth = date.min, Fraction(1)
        for from_on, amount in self.history.worth if price.unit else ():
            if day >= self._taken(price, from_on):
                value, worth = from_on, Fraction(amount)
        return Edition((number, step, value), price.model, numbers, worth)

    def _version(self, price: Price, began: date, day: date) -> tuple[int, tuple]:
        """Who begins has the newest of his day; who was there takes over what is for him."""
        mine = [one for one in self.versions if one.price.name == price.name]
        number, numbers = 0, price.numbers
        for place, one in enumerate(mine, 1):
            if one.on <= began:
                number, numbers = place, one.numbers
        for place, one in enumerate(mine[number:], number + 1):
            at_once = one.mid_period or (price.kind == "usage" and one.applies == "existing")
            taken = one.on if at_once else first_from(self.history.cycle, self._from(one))
            if one.applies != "new" and day >= taken:
                number, numbers = place, one.numbers
        return number, numbers

    def _from(self, one: Version) -> date:
        """A contract is renewed with its next term, all else with every period."""
        agreed = contract(self.history)
        return agreed.renewed(one.on) if agreed and one.applies == "renewal" else one.on

    def _taken(self, price: Price, on: date, mid_period: bool = False) -> date:
        """Usage goes by the day of its events, all else by the next period that begins."""
        at_once = price.kind == "usage" or mid_period or on == date.min
        return on if at_once else first_from(self.history.cycle, on)
