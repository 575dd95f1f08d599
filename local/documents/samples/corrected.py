"""What is given back: in part, whole, netted on the next invoice as negative lines."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from local.documents.life import Document, Life, day
from local.documents.parties import BUSINESS, FRANCE, SELLER, SERVICES_ABROAD
from local.documents.samples.taxed import ON, month
from local.documents.texts import says
from solde.domain.catalog import ChargeKind
from solde.domain.discounts import Discount, Level
from solde.domain.invoicing.canonical import canonical, close
from solde.domain.invoicing.draft import CORRECTIVE, PRO_FORMA, QUOTE, SELF_BILLED
from solde.domain.invoicing.parties import Customer
from solde.domain.invoicing.pro_forma import pro_formas
from solde.domain.pricing.flat import Flat
from solde.domain.pricing.per_unit import PerUnit
from solde.domain.subscriptions import Cancelled, Item, PlanChanged, QuantityChanged


def partial(customer: Customer = BUSINESS) -> Document:
    """Goodwill of 10.00 on the fee of 49.00."""
    life = month(customer)
    life.bills(ON)
    life.credits(0, 10_00, says("goodwill"))
    return life.bills("2027-06-14")[0]


def whole() -> Document:
    """Bill a month that is cancelled on its first day: all goes back."""
    life = month()
    life.bills(ON)
    life.changes("1", Cancelled(day(ON), 1))
    return life.bills("2027-06-02")[0]


def cancelled() -> Document:
    """Cancel with last day 14 June: 16 of 30 days go back, of a price less 10 %."""
    life = month()
    life.grants("1", [(says("welcome"), Discount(percent=Decimal(10)), Level.DOCUMENT)])
    life.bills(ON)
    life.changes("1", Cancelled(day("2027-06-15"), 2))
    return life.bills("2027-06-15")[0]


def several() -> Document:
    """Correct two invoices by one note: the service failed twice."""
    life = month()
    life.bills(ON)
    life.bills("2027-07-01")
    life.credits(0, 5_00, says("outage"))
    life.credits(2, 7_50, says("outage"))
    return life.bills("2027-07-09")[0]


def upgraded() -> Document:
    """From 100.00 to 160.00 on 15 June: −53.33 and +85.33, of 16 of 30 days."""
    life = Life(BUSINESS, SELLER, FRANCE)
    life.sells("fee", ChargeKind.ADVANCE, Flat(Decimal("100.00")))
    life.sells("plus", ChargeKind.ADVANCE, Flat(Decimal("160.00")))
    life.subscribes("1", ON, {"fee": (says("fee"), 1)})
    life.bills(ON)
    plus = Item("sit_plus", "plus", "plus", Decimal(1), says("plus"))
    life.changes("1", PlanChanged(day("2027-06-15"), 1, "plan", ("sit_fee",), (plus,)))
    return life.bills("2027-06-15")[0]


def resized() -> Document:
    """Ten seats of which two go on 11 June: −2 seats of 20 days beside July's eight."""
    life = Life(BUSINESS, SELLER, FRANCE)
    life.sells("seats", ChargeKind.ADVANCE, PerUnit(Decimal("19.99")))
    life.subscribes("1", ON, {"seats": (says("seats"), 10)})
    life.bills(ON)
    life.changes("1", QuantityChanged(day("2027-06-11"), 1, "sit_seats", Decimal(8)))
    return life.bills("2027-07-01")[0]


def replaced() -> Document:
    """Take the place of an invoice; nothing makes such documents yet."""
    life = month()
    (original,) = life.bills(ON)
    (draft,) = month().plans(ON).documents
    said = original["envelope"]
    named = {"id": said["id"], "number": said["number"], "issued_on": said["issued_on"]}
    return _as(CORRECTIVE, {**draft, "corrects": [named]}, "ARS-CI-2027-000001")


def self_billed() -> Document:
    """Write the invoice of a supplier, who is the customer here; nothing makes such yet."""
    iban = {"iban": "FR14 2004 1010 0505 0001 3M02 606"}
    supplier = replace(BUSINESS, registration={**(BUSINESS.registration or {}), **iban})
    (draft,) = month(supplier).plans(ON).documents
    mentions = [*draft["mentions"], {"code": "self_billed"}]
    return _as(SELF_BILLED, {**draft, "mentions": mentions}, "ARS-SB-2027-000001")


def _as(kind: str, draft: Mapping[str, Any], number: str) -> Document:
    """Close a draft as a kind that has no series yet."""
    said = {"id": "inv_sample", "number": number, "issued_on": "2027-06-14", "due_on": "2027-07-14"}
    closed: Document = json.loads(canonical(close({**draft, "kind": kind}, said)))
    return closed


def offered() -> Document:
    """Offer a month; nothing makes such yet."""
    draft = dict(month().plans(ON).documents[0])
    draft["entity"] = {name: part for name, part in draft["entity"].items() if name != "e_invoice"}
    quote = _as(QUOTE, draft, "ARS-QT-2027-000001")
    quote["envelope"] = {**quote["envelope"], "valid_until": "2027-07-14"}
    return quote


def pro_forma() -> Document:
    """Say what the invoice of a month would be."""
    (draft,) = pro_formas(month().plans(ON).documents)
    return _as(PRO_FORMA, draft, "ARS-PF-2027-000001")


SAMPLES: dict[str, Callable[[], Document]] = {
    "credit-note-partial": partial,
    "credit-note-full": whole,
    "credit-note-cancelled": cancelled,
    "credit-note-two-invoices": several,
    "credit-note-reverse-charge": lambda: partial(SERVICES_ABROAD),
    "corrective-invoice": replaced,
    "self-billed": self_billed,
    "quote": offered,
    "pro-forma": pro_forma,
    "proration-upgrade": upgraded,
    "proration-negative-quantity": resized,
}
