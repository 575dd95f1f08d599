"""Books: an entry that does not balance, money booked twice, allocations that do not add up."""

from dataclasses import replace

import pytest

from solde.ports.audit import Stored
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
    stored.headers[0] = replace(stored.headers[0], kind="credit_note")
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
    stored.unapplied.clear()
    said = f"unapplied of {stored.payments[0].id}: expected 1416, found 0"
    assert allocations(stored).violations == (said,)


@pytest.mark.parametrize("status", ["open", "paid"])
def test_an_invoice_shows_as_paid_exactly_when_it_is(stored: Stored, status: str) -> None:
    place, header = next(
        (place, one) for place, one in enumerate(stored.headers) if one.status != status
    )
    stored.headers[place] = replace(header, status=status)
    said = f"{header.number}: {status} with {header.paid_minor} paid"
    assert allocations(stored).violations == (said,)
