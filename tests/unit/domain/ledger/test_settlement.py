"""What of a document becomes credit, or is settled by it."""

from solde.domain.ledger import also, entry, with_credit

NOTE = entry("EUR", {"411": -120_00, "706": 100_00, "4457": 20_00})


def test_what_a_note_has_over_is_credit_of_the_customer() -> None:
    assert with_credit(NOTE, 0) is NOTE
    found = {one.account: one.minor for one in with_credit(NOTE, 84_00).postings}
    assert found == {"411": -36_00, "4191": -84_00, "706": 100_00, "4457": 20_00}


def test_credit_that_settles_an_invoice_goes_the_other_way() -> None:
    bill = entry("EUR", {"411": 36_00, "706": -30_00, "4457": -6_00})
    found = {one.account: one.minor for one in with_credit(bill, -36_00).postings}
    assert found == {"4191": 36_00, "706": -30_00, "4457": -6_00}


def test_further_movements_join_an_entry() -> None:
    assert also(NOTE, {"411": 0}) is NOTE
    found = {one.account: one.minor for one in also(NOTE, {"411": 30_00, "416": -30_00}).postings}
    assert found == {"411": -90_00, "416": -30_00, "706": 100_00, "4457": 20_00}
