"""What is paid in advance books: received, used, lost."""

from solde.domain.ledger import entry_of_end, entry_of_top_up, of_tax_used
from solde.domain.money import Money


def test_money_in_advance_is_owed_to_the_customer() -> None:
    assert entry_of_top_up(Money(50_00, "EUR")).movements == {"4191": -50_00, "512": 50_00}


def test_what_expires_is_income() -> None:
    assert entry_of_end("EUR", booked=55_00).movements == {"4191": 55_00, "7588": -55_00}
    assert entry_of_end("EUR", booked=0).movements == {}


def test_tax_that_was_due_at_receipt_is_not_due_again() -> None:
    """54.00 with 9.00 of tax settle: 45.00 of them are owed no more, 9.00 of tax neither."""
    assert of_tax_used(9_00) == {"4191": -9_00, "4457": 9_00}
    assert of_tax_used(0) == {}


def test_tax_of_what_was_lost_that_is_counted_anew_is_no_income() -> None:
    assert of_tax_used(6, 1) == {"4191": -7, "4457": 6, "7588": 1}
    assert of_tax_used(1, -1) == {"4457": 1, "7588": -1}
