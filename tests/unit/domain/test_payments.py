"""What money received does, and what a refund takes back."""

from datetime import UTC, date, datetime

import pytest

from solde.domain.money import Money
from solde.domain.payments import (
    Allocation,
    Misfit,
    Payment,
    Received,
    Refunded,
    allocate,
    refund_step,
)

AT = datetime(2027, 1, 2, tzinfo=UTC)
LEFT = Money(100_00, "EUR")


def received(minor: int, code: str = "EUR") -> Received:
    return Received("stripe", "pi_1", Money(minor, code), "inv_1", AT)


@pytest.mark.parametrize(
    ("minor", "allocated", "unapplied", "settles"),
    [(100_00, 100_00, 0, True), (40_00, 40_00, 0, False), (120_00, 100_00, 20_00, True)],
)
def test_an_invoice_takes_what_is_open_of_it(minor, allocated, unapplied, settles) -> None:
    expected = Allocation(Money(allocated, "EUR"), Money(unapplied, "EUR"), settles)
    assert allocate(received(minor), LEFT) == expected


@pytest.mark.parametrize(
    ("one", "reason"),
    [
        (received(100, "USD"), "currency: expected EUR, found USD"),
        (received(0), "amount: expected above 0, found 0"),
    ],
)
def test_a_genuine_payment_that_fits_nothing_is_a_value(one, reason) -> None:
    assert allocate(one, LEFT) == Misfit(reason)


PAYMENT = Payment(
    "pay_1",
    "cus_1",
    "fr",
    "stripe",
    "pi_1",
    Money(100_00, "EUR"),
    "inv_1",
    100_00,
    date(2027, 1, 2),
    refunded_minor=30_00,
)


@pytest.mark.parametrize(
    ("told", "step"),
    [
        (50_00, Money(20_00, "EUR")),  # cumulative: 30.00 were known
        (30_00, None),
        (10_00, None),  # late: a larger total is known
        (100_01, Misfit("refund: expected at most 10000, found 10001")),
    ],
)
def test_refunds_are_told_as_totals(told, step) -> None:
    assert refund_step(PAYMENT, Refunded("stripe", "pi_1", Money(told, "EUR"), AT)) == step


def test_a_refund_in_another_currency_fits_nothing() -> None:
    told = Refunded("stripe", "pi_1", Money(1, "USD"), AT)
    assert refund_step(PAYMENT, told) == Misfit("currency: expected EUR, found USD")
