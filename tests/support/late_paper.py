"""A document of late charges as it is closed: worked scenario 19."""

from datetime import date
from decimal import Decimal
from typing import Any

from solde.domain.invoicing.canonical import close
from solde.domain.invoicing.parties import Address, Customer
from solde.domain.late import (
    LateCharged,
    Owed,
    ReferenceRate,
    Settled,
    Waive,
    Wanted,
    late_document,
    left_of,
    waiver_document,
    waiver_tree,
    wanted_of,
)
from solde.domain.late.charge import Earlier, Late
from solde.domain.money import Money
from tests.support.closed import french
from tests.support.seller import ENTITY

RATES = (
    ReferenceRate(date(2026, 1, 1), Decimal("2.15"), "ECB"),
    ReferenceRate(date(2026, 7, 1), Decimal("2.40"), "figures for the test"),
)
CUSTOMER = Customer(
    id="cus_1",
    entity="fr",
    name="Boulangerie des Lices",
    address=Address(("2 rue des Lices",), "69001", "Lyon", "FR"),
    email="compta@lices.example.test",
    language="fr-FR",
    external_id="LICES",
    business=True,
)
DUE_ON = date(2026, 5, 31)


def late_invoice() -> dict[str, Any]:
    """Return an invoice of 1 May 2026 to a business, due on 31 May."""
    document = french()
    document["customer"]["business"] = True
    document["entity"]["address"]["country"] = "FR"
    document["envelope"] |= {
        "id": "inv_1",
        "number": "FR-2026-000001",
        "issued_on": "2026-05-01",
        "due_on": "2026-05-31",
    }
    return document


def late(*settled: tuple[str, int], gross: int = 1_200_00, earlier: tuple[Earlier, ...] = ()):
    """Return that invoice over an amount, with what has settled it and was charged before."""
    paid = [Settled(date.fromisoformat(on), minor) for on, minor in settled]
    owed = Owed(Money(gross, "EUR"), DUE_ON, paid)
    return Late(late_invoice(), owed, RATES, earlier)


def drafted(one: Late, through: str, customer: Customer = CUSTOMER) -> dict[str, Any]:
    wanted = Wanted("lrq_1", date.fromisoformat(through))
    return late_document(one, wanted, entity=ENTITY, customer=customer)


def before(through: str, interest: int, fee: int = 40_00, number: int = 1) -> Earlier:
    said = LateCharged("inv_1", date.fromisoformat(through), interest, fee, "lrq_0")
    return Earlier(f"lch_{number}", f"FR-LC-2026-{number:06d}", date(2026, 7, 1), said)


def closed_late(draft: dict[str, Any], number: int = 1) -> dict[str, Any]:
    said = {
        "id": f"lch_{number}",
        "number": f"FR-LC-2026-{number:06d}",
        "issued_on": "2026-08-20",
        "due_on": "2026-08-20",
    }
    return close(draft, said)


def waived(interest: int | None = None, fee: int | None = None, *notes: dict[str, Any]):
    """Return a closed note on the charges of 30.74 and 40.00, after some others, and its tree."""
    charges = closed_late(drafted(late(("2026-08-15", 1_200_00)), "2026-12-31"))
    asked = Waive("wvr_1", interest, fee, "A gesture")
    left = left_of(charges, notes)
    found = wanted_of(left, asked)
    draft = waiver_document(charges, found, asked, (ENTITY, CUSTOMER))
    said = {
        "id": "lcn_1",
        "number": "FR-LN-2026-000001",
        "issued_on": "2026-09-01",
        "due_on": "2026-09-01",
    }
    return close(draft, said), waiver_tree(left, found)
