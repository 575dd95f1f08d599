"""
Billing once more, the slow way: day by day, in fractions, from the rules alone.

Nothing here is imported from Solde, and nothing is clever. A history is plain data: what was
agreed, and what was told about it in which order. For every charge (item, price, billing period)
the model adds up what each single day costs, and rounds the sum once. What a customer must have
been billed for a charge after a run is that number, whatever was cut, corrected or came late.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from tests.slow_model.allowances import Line
from tests.slow_model.contracts import ending
from tests.slow_model.costs import at_tier, cost, minor, shrunk
from tests.slow_model.cycles import period
from tests.slow_model.discounts import Coupons
from tests.slow_model.editions import Editions
from tests.slow_model.limits import LIMITS, Limit, Spent, capped, missing
from tests.slow_model.meters import AT_ONCE, measured
from tests.slow_model.service import DAY, Service
from tests.slow_model.shares import BY_DAYS, charged
from tests.slow_model.told import Edition, History, Key, Price, Told, Used, Version

ENDS = ("cancel", "leave")


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
    mate: "Life | None" = field(default=None, repr=False, compare=False)
    """The other subscription of the customer, of the same prices and usage."""

    def __post_init__(self) -> None:
        if self.history.other:
            self.mate = Life(self.history.other, [], self.used, self.versions, mate=self)

    def knows(self, one: Told | Used | Version) -> bool:
        """Take a fact in; whether it is taken, or refused by a contract."""
        if isinstance(one, Told):
            whose = self.mate if one.whose == "t" and self.mate else self
            taken = ending(whose.history, one, whose.told) if one.what in ENDS else one
            whose.told += [taken] if taken else []
            return taken is not None
        known: list = self.used if isinstance(one, Used) else self.versions
        known.append(one)
        return True

    @property
    def service(self) -> Service:
        return Service(self.history, self.told)

    def held(self, on: date) -> set[str]:
        """All products that the customer has on a day."""
        return self.service.held(on) | (self.mate.service.held(on) if self.mate else set())

    def owed(self, through: date) -> dict[Key, int]:
        """Minor units of every charge that is due by a day."""
        return self.own(through) | (self.mate.own(through) if self.mate else {})

    def own(self, through: date) -> dict[Key, int]:
        """Those of this subscription."""
        found: dict[Key, int] = {}
        for beside in self.charges(through):
            due = [one for one in beside if self.due(one, beside) <= through]
            nets = self.nets(due, beside)
            for one, net in nets:
                found[one.key] = found.get(one.key, 0) + net
            for one in due:
                if one.price.kind == "commitment":
                    least = missing(self.limit(one), nets + self.across(one))
                    found[one.key] = found.get(one.key, 0) + least
        return found

    def nets(self, due: list[Charge], beside: list[Charge]) -> list[tuple[Spent, int]]:
        """What charges of a period come to, after caps and the coupons of lines."""
        coupons = Coupons(self.history, self.told, self.held)
        spent = [self.spent(one, beside) for one in due if one.price.kind not in LIMITS]
        caps = [self.limit(one) for one in beside if one.price.kind == "cap"]
        return [(one, one.net(coupons)) for one in capped(spent, caps)]

    def sold(self, line: Line) -> tuple[date, Fraction]:
        """The first day of the charge that a line bills, and what promotions go by."""
        *_, beside = self.charges(line.start)
        key = (line.item, line.price, line.start)
        mine = [one for one in beside if one.key == key and min(one.days) <= line.on]
        one = max(mine, key=lambda each: min(each.days))
        return min(one.days), self._volume(one, beside)

    def spent(self, one: Charge, beside: list[Charge]) -> Spent:
        """Rounded, before coupons."""
        gross, share = minor(self.exact(one, beside), self.history.currency), Fraction(1)
        if one.price.kind != "usage" and one.price.share in BY_DAYS:
            share = Fraction(len(one.days), (one.end - one.start).days)
        return Spent(
            one.key,
            one.price,
            self.due(one, beside),
            gross,
            share,
            min(one.days),
            self._volume(one, beside),
        )

    def _volume(self, one: Charge, beside: list[Charge]) -> Fraction:
        """What promotions go by: the quantity of the first day, of usage that of the period."""
        if one.price.kind != "usage":
            return Fraction(one.days[min(one.days)])
        days = [day for each in self._counted(one, beside) for day in each.days]
        return self.count(one.price.meter, min(days), max(days), max(days))

    def across(self, least: Charge) -> list[tuple[Spent, int]]:
        """
        What the other subscription spends in a period: what is due in it.

        In advance that is from its first day on, else behind it, to the day on which it ends.
        """
        if not (least.price.across and self.mate):
            return []
        other, found = self.mate, []
        for beside in other.charges(least.end):
            found += other.nets(beside, beside)
        return [(one, net) for one, net in found if one.is_due(least.start, least.end)]

    def limit(self, one: Charge) -> Limit:
        """The least or the most of a period, by the days that it is there for."""
        amount = minor(self.exact(one, []), self.history.currency)
        return Limit(one.price.eligible, amount)

    def charges(self, through: date) -> Iterator[list[Charge]]:
        """Period by period, all that can be due by a day."""
        _, until = period(self.history.cycle, through)
        service = self.service
        agreed, editions = service.agreed(), Editions(self.history, self.versions)
        found: dict[date, dict[tuple, Charge]] = {}
        for (item, name), days in service.served(until).items():
            price, first, end = self.history.prices[name], min(days), date.min
            gone = service.stays_to(price, days) or service.gone(item)
            for day, n in days.items():
                if day >= end:
                    start, end = period(self.history.cycle, day)
                    mine = found.setdefault(start, {})
                said = editions.on(name, agreed[item], first, day)
                new = Charge(item, price, said, {}, start, end, gone)
                mine.setdefault((item, name, said.name), new).days[day] = n
        for start in sorted(found):
            yield list(found[start].values())

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
