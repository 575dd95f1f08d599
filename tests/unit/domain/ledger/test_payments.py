"""Money that comes and goes, as entries."""

from solde.domain.ledger import Entry, entry_of_fee, entry_of_payment, entry_of_withdrawal
from solde.domain.money import Money


def moved(one: Entry) -> dict[str, int]:
    return {posting.account: posting.minor for posting in one.postings}


def test_money_that_fits_no_invoice_stays_visible() -> None:
    found = entry_of_payment(Money(120_00, "EUR"), allocated=Money(100_00, "EUR"))
    assert moved(found) == {"411": -100_00, "4191": -20_00, "512": 120_00}
    exact = entry_of_payment(Money(100_00, "EUR"), allocated=Money(100_00, "EUR"))
    assert moved(exact) == {"411": -100_00, "512": 100_00}  # what does not move is left out


def test_money_that_goes_back_comes_off_credit_or_opens_invoices_again() -> None:
    back = Money(20_00, "EUR")
    assert moved(entry_of_withdrawal(back, reopened=0)) == {"4191": 20_00, "512": -20_00}
    found = entry_of_withdrawal(back, reopened=15_00, fee=1_50)
    assert moved(found) == {"4191": 5_00, "411": 15_00, "512": -21_50, "627": 1_50}
    again = entry_of_withdrawal(-back, reopened=-15_00)
    assert moved(again) == {"4191": -5_00, "411": -15_00, "512": 20_00}


def test_what_a_provider_keeps_is_an_expense() -> None:
    assert moved(entry_of_fee(Money(3_82, "EUR"))) == {"512": -3_82, "627": 3_82}
