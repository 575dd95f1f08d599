"""Money before and after the invoice: deposits, what is paid already, how the rest is asked for."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from local.documents.life import Document, Life, day
from local.documents.parties import BUSINESS, CREDITOR, FRANCE, SELLER, sold
from local.documents.samples.taxed import ON, billed, month
from local.documents.texts import says
from solde.domain.invoicing.parties import Customer
from solde.domain.late import Owed, ReferenceRate, Settled, Wanted, late_document
from solde.domain.late.charge import Late
from solde.domain.money import Money
from solde.domain.periods import Period
from solde.domain.rating import ExtraLine
from solde.domain.settlement import Lot, deposit_document, lot_of_deposit, received

ORDER = "BC-2027-118"
SAID = {"id": "dep_1", "order": ORDER}
REFERENCE = (ReferenceRate(day("2027-07-01"), Decimal("2.40"), "figures of the sample"),)
"""What the ECB takes, to which 10 points are added: 12.40 %."""
CARD = {"card_last4": "4242", "card_network": "VISA"}
DEBIT = {"mandate_id": "RUM-2027-0042", "debtor_iban": "FR14 2004 1010 0505 0001 3M02 606"}


def ordered() -> Life:
    """1,000.00 at 20 % and 500.00 at 5.5 %, on an order: 1,727.50."""
    life = Life(BUSINESS, SELLER, FRANCE)
    for name, price, tax_class in (("setup", "1000", "standard"), ("books", "500", "reduced")):
        life.adjusts(
            ExtraLine(
                id=f"adj_{name}",
                customer_id=BUSINESS.id,
                entity=SELLER.code,
                product=sold(name, tax_class),
                currency="EUR",
                quantity=Decimal(1),
                unit_amount=Decimal(price),
                description=says(name),
                service=Period(day("2027-06-15"), day("2027-06-16")),
                due_on=day("2027-06-15"),
                purchase_order=ORDER,
            )
        )
    return life


def asked(life: Life) -> Document:
    """Ask for 30 % in advance: 360.00 and 158.25."""
    (order,) = life.plans("2027-06-15").documents
    return life.issues(deposit_document(order, 518_25, SAID), ON)


def final() -> Document:
    """Deduct the deposit once it is paid: 1,209.25 are left to pay."""
    life = ordered()
    lot = lot_of_deposit(asked(life))
    life.lots.append(received(lot, 518_25, 518_25))
    return life.bills("2027-06-15")[0]


def in_advance(minor: int, **facts: str) -> Document:
    """Bill a month of 103.80 of which so much was paid before it was issued."""
    life = month(_known(facts))
    life.lots.append(Lot("pay_1", BUSINESS.id, SELLER.code, Money(minor, "EUR"), on=day(ON)))
    return billed(life)


def debited() -> Document:
    return billed(month(_known(DEBIT), CREDITOR))


def factored() -> Document:
    """Ask for a month to be paid to whom the claim was sold."""
    facts = {"payee": "Affacturage du Sud SA", "payee_siren": "552100554"}
    return billed(
        month(entity=replace(SELLER, registration={**(SELLER.registration or {}), **facts}))
    )


def supported() -> Document:
    """Name a supporting document; nothing makes such a field yet."""
    (draft,) = (life := month()).plans(ON).documents
    link = "https://ateliers.example.test/bl/2027-118"
    named = {"id": "BL-2027-118", "description": "BON_LIVRAISON", "url": link}
    return life.issues({**draft, "attachments": [named]}, ON)


def late() -> Document:
    """Charge interest and 40.00 for 103.80 due on 1 July and paid on 15 August: 45 days."""
    life = month()
    invoice = billed(life)
    owed = Owed(Money(103_80, "EUR"), day("2027-07-01"), [Settled(day("2027-08-15"), 103_80)])
    wanted = Wanted("lrq_1", day("2027-08-20"))
    charge = Late(invoice, owed, REFERENCE, ())
    draft = late_document(charge, wanted, entity=life.entity, customer=BUSINESS)
    return life.issues(draft, "2027-08-20")


def _known(facts: dict[str, str]) -> Customer:
    return replace(BUSINESS, registration={**(BUSINESS.registration or {}), **facts})


SAMPLES: dict[str, Callable[[], Document]] = {
    "deposit": lambda: asked(ordered()),
    "final-after-deposit": final,
    "prepaid-in-part": lambda: in_advance(40_00),
    "paid-by-card": lambda: in_advance(200_00, **CARD),
    "direct-debit": debited,
    "payee": factored,
    "late-charge": late,
    "attachment": supported,
}
