"""A customer's year through the deployed system, held against the slow model of the rules."""

from collections import Counter
from datetime import date

import pytest

from tests.slow_model.life import Life
from tests.slow_model.told import Bill, History, Price, Told, Used

pytestmark = pytest.mark.cloud

SEAT = Price("seat", "advance", "per_unit", ("9.99",))
DEAR = Price("dear", "advance", "per_unit", ("16.65",))
FEE = Price("fee", "arrears", "flat", ("20.00",))  # half of it is whole cents
TIERS = (("100", "1.00", "0"), ("200", "0.80", "2.50"), ("", "0.50", "0"))
CALLS = Price("calls", "usage", "graduated", TIERS, meter="calls")
START = date(2026, 1, 15)


def on(text: str) -> date:
    return date.fromisoformat(f"2026-{text}")


YEAR = (
    Bill(START),
    Used(on("01-20"), "calls", "95"),
    Bill(on("02-01")),
    Used(on("01-25"), "calls", "10"),  # late: 105 in all
    Told("quantity", on("02-10"), item="seat", quantity=5),
    Bill(on("02-10")),
    Used(on("02-14"), "calls", "250"),
    Bill(on("03-01")),
    Told("quantity", on("02-20"), item="seat", quantity=4),  # entered late
    Bill(on("04-01")),
    Told("pause", on("04-11")),
    Bill(on("05-01")),
    Told("resume", on("05-21")),
    Used(on("05-25"), "calls", "12.5"),
    Bill(on("06-01")),
    Told("swap", on("06-16"), "seat", 4, "dear", "dear"),
    Bill(on("06-16")),
    Bill(on("08-01")),  # July's run was missed
    Used(on("07-03"), "calls", "101"),  # and its usage comes after the one that caught up
    Bill(on("09-01")),
    Told("quantity", on("09-12"), item="dear", quantity=0),
    Bill(on("10-01")),
    Told("quantity", on("10-02"), item="dear", quantity=1),
    Bill(on("12-01")),
    Told("cancel", on("12-12")),
    Bill(on("12-31")),
)
HISTORY = History(
    start=START,
    anchor=START.replace(day=1),
    unit="month",
    count=1,
    trial_days=0,
    prices={one.name: one for one in (SEAT, DEAR, FEE, CALLS)},
    items=(("seat", "seat", 3), ("fee", "fee", 1), ("calls", "calls", 1)),
    acts=YEAR,
    seller="none",
)


class Customer:
    """Does over HTTP what the model is told; `sums` is what was billed so far."""

    def __init__(self, seller) -> None:
        self.seller = seller
        seller.sells("seat", "9.99")
        seller.sells("dear", "16.65")
        seller.sells("fee", {"model": "flat", "amount": "20.00"}, kind="arrears")
        tiers = [
            {"up_to": up_to or None, "unit_amount": each, "flat_amount": once}
            for up_to, each, once in TIERS
        ]
        model = {"model": "graduated", "tiers": tiers}
        seller.sells("calls", model, kind="usage", meter={"aggregation": "sum", "value": "n"})
        seller.plans("first", "seat", "fee", "calls")
        parts = [self.part("seat", "dear"), self.part("fee", "fee"), self.part("calls", "calls")]
        second = {"code": seller.named("second"), "name": "Second", "unit": "month"}
        seller.posts("plans", second | {"components": parts})
        seller.customer("anna")
        seller.subscribes("anna", "first", START.isoformat(), {"seat": "3"})

    def part(self, component: str, price: str) -> dict[str, str]:
        return {"code": component, "price": self.seller.named(price), "description": component}

    def does(self, told: Told) -> None:
        day = {"effective_on": told.on.isoformat()}
        match told.what:
            case "quantity":
                quantity = {"component": "seat", "quantity": str(told.quantity)}
                self.seller.changes("anna", "quantity", **quantity, **day)
            case "swap":
                self.seller.changes("anna", "plan", plan=self.seller.named("second"), **day)
            case how:
                self.seller.changes("anna", how, **day)

    def uses(self, used: Used) -> None:
        self.seller.uses("anna", "calls", f"{used.on}T08:00:00Z", n=used.amount)

    def sums(self) -> Counter[tuple[str, str]]:
        """Return cents by price and first day of the billing period."""
        found: Counter[tuple[str, str]] = Counter()
        for invoice in self.seller.invoices("anna"):
            sign = -1 if invoice["object"] == "credit_note" else 1
            for line in invoice["document"]["lines"]:
                price = line["price"]["id"].removeprefix(f"{self.seller.code}-")
                found[price, line["period"]["start_on"]] += sign * line["net"]
        return Counter({key: minor for key, minor in found.items() if minor})


def test_a_year_is_billed_as_its_days_cost(opens) -> None:
    seller = opens(START.isoformat())
    customer, life = Customer(seller), Life(HISTORY)
    for act in YEAR:
        today = max(act.on, seller.now.date()).isoformat()
        if isinstance(act, Bill):
            seller.bills(today)
            continue
        if act.on > seller.now.date():
            seller.at(today)
        if isinstance(act, Told):
            customer.does(act)
            life.told.append(act)
        else:
            customer.uses(act)
            life.used.append(act)
    owed: Counter[tuple[str, str]] = Counter()
    for (_, price, start), minor in life.owed(on("12-31")).items():
        owed[price, start.isoformat()] += minor
    assert customer.sums() == Counter({key: minor for key, minor in owed.items() if minor})
    assert len(seller.invoices("anna")) >= 12
