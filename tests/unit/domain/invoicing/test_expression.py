"""How a line says its amount: quantity × price ÷ base quantity, exact to the cent (R11)."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from solde.domain.catalog import ChargeKind, Price, Product
from solde.domain.discounts import Reduction
from solde.domain.invoicing.expression import at_gross, express
from solde.domain.money import Money
from solde.domain.periods import Cycle, Period, Unit
from solde.domain.pricing import Quantity, price_quantity
from solde.domain.pricing.flat import Flat
from solde.domain.pricing.graduated import Graduated
from solde.domain.pricing.in_units import InUnits
from solde.domain.pricing.package import Package
from solde.domain.pricing.per_unit import PerUnit
from solde.domain.pricing.tiers import Tier
from solde.domain.proration import Proration
from solde.domain.rating import BilledLine, Charge, ChargeKey
from solde.domain.subscriptions import Item, Subscription
from solde.domain.tax import Treatment
from tests.support.story import day

D = Decimal
JUNE = Period(day("2027-06-01"), day("2027-07-01"))
JANUARY = Period(day("2027-01-01"), day("2027-02-01"))
SUBSCRIPTION = Subscription(
    "sub", "", "c", "c", "e", "p", "EUR", JUNE.start_on, Cycle(Unit.MONTH, 1, JUNE.start_on), ()
)


def charge(model, units, net, *, service=JUNE, period=JUNE, kind="advance", code="EUR") -> Charge:
    price = Price("p", 1, "p", code, ChargeKind(kind), model)
    return Charge(
        key=ChargeKey("sit", "c", price.kind, "p", 1, period),
        subscription=SUBSCRIPTION,
        item=Item("sit", "c", "p", D(1)),
        price=price,
        product=Product("p", "P", "standard", "706", "MTQ"),
        service=service,
        units=D(units),
        exact=Fraction(0),
        net=Money(net, code),
        treatment=Treatment("S", D(20)),
        steps=price_quantity(model, Quantity(abs(D(units)))).steps,
        events=0,
        inputs="",
    )


REST = Period(day("2027-06-15"), day("2027-07-01"))
CASES = [
    (
        "real quantity at the list price",
        charge(PerUnit(D("3.20")), 3, 9_60, kind="usage"),
        "3 MTQ × 3.2 / 1",
    ),
    ("a credit for days", charge(Flat(D(100)), -1, -53_33, service=REST), "-16 DAY × 100 / 30"),
    ("a charge for days", charge(Flat(D(160)), 1, 85_33, service=REST), "16 DAY × 160 / 30"),
    ("seats for days", charge(PerUnit(D("9.99")), 2, 10_66, service=REST), "32 DAY × 9.99 / 30"),
    (
        "cumulative rounding moved the cent",
        charge(
            Flat(D("19.99")),
            1,
            4_52,
            service=Period(day("2027-01-08"), day("2027-01-15")),
            period=JANUARY,
        ),
        "1 C62 × 4.52 / 1",
    ),
    (
        "a fine price by the million",
        charge(PerUnit(D("0.0000123456")), 1234567, 15_24, kind="usage"),
        "1234567 MTQ × 12.3456 / 1000000",
    ),
    (
        "by the thousand",
        charge(PerUnit(D("0.001234567")), 2000, 2_47, kind="usage"),  # 2.469134
        "2000 MTQ × 1.234567 / 1000",
    ),
    (
        "a quantity of four decimals",
        charge(PerUnit(D(16)), "3.0625", 49_00, kind="usage"),
        "3.0625 MTQ × 16 / 1",
    ),
    (
        "too fine even by the million",
        charge(PerUnit(D("0.0000000000001")), 10**13, 1_00, kind="usage"),
        "1 C62 × 1 / 1",
    ),
    ("too fine a quantity", charge(PerUnit(D(2)), "0.00005", 0, kind="usage"), "1 C62 × 0 / 1"),
    (
        "yen that do not come out",
        charge(PerUnit(D("3.3")), 101, 333, kind="usage", code="JPY"),
        "1 C62 × 333 / 1",  # 333.30, and checks of invoices look at the hundredth
    ),
    (
        "yen that come out to the hundredth",
        charge(PerUnit(D("10.00497")), 1, 10, kind="usage", code="JPY"),  # 10.00
        "1 MTQ × 10.00497 / 1",
    ),
    (
        "yen that just do not",
        charge(PerUnit(D("10.005")), 1, 10, kind="usage", code="JPY"),  # 10.01
        "1 C62 × 10 / 1",
    ),
    ("of a flat price there is one", charge(Flat(D(9)), "0.5", 9_00), "1 MTQ × 9 / 1"),
    ("and none of nothing", charge(Flat(D(9)), 0, 0), "0 MTQ × 9 / 1"),
    (
        "a unit of its own is worth money",
        charge(InUnits(PerUnit(D(2)), "u", "Unit", D("0.05")), 3, 30, kind="usage"),
        "3 MTQ × 0.1 / 1",
    ),
    (
        "what is due on entering a tier is a price of its own",
        charge(Graduated((Tier(None, D(0), D(5)),)), 1, 5_00, kind="usage"),
        "1 C62 × 5 / 1",
    ),
    (
        "packages are not units",
        charge(Package(D(100), D("0.5")), 2, 50, kind="usage"),
        "1 C62 × 0.5 / 1",
    ),
    (
        "yen that come out",
        charge(PerUnit(D("2.5")), 4, 10, kind="usage", code="JPY"),
        "4 MTQ × 2.5 / 1",
    ),
    (
        "dinars have three decimals",
        charge(PerUnit(D("0.0333")), 10, 333, kind="usage", code="KWD"),
        "10 MTQ × 0.0333 / 1",
    ),
    (
        "several tiers are one piece",
        charge(Graduated((Tier(D(1), D(1)), Tier(None, D(2)))), 2, 3_00, kind="usage"),
        "1 C62 × 3 / 1",
    ),
    (
        "one tier has a price",
        charge(Graduated((Tier(D(9), D("0.5")), Tier(None, D(2)))), 2, 1_00, kind="usage"),
        "2 MTQ × 0.5 / 1",
    ),
    (
        "a credit is a negative quantity",
        charge(Graduated((Tier(D(1), D(1)), Tier(None, D(2)))), 2, -3_00, kind="usage"),
        "-1 C62 × 3 / 1",
    ),
]


@pytest.mark.parametrize(("one", "said"), [case[1:] for case in CASES], ids=[c[0] for c in CASES])
def test_the_first_form_that_is_exact(one, said) -> None:
    found = express(one)
    price = found.price.normalize()
    assert f"{found.quantity} {found.unit} × {price:f} / {found.base_quantity}" == said


def billed(one: Charge) -> BilledLine:
    said = (one.service, one.units, one.exact, one.net, one.treatment, one.inputs)
    return BilledLine(one.key, "sub", *said, "inv_1", "F-1", JUNE.start_on)


def off(minor: int, percent: str | None = "10") -> Reduction:
    return Reduction("g", "G", D(percent) if percent else None, 0, Money(minor, "EUR"))


def less(model, units, net, *reductions, exact, shares=(), corrects=False) -> Charge:
    """Return a charge whose net is after its reductions; `exact` is before them."""
    return charge(model, units, net)._replace(
        exact=Fraction(exact),
        reductions=reductions,
        shares=shares,
        corrects=billed(charge(model, 1, 10_00)) if corrects else None,
    )


SEATS = PerUnit(D(10))
TWO_TIERS = Graduated((Tier(D(1), D(1)), Tier(None, D(2))))
DISCOUNTED = [
    # a charge lists what is taken off, and is said before it: 30.00 less 3.00
    (less(SEATS, 3, 27_00, off(3_00), exact=30), True, "3 MTQ × 10 / 1"),
    (less(SEATS, 3, 0, off(30_00, "100"), exact=30), True, "3 MTQ × 10 / 1"),
    (less(SEATS, 3, 25_00, off(3_00), off(2_00, None), exact=30), True, "3 MTQ × 10 / 1"),
    (less(PerUnit(D("0.1")), 1, 9, off(1), exact="0.1"), True, "1 MTQ × 0.1 / 1"),
    (less(PerUnit(D("0.5")), 1, 45, off(5), exact="0.5"), True, "1 MTQ × 0.5 / 1"),
    (less(SEATS, 3, 27_00, off(3_00), exact=30, corrects=True), True, "3 MTQ × 10 / 1"),
    (less(SEATS, 3, 27_00, off(3_00), exact=30, shares=(off(2_70),)), True, "3 MTQ × 10 / 1"),
    # 4 × 0.01 = 0.04, of which 10 % are nothing: 4 × 0.009 = 0.036
    (less(PerUnit(D("0.01")), 4, 4, off(0), exact="0.04"), False, "4 MTQ × 0.009 / 1"),
    # one that is taken off, and one that is given back
    (less(SEATS, 3, 31_00, off(3_00), off(-4_00, None), exact=30), False, "1 C62 × 31 / 1"),
    # what is given back has its discounts in the price
    (less(SEATS, -3, -27_00, off(-3_00), exact=-30), False, "-3 MTQ × 9 / 1"),
    (less(SEATS, -3, -24_30, off(-3_00), off(-2_70), exact=-30), False, "-3 MTQ × 8.1 / 1"),
    (less(SEATS, -3, -25_00, off(-5_00, None), exact=-30), False, "-1 C62 × 25 / 1"),
    (less(TWO_TIERS, -2, -2_70, off(-30), exact=-3), False, "-1 C62 × 2.7 / 1"),
    # more is taken off than is charged
    (less(SEATS, 1, -1_00, off(11_00, None), exact=10), False, "-1 C62 × 1 / 1"),
    (less(SEATS, 0, 0, off(3_00), exact=0), False, "0 MTQ × 9 / 1"),
    # a correction is said after its share of the document's discounts, too: 27.00 less 2.70
    (
        less(SEATS, -3, -27_00, off(-3_00), exact=-30, shares=(off(-2_70),), corrects=True),
        False,
        "-3 MTQ × 8.1 / 1",
    ),
    (
        less(SEATS, -3, -30_00, exact=-30, shares=(off(-3_00),), corrects=True),
        False,
        "-3 MTQ × 9 / 1",
    ),
    (
        less(SEATS, 3, 27_00, off(3_00), exact=30, shares=(off(2_70),), corrects=True),
        False,
        "3 MTQ × 8.1 / 1",
    ),
    # a charge that has a share of them alone lists it: said before it
    (less(SEATS, 3, 30_00, exact=30, shares=(off(3_00),)), False, "3 MTQ × 10 / 1"),
]


@pytest.mark.parametrize(("one", "before", "said"), DISCOUNTED)
def test_a_discount_is_listed_or_in_the_price(one: Charge, before: bool, said: str) -> None:
    found = express(one)
    price = found.price.normalize()
    assert f"{found.quantity} {found.unit} × {price:f} / {found.base_quantity}" == said
    assert at_gross(one) is before


def test_what_is_not_prorated_is_never_told_by_days() -> None:
    whole = charge(Flat(D(50)), 1, 50_00, service=REST)
    policy = Proration.FULL_PERIOD
    fixed = Price("p", 1, "p", "EUR", ChargeKind.ADVANCE, Flat(D(50)), proration=policy)
    found = express(whole._replace(price=fixed))
    assert (found.quantity, found.price, found.base_quantity) == (1, 50, 1)


POLICIES = [
    # 15 June to the end: 16 of 30 days by all three, and the half of the month
    (Proration.THIRTY_360, 53_33, "16 DAY × 100 / 30"),
    (Proration.ACTUAL_30, 53_33, "16 DAY × 100 / 30"),
    (Proration.HALF_MONTH, 50_00, "1 C62 × 50 / 1"),
    (Proration.HALF_MONTH, 100_00, "1 MTQ × 100 / 1"),
]


@pytest.mark.parametrize(("policy", "net", "said"), POLICIES)
def test_a_share_is_told_as_its_policy_counts(policy, net, said) -> None:
    part = charge(Flat(D(100)), 1, net, service=REST)
    found = express(part._replace(price=replace(part.price, proration=policy)))
    price = found.price.normalize()
    assert f"{found.quantity} {found.unit} × {price:f} / {found.base_quantity}" == said
