"""Random histories for the slow model and the engine: prices, changes, usage, runs."""

from datetime import date, timedelta

from hypothesis import strategies as st

from tests.slow_model.model import Bill, History, Price, Told, Used

AMOUNTS = ("9.99", "100.00", "0.335", "19.99", "1.01", "31.00", "0.0123", "7.1")
CLASSES = ("standard", "standard", "intermediate", "reduced")
SPANS = {"week": 7, "month": 30, "year": 365}


def shift(day: date, days: int) -> date:
    return day + timedelta(days=days)


@st.composite
def tiers(draw: st.DrawFn) -> tuple:
    bounds = sorted(draw(st.sets(st.integers(1, 12), max_size=2)))
    rows = [str(bound) for bound in bounds] + [""]
    amount, once = st.sampled_from(AMOUNTS), st.sampled_from(("0", "0", "2.50"))
    return tuple((up_to, draw(amount), draw(once)) for up_to in rows)


@st.composite
def prices(draw: st.DrawFn, name: str, kind: str) -> Price:
    model = draw(
        st.sampled_from(("flat", "per_unit", "per_unit", "graduated", "volume", "package"))
    )
    amount = draw(st.sampled_from(AMOUNTS))
    numbers: tuple = (amount,)
    if model == "package":
        numbers = (draw(st.sampled_from(("1", "3", "2.5"))), amount)
    elif model in ("graduated", "volume"):
        numbers = draw(tiers())
    tax_class = draw(st.sampled_from(CLASSES))
    return Price(name, kind, model, numbers, tax_class, "c" if kind == "usage" else "")


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
def histories(draw: st.DrawFn) -> History:
    """One or two billing cycles of some length, cut, corrected and billed in between."""
    unit = draw(st.sampled_from(("week", "month", "month", "month", "year")))
    count = draw(st.sampled_from((1, 1, 2, 3))) if unit != "year" else 1
    start = shift(date(2013, 9, 1), draw(st.integers(0, 200)))
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
        what = draw(st.sampled_from(("change", "change", "use", "bill")))
        if what == "bill":
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
    )
