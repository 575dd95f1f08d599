"""Deferrals as they lie in a header."""

from datetime import date

from solde.domain.ledger import Deferral
from solde.domain.periods import Period
from solde.storage.deferrals import deferral_from_item, deferral_to_item


def test_a_deferral_comes_back_as_it_was() -> None:
    service = Period(date(2026, 11, 15), date(2027, 11, 15))
    one = Deferral("706", "487", -1_200_00, service)
    row = deferral_to_item(one)
    assert row == ["706", "487", -1_200_00, "2026-11-15", "2027-11-15"]
    assert deferral_from_item(row) == one
