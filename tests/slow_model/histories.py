"""Random histories for the slow model and the engine: prices, changes, usage, runs."""

from dataclasses import replace
from datetime import date

from hypothesis import strategies as st

from tests.slow_model.draws import among, made_once, whole, yes_or_no
from tests.slow_model.limits import LIMITS
from tests.slow_model.offers import FIRST, coupons, limits, prices, shift, versions
from tests.slow_model.told import Bill, Coupon, History, Price, Terms, Told, Used, Version

ORDERS = ("percent_first_compounding", "as_listed_compounding", "each_on_original")
WHAT = (*("quantity",) * 4, "swap", "add", "pause", "resume", "cancel")
WAYS = ("change", "change", "use", "bill", "publish", "coupon")
METERS = (*("sum",) * 4, "count", "max", "unique", "latest", "time_weighted", "time_weighted")
SPANS = {"day": 10, "week": 7, "month": 30, "month_last_day": 30, "year": 365}


class Telling:
    """One act after the other, at random; it knows what was said before."""

    def __init__(self, draw: st.DrawFn, start: date, span: int, known: dict[str, Price]) -> None:
        self.draw, self.start, self.span, self.known = draw, start, span, known
        self.names = tuple(
            name for name, one in known.items() if one.kind in ("advance", "arrears")
        )
        self.through = 0
        self.coupons: list[Coupon] = []
        self.swapped: set[str] = set()

    def acts(self) -> tuple:
        number = self.draw(whole(1, 9))
        told = [getattr(self, self.draw(among(*WAYS)))(place) for place in range(number)]
        last = Bill(shift(self.start, self.through + self.draw(whole(0, self.span))))
        return (*filter(None, told), last)

    def day(self, first: int = 0) -> date:
        return shift(self.start, self.draw(whole(first, self.span)))

    def bill(self, _: int) -> Bill:
        self.through += self.draw(whole(0, self.span // 2))
        return Bill(shift(self.start, self.through))

    def use(self, _: int) -> Used:
        amount = self.draw(among("1", "5", "0.5", "12", "3.25"))
        return Used(self.day(), "c", amount, self.draw(among(0, 30_000, 80_000)))

    def publish(self, _: int) -> Version:
        price = self.known[self.draw(among(*"abcd"))]
        return self.draw(versions(price, self.day(-9)))

    def coupon(self, number: int) -> Told:
        on = self.day()
        if self.coupons and self.draw(yes_or_no):
            place = self.draw(whole(0, len(self.coupons) - 1))
            return Told("end", on, coupon=self.coupons[place])
        self.coupons.append(self.draw(coupons(f"coupon{number}", on)))
        return Told("grant", on, coupon=self.coupons[-1])

    def change(self, number: int) -> Told | None:
        """A change of items that exist by then or will; it may reach back to the start."""
        on, quantity = self.day(), self.draw(whole(0, 14))
        what = self.draw(among(*WHAT))
        if what == "quantity":
            return Told(what, on, item=self.draw(among("i0", "i1")), quantity=quantity)
        if what == "swap":
            return self.swap(number, on, quantity)
        if what == "add":
            price = self.draw(among(*self.names))
            return Told(what, on, new=f"n{number}", price=price, quantity=quantity)
        if what == "cancel" and self.draw(yes_or_no):
            return Told("leave", on, ahead=self.draw(among(0, 0, 25)))
        return Told(what, on)

    def swap(self, number: int, on: date, quantity: int) -> Told | None:
        """Nobody takes away what is gone already."""
        item = self.draw(among("i0", "i1", "u"))
        price = self.draw(among(*self.names)) if item != "u" else "e"
        if item in self.swapped:
            return None
        self.swapped.add(item)
        return Told("swap", on, item=item, new=f"n{number}", price=price, quantity=quantity or 1)


@st.composite
def others(draw: st.DrawFn, history: History) -> History:
    """A subscription beside it, of the same prices, with a cycle, limits and terms of its own."""
    start = shift(history.start, draw(whole(-40, 40)))
    unit = draw(among("week", "month", "month"))
    items = [("t", draw(among(*"abd")), draw(whole(1, 5)))]
    limited = [one for one in LIMITS if one in history.prices and draw(whole(0, 3))]
    items += [(f"t_{one}", one, 1) for one in limited]
    return replace(
        history,
        start=start,
        anchor=start,
        unit=unit,
        count=1,
        trial_days=0,
        items=tuple(items),
        acts=(),
        contract=draw(st.none() | contracts()),
    )


@made_once
@st.composite
def contracts(draw: st.DrawFn) -> Terms:
    """Short terms, some with a notice that is longer than they are."""
    return Terms(
        unit=draw(among("week", "month", "month")),
        count=draw(whole(1, 4)),
        renews=draw(among(True, True, False)),
        notice_days=draw(among(0, 10, 45)),
        early=draw(among("refused", "allowed", "remainder")),
    )


@made_once
@st.composite
def worths(draw: st.DrawFn) -> tuple[tuple[date, str], ...]:
    """What a unit is worth before all begins, and perhaps from a later day."""
    later = draw(among(0, 0, 75, 190))
    first = (date(2000, 1, 1), draw(among("1", "0.05", "2.345")))
    return (first, (shift(FIRST, later), "0.7")) if later else (first,)


@st.composite
def histories(draw: st.DrawFn) -> History:
    """One or two billing cycles of some length, cut, corrected and billed in between."""
    units = ("week", "month", "month", "month", "month_last_day", "year", "day")
    unit = draw(among(*units))
    count = draw(among(1, 1, 2, 3)) if unit != "year" else 1
    count = 10 if unit == "day" else count
    start = shift(FIRST, draw(whole(0, 200)))
    anchor = shift(start, -draw(whole(0, 40)))
    span = min(SPANS[unit] * count * 3, 420)
    kinds = {"a": "advance", "b": "arrears", "c": "usage", "e": "usage"}
    kinds["d"] = draw(among("advance", "arrears"))
    known = {name: draw(prices(name, kind)) for name, kind in kinds.items()}
    items = [("i0", draw(among(*"abd")), draw(whole(0, 14)))]
    items.append(("i1", draw(among(*"abd")), draw(whole(0, 14))))
    items.append(("u", "c", 1))
    for kind in draw(among((), (), ("commitment",), ("cap",), ("cap", "commitment"))):
        known[kind] = draw(limits(kind))
        items.append((kind, kind, 1))
    agreed = draw(st.none() | contracts()) if unit != "day" else None
    history = History(
        start=start,
        anchor=anchor,
        unit=unit,
        count=count,
        trial_days=draw(among(*((0, 0, 0, 14) if not agreed else (0, 0, 14)))),
        prices=known,
        items=tuple(items),
        acts=Telling(draw, start, span, known).acts(),
        currency=draw(among("EUR", "EUR", "EUR", "USD", "JPY", "KWD")),
        worth=draw(worths()),
        order=draw(among(*ORDERS)),
        contract=agreed,
        metered=draw(among(*METERS)),
        inclusive=draw(among("", "", "", "base", "tax_from_gross", "net_rounded")),
    )
    if draw(among(False, False, True)):
        return beside(draw, history, draw(others(history)), span)
    return history


def beside(draw: st.DrawFn, history: History, other: History, span: int) -> History:
    """The end of the other's contract, too, may be told at any time."""
    acts = history.acts
    if other.contract and draw(yes_or_no):
        on = shift(other.start, draw(whole(0, span)))
        what, ahead = draw(among("cancel", "leave")), draw(among(0, 25))
        at = draw(whole(0, len(acts) - 1))
        acts = (*acts[:at], Told(what, on, ahead=ahead, whose="t"), *acts[at:])
    return replace(history, acts=acts, other=other)
