"""Money in advance: a deposit invoice taxes it at receipt, and the final one books the rest."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from solde.domain.catalog import Product
from solde.domain.ledger import (
    also,
    entry_of_document,
    entry_of_payment,
    of_settlement,
    of_tax_used,
    waiting_of,
    with_credit,
)
from solde.domain.money import Money, Rounding
from solde.domain.periods import Period
from solde.domain.rating import ExtraLine
from solde.domain.settlement import (
    Lot,
    deposit_document,
    lot_of_deposit,
    prepay,
    received,
    taken_at_issue,
)
from tests.support.story import Story, day

Document = Mapping[str, Any]
DAY = day("2027-06-01")
SAID = {"id": "dep_1", "order": "BC-7"}


def line(name: str, amount: str, tax_class: str, on: date = DAY) -> ExtraLine:
    product = Product(tax_class, tax_class, tax_class, "706")
    service = Period(on, on.replace(day=on.day + 1))
    price = Decimal(amount)
    return ExtraLine(
        id=name,
        customer_id="cus_1",
        entity="e",
        product=product,
        currency="EUR",
        quantity=Decimal(1),
        unit_amount=price,
        description=name,
        service=service,
        due_on=on,
        purchase_order="BC-7",
    )


def billed(*lines: ExtraLine) -> Document:
    """Return the closed document of some lines by hand."""
    story = Story(regime="FR")
    for one in lines:
        story.adjusts(one)
    story.bills(lines[0].due_on.isoformat())
    return story.documents[-1]


def closed(draft: Document, number: str) -> Document:
    said = {"id": f"inv_{number}", "number": number, "issued_on": "2027-06-01"}
    return {**draft, "envelope": said}


class Books(Counter[str]):
    """The entries of a deposit, its payment, and the invoice that deducts it."""

    def issues(self, document: Document) -> None:
        self.update(entry_of_document(document).movements)

    def pays(self, deposit: Document, lot: Lot) -> Lot:
        whole = Money(deposit["totals"]["gross"], "EUR")
        freed = of_settlement(waiting_of(deposit), whole.minor, before=0, after=whole.minor)
        self.update(also(entry_of_payment(whole, allocated=whole), freed).movements)
        return received(lot, whole.minor, whole.minor)

    def deducts(self, document: Document, lot: Lot) -> tuple[Counter[str], Lot]:
        """Book an invoice and return what it alone has moved, with the lot after it."""
        (used,), moved = taken_at_issue([document], {lot.id: lot})
        entry = with_credit(entry_of_document(document), -used.minor)
        mine = Counter(also(entry, of_tax_used(used.tax)).movements)
        self.update(mine)
        return mine, moved[lot.id]

    @property
    def even(self) -> bool:
        return sum(self.values()) == 0


def rates(document: Document) -> list[tuple[int, int, int]]:
    return [(one["with_tax"], one["base"], one["tax"]) for one in document["taxes"]]


def test_11_a_wallet_for_services_of_one_rate_is_taxed_when_it_is_filled() -> None:
    """120.00 hold 100.00 and 20.00; 45.00 net are 54.00, all prepaid: no new tax, 66.00 left."""
    books = Books()
    order = billed(line("prepaid", "100", "standard"))
    deposit = closed(deposit_document(order, 120_00, SAID), "DP-1")
    assert rates(deposit) == [(120_00, 100_00, 20_00)]
    books.issues(deposit)
    assert books == {"411": 120_00, "4191": -100_00, "44574": -20_00}
    lot = books.pays(deposit, lot_of_deposit(deposit))
    assert (lot.left.minor, books["44574"], books["4457"]) == (120_00, 0, -20_00)
    draft = billed(line("used", "45", "standard", day("2027-06-20")))
    (invoice,) = prepay([draft], [lot], DAY)
    totals = invoice["totals"]
    assert (totals["gross"], totals["prepaid"], totals["due"]) == (54_00, 54_00, 0)
    mine, after = books.deducts(invoice, lot)
    assert +mine == {"4191": 45_00}
    assert (mine["706"], mine["4457"], mine["411"]) == (-45_00, 0, 0)
    assert (after.left.minor, after.booked, -books["4191"]) == (66_00, 55_00, 55_00)
    assert books.even


def test_20_a_deposit_over_two_rates_and_the_invoice_that_deducts_it() -> None:
    """518.25 of 1,727.50: 300.00 + 60.00 and 150.00 + 8.25; 1,209.25 due, 140.00 + 19.25 of tax."""
    books = Books()
    order = billed(line("a", "1000", "standard"), line("b", "500", "reduced"))
    whole = Money(order["totals"]["gross"], "EUR")
    assert whole.minor == 1_727_50
    wanted = whole.share(Fraction(30, 100), Rounding.HALF_AWAY)
    assert wanted.minor == 518_25
    deposit = closed(deposit_document(order, wanted.minor, SAID), "DP-1")
    assert rates(deposit) == [(158_25, 150_00, 8_25), (360_00, 300_00, 60_00)]
    assert deposit["totals"]["rounding"] == 0
    books.issues(deposit)
    lot = books.pays(deposit, lot_of_deposit(deposit))
    (final,) = prepay([order], [lot], DAY)
    totals = final["totals"]
    assert (totals["gross"], totals["prepaid"], totals["due"]) == (1_727_50, 518_25, 1_209_25)
    assert final["prepaid"] == [
        {
            "id": lot.id,
            "amount": 518_25,
            "deposit": "dep_1",
            "tax": 68_25,
            "number": "DP-1",
            "issued_on": "2027-06-01",
        }
    ]
    mine, after = books.deducts(final, lot)
    assert mine["4457"] == -(140_00 + 19_25)
    assert (mine["411"], after.left.minor, books["4191"]) == (1_209_25, 0, 0)
    assert books["4457"] == -(200_00 + 27_50)
    assert books.even
