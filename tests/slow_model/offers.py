"""Random prices of the slow model's histories: of every kind, sort and currency."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import strategies as st

from tests.slow_model.draws import among, made_once, whole, yes_or_no
from tests.slow_model.told import Coupon, Price, Step, Version

AMOUNTS = ("9.99", "100.00", "0.335", "19.99", "1.01", "31.00", "0.0123", "7.1")
CLASSES = ("standard", "standard", "intermediate", "reduced")
MODELS = ("flat", "per_unit", "per_unit", "graduated", "volume", "package")
PARTS = ("30/360", "30/360 strict", "actual/30", "half_month", "full_period", "none")
SHARES = ("day", "day", "day", *PARTS)
FIRST = date(2013, 9, 1)
"""Before all starts; French rates change four months later."""


allowances = st.fixed_dictionaries({"free": among("0", "0", "4", "12.5"), "shrinks": yes_or_no})
"""What costs nothing of usage."""


conditions = st.fixed_dictionaries(
    {
        "least": among("0", "0", "1.5", "5", "13"),
        "together": among((), (), ("standard",), ("reduced", "intermediate")),
    }
)
"""What a charge or a customer must have: a promotion, a bundle."""


def shift(day: date, days: int) -> date:
    return day + timedelta(days=days)


@made_once
@st.composite
def tiers(draw: st.DrawFn) -> tuple:
    bounds = sorted(draw(st.sets(whole(1, 12), max_size=2)))
    rows = [str(bound) for bound in bounds] + [""]
    amount, once = among(*AMOUNTS), among("0", "0", "2.50")
    return tuple((up_to, draw(amount), draw(once)) for up_to in rows)


@made_once
@st.composite
def amounts(draw: st.DrawFn, model: str) -> tuple:
    """What a price of some model says."""
    if model in ("graduated", "volume"):
        return draw(tiers())
    amount = draw(among(*AMOUNTS))
    return (draw(among("1", "3", "2.5")), amount) if model == "package" else (amount,)


@made_once
@st.composite
def prices(draw: st.DrawFn, name: str, kind: str) -> Price:
    model = draw(among(*MODELS))
    numbers, tax_class = draw(amounts(model)), draw(among(*CLASSES))
    usage = kind == "usage"
    share = "day" if usage else draw(among(*SHARES))
    unit = draw(among("", "", "", "u"))
    steps = draw(among(0, 0, 0, 1, 2))
    ramp = draw(ramps(kind, model, steps)) if steps else ()
    price = Price(name, kind, model, numbers, tax_class, "c" * usage, share, ramp, unit)
    return replace(price, **draw(allowances)) if usage else price


@made_once
@st.composite
def limits(draw: st.DrawFn, kind: str) -> Price:
    """The least or the most of a period; of all charges, or of those of some classes of tax."""
    amount = draw(among("20.00", "3.33", "150.00"))
    eligible = draw(among((), (), ("standard",), ("reduced", "intermediate")))
    tax_class, across = draw(among(*CLASSES)), kind == "commitment" and draw(yes_or_no)
    return Price(kind, kind, "flat", (amount,), tax_class, eligible=eligible, across=across)


@made_once
@st.composite
def ramps(draw: st.DrawFn, kind: str, model: str, steps: int) -> tuple[Step, ...]:
    """Steps by months, or by days; only what recurs can say that it starts inside a period."""
    by_months = draw(yes_or_no)
    places = sorted(draw(st.sets(whole(1, 8), min_size=steps, max_size=steps)))
    return tuple(
        Step(
            draw(amounts(model)),
            place if by_months else 0,
            None if by_months else shift(FIRST, 37 * place),
            mid_period=kind != "usage" and draw(yes_or_no),
        )
        for place in places
    )


@st.composite
def versions(draw: st.DrawFn, price: Price, on: date) -> Version:
    applies = draw(among("new", "renewal", "existing", "existing"))
    may = price.kind != "usage" and applies == "existing"
    return Version(price, on, applies, may and draw(yes_or_no), draw(amounts(price.model)))


@st.composite
def coupons(draw: st.DrawFn, name: str, on: date) -> Coupon:
    percent = draw(among(0, 10, 5, 33, 100))
    amount = 0 if percent else draw(among(1, 333, 500, 20_00))
    rank, periods = draw(whole(0, 1)), draw(among(0, 0, 1, 2))
    classes = draw(among((), (), ("standard",), ("reduced", "intermediate")))
    level = draw(among("line", "document"))
    coupon = Coupon(name, on, percent, amount, rank, periods, classes, level)
    return replace(coupon, **draw(conditions))
