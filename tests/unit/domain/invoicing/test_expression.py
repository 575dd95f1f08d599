"""How a line says its amount: quantity × price ÷ base quantity, exact to the cent (R11)."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from solde.domain.catalog import ChargeKind, Price, Product
from solde.domain.invoicing.expression import express
from solde.domain.money import Money
from solde.domain.periods import Cycle, Period, Unit
from solde.domain.pricing import Quantity, price_quantity
from solde.domain.pricing.flat import Flat
from solde.domain.pricing.graduated import Graduated
from solde.domain.pricing.per_unit import PerUnit
from solde.domain.pricing.tiers import Tier
from solde.domain.proration import Proration
from solde.domain.rating import Charge, ChargeKey
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
