"""Money that comes and goes, as entries."""

from solde.domain.ledger import Entry, entry_of_payment, entry_of_refund
from solde.domain.money import Money


def moved(one: Entry) -> dict[str, int]:
    return {posting.account: posting.minor for posting in one.postings}


def test_money_that_fits_no_invoice_stays_visible() -> None:
    found = entry_of_payment(Money(120_00, "EUR"), allocated=Money(100_00, "EUR"))
    assert moved(found) == {"411": -100_00, "4191": -20_00, "512": 120_00}
    exact = entry_of_payment(Money(100_00, "EUR"), allocated=Money(100_00, "EUR"))
    assert moved(exact) == {"411": -100_00, "512": 100_00}  # what does not move is left out
    assert moved(entry_of_refund(Money(20_00, "EUR"))) == {"4191": 20_00, "512": -20_00}
