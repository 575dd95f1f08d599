"""What a quantity costs by each model of price, exactly; and the one place that rounds."""

from dataclasses import replace
from fractions import Fraction

from tests.slow_model.told import Edition

DECIMALS = {"EUR": 2, "USD": 2, "JPY": 0, "KWD": 3}


def cost(said: Edition, quantity: Fraction) -> Fraction:
    """What a whole period costs at a quantity."""
    if not quantity:
        return Fraction(0)
    if said.model == "flat":
        return Fraction(said.numbers[0]) * said.worth
    if said.model == "per_unit":
        return quantity * Fraction(said.numbers[0]) * said.worth
    if said.model == "package":
        size, amount = map(Fraction, said.numbers)
        packages = 0
        while packages * size < quantity:
            packages += 1
        return packages * amount * said.worth
    if said.model == "volume":
        return at_tier(said, quantity, quantity)
    return _graduated(said, quantity)


def shrunk(said: Edition, share: Fraction) -> Edition:
    """The same with the bounds of its tiers for a share of a period."""
    if said.model not in ("graduated", "volume"):
        return said
    rows = ((up_to and Fraction(up_to) * share, each, once) for up_to, each, once in said.numbers)
    return replace(said, numbers=tuple(rows))


def at_tier(said: Edition, total: Fraction, quantity: Fraction) -> Fraction:
    """What a quantity costs in the tier that a total falls into."""
    for up_to, each, once in said.numbers:
        if not up_to or total <= Fraction(up_to):
            exact = quantity * Fraction(each) + Fraction(once)
            return exact * said.worth if quantity else Fraction(0)
    raise AssertionError("the last tier is open")


def _graduated(said: Edition, quantity: Fraction) -> Fraction:
    total, below = Fraction(0), Fraction(0)
    for up_to, each, once in said.numbers:
        if quantity > below:
            upper = min(quantity, Fraction(up_to)) if up_to else quantity
            total += (upper - below) * Fraction(each) + Fraction(once)
            below = Fraction(up_to) if up_to else quantity
    return total * said.worth


def minor(exact: Fraction, currency: str = "EUR") -> int:
    """Of an amount in its major unit."""
    return rounded(exact * 10 ** DECIMALS[currency])


def rounded(exact: Fraction) -> int:
    """Half a cent goes away from zero, so that a credit mirrors its charge."""
    whole, rest = divmod(abs(exact), 1)
    whole += rest >= Fraction(1, 2)
    return int(whole) if exact >= 0 else -int(whole)
