"""Books: an entry that does not balance, money booked twice, allocations that do not add up."""

from dataclasses import replace

import pytest

from solde.domain.money import Money
from solde.domain.settlement import Lot, Taken, Use
from solde.ports.audit import Stored, Withdrawn
from solde.workflows.verify.books import allocations, ledger_balances, payments_once

# acme, June: 3 × 9.99 = 29.97 and 19.6 % of it 5.87: 35.84; 50.00 are paid, so 14.16 are left,
# of which 10.00 go back.


def test_sound_books_say_how_much_was_looked_at(stored: Stored) -> None:
    found = [check(stored) for check in (ledger_balances, payments_once, allocations)]
    assert [(one.code, one.counted, one.violations) for one in found] == [
        ("I2", 7, ()),  # five documents, a payment, a refund
        ("I8", 1, ()),
        ("I9", 1, ()),
    ]


def test_an_entry_that_is_off_is_named_with_its_difference(stored: Stored) -> None:
    entry = next(one for one in stored.entries if "706" in one.movements)
    movements = {**entry.movements, "706": entry.movements["706"] + 1}
    stored.entries[stored.entries.index(entry)] = replace(entry, movements=movements)
    assert ledger_balances(stored).violations == (f"entry of {entry.name}: expected 0, found 1",)


def test_receivables_are_what_invoices_show_in_each_currency(stored: Stored) -> None:
    entry = next(one for one in stored.entries if "706" in one.movements)
    movements = {**entry.movements, "411": entry.movements["411"] + 5}
    movements["706"] -= 5
    stored.entries[stored.entries.index(entry)] = replace(entry, movements=movements)
    stored.entries.append(replace(entry, currency="USD", movements={"411": 7, "706": -7}))
    shown = sum(one.gross_minor - one.paid_minor for one in stored.headers)
    assert ledger_balances(stored).violations == (
        f"411 in EUR against what invoices show: expected {shown}, found {shown + 5}",
        "411 in USD against what invoices show: expected 0, found 7",
    )


def test_a_credit_note_takes_off_what_invoices_show(stored: Stored) -> None:
    place = next(place for place, one in enumerate(stored.headers) if not one.paid_minor)
    stored.headers[place] = replace(stored.headers[place], kind="credit_note")
    (said,) = ledger_balances(stored).violations
    assert said.startswith("411 in EUR against what invoices show")


def test_money_booked_twice_is_named_by_its_reference(stored: Stored) -> None:
    stored.payments.append(stored.payments[0])
    assert payments_once(stored).violations == ("payment stripe#pi_1 booked: expected 1, found 2",)


def test_a_payment_without_its_reference_item_can_be_booked_again(stored: Stored) -> None:
    stored.references.clear()
    assert payments_once(stored).violations == (
        "payment stripe#pi_1: expected its reference item, found none",
    )


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"allocated_minor": 35_83}, "unapplied of {id}: expected 1417, found 1416"),
        ({"refunded_minor": 11_00}, "refunded of {id}: expected 1000, found 1100"),
        ({"refunded_minor": 50_01}, "{id}: refunded 5001 of 5000"),
        ({"allocated_minor": 35_83}, "paid of {number}: expected 3583, found 3584"),
    ],
)
def test_allocations_that_do_not_add_up(stored: Stored, fields, said) -> None:
    payment = stored.payments[0]
    stored.payments[0] = replace(payment, **fields)
    number = next(one.number for one in stored.headers if one.id == payment.invoice_id)
    assert said.format(id=payment.id, number=number) in allocations(stored).violations


def test_a_lost_credit_is_missed(stored: Stored) -> None:
    stored.lots.clear()
    (booked,) = ledger_balances(stored).violations
    assert booked == "4191 in EUR against what is left of credit: expected 0, found 416"
    said = f"unapplied of {stored.payments[0].id}: expected 1416, found 1000"  # refunded of it
    assert allocations(stored).violations == (said,)


@pytest.mark.parametrize("status", ["open", "paid"])
def test_an_invoice_shows_as_paid_exactly_when_it_is(stored: Stored, status: str) -> None:
    place, header = next(
        (place, one) for place, one in enumerate(stored.headers) if one.status != status
    )
    stored.headers[place] = replace(header, status=status)
    said = f"state of {header.number}: expected {header.status}, found {status}"
    assert allocations(stored).violations == (said,)


def test_what_a_note_has_settled_or_left_is_all_of_it(stored: Stored) -> None:
    """A note of 10.00 of which 6.00 settle an invoice and 4.00 are credit, 1.00 of it refunded."""
    payment, place = stored.payments[0], 1
    invoice = stored.headers[place]
    stored.headers[place] = replace(invoice, paid_minor=6_00, status="partly_paid")
    note = replace(invoice, id="crn_1", number="CN-1", kind="credit_note", gross_minor=10_00)
    note = replace(note, paid_minor=10_00, status="paid", uses=(Use(invoice.id, 6_00),))
    stored.headers.append(note)
    stored.lots["crn_1"] = Lot("crn_1", note.customer_id, "FRA", Money(3_00, "EUR"))
    taken = [Taken("crn_1", "", 1_00)]
    stored.withdrawals.append(Withdrawn(payment.id, "refund", 1_00, taken))
    stored.payments[0] = replace(payment, refunded_minor=11_00)
    assert allocations(stored).violations == ()
    stored.lots["crn_1"] = Lot("crn_1", note.customer_id, "FRA", Money(2_00, "EUR"))
    assert allocations(stored).violations == ("paid of CN-1: expected 900, found 1000",)


def test_no_document_is_paid_more_than_it_is(stored: Stored) -> None:
    place = next(place for place, one in enumerate(stored.headers) if not one.paid_minor)
    header = stored.headers[place]
    stored.headers[place] = replace(header, paid_minor=header.gross_minor + 1)
    said = f"{header.number}: {header.gross_minor + 1} paid of {header.gross_minor}"
    assert said in allocations(stored).violations
