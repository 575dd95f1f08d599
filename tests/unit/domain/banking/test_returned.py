"""What comes back, as it is kept."""

from solde.domain.banking.returned import Returned, from_body, to_body

ONE = Returned("att-017gj", "AM04", 3_50)


def test_it_names_the_debit_that_came_back() -> None:
    assert (ONE.debit_id, ONE.name) == ("att_017gj", "rtn_017gj")
    assert from_body(to_body(ONE)) == ONE


def test_a_debit_of_others_is_none_of_ours() -> None:
    assert ONE.ours
    assert not Returned("NOTPROVIDED", "AM04").ours
