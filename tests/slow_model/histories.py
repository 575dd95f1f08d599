"""Random histories for the slow model and the engine: prices, changes, usage, runs."""

from datetime import date

from hypothesis import strategies as st

from tests.slow_model.offers import FIRST, prices, shift, versions
from tests.slow_model.told import Bill, History, Told, Used

SPANS = {"day": 10, "week": 7, "month": 30, "month_last_day": 30, "year": 365}


@st.composite
def changes(draw: st.DrawFn, start: date, span: int, names: list[str], number: int) -> Told:
    """A change of items that exist by then or will; it may reach back to the start."""
    on = shift(start, draw(st.integers(0, span)))
    what = draw(st.sampled_from(("quantity",) * 4 + ("swap", "add", "pause", "resume", "cancel")))
    quantity = draw(st.integers(0, 14))
    if what == "quantity":
        return Told(what, on, item=draw(st.sampled_from(("i0", "i1"))), quantity=quantity)
    if what == "swap":
        item = draw(st.sampled_from(("i0", "i1", "u")))
        price = draw(st.sampled_from(names)) if item != "u" else "e"
        return Told(what, on, item=item, new=f"n{number}", price=price, quantity=quantity or 1)
    if what == "add":
        return Told(
            what, on, new=f"n{number}", price=draw(st.sampled_from(names)), quantity=quantity
        )
    return Told(what, on)


@st.composite
def worths(draw: st.DrawFn) -> tuple[tuple[date, str], ...]:
    """What a unit is worth before all begins, and perhaps from a later day."""
    later = draw(st.sampled_from((0, 0, 75, 190)))
    first = (date(2000, 1, 1), draw(st.sampled_from(("1", "0.05", "2.345"))))
    return (first, (shift(FIRST, later), "0.7")) if later else (first,)


@st.composite
def histories(draw: st.DrawFn) -> History:
    """One or two billing cycles of some length, cut, corrected and billed in between."""
    units = ("week", "month", "month", "month", "month_last_day", "year", "day")
    unit = draw(st.sampled_from(units))
    count = draw(st.sampled_from((1, 1, 2, 3))) if unit != "year" else 1
    count = 10 if unit == "day" else count
    start = shift(FIRST, draw(st.integers(0, 200)))
    anchor = shift(start, -draw(st.integers(0, 40)))
    span = min(SPANS[unit] * count * 3, 420)
    kinds = {"a": "advance", "b": "arrears", "c": "usage", "e": "usage"}
    kinds["d"] = draw(st.sampled_from(("advance", "arrears")))
    known = {name: draw(prices(name, kind)) for name, kind in kinds.items()}
    items = [("i0", draw(st.sampled_from("abd")), draw(st.integers(0, 14)))]
    items.append(("i1", draw(st.sampled_from("abd")), draw(st.integers(0, 14))))
    items.append(("u", "c", 1))
    names = [name for name, price in known.items() if price.kind != "usage"]
    acts: list = []
    through = 0
    swapped: set[str] = set()
    for number in range(draw(st.integers(1, 9))):
        what = draw(st.sampled_from(("change", "change", "use", "bill", "publish")))
        if what == "publish":
            price = known[draw(st.sampled_from("abcd"))]
            acts.append(draw(versions(price, shift(start, draw(st.integers(-9, span))))))
        elif what == "bill":
            through += draw(st.integers(0, span // 2))
            acts.append(Bill(shift(start, through)))
        elif what == "use":
            on = shift(start, draw(st.integers(0, span)))
            amount = draw(st.sampled_from(("1", "5", "0.5", "12", "3.25")))
            acts.append(Used(on, "c", amount))
        else:
            told = draw(changes(start, span, names, number))
            if told.what == "swap" and told.item in swapped:
                continue  # nobody takes away what is gone already
            if told.what == "swap":
                swapped.add(told.item)
            acts.append(told)
    acts.append(Bill(shift(start, through + draw(st.integers(0, span)))))
    return History(
        start=start,
        anchor=anchor,
        unit=unit,
        count=count,
        trial_days=draw(st.sampled_from((0, 0, 0, 14))),
        prices=known,
        items=tuple(items),
        acts=tuple(acts),
        currency=draw(st.sampled_from(("EUR", "EUR", "EUR", "USD", "JPY", "KWD"))),
        worth=draw(worths()),
    )
