"""Who would be asked on a day, told to a person."""

from datetime import date

import pytest
from rich.console import Console

from local.dunning import NoDayError, _day, decisions, shown
from tests.support.seller import Seller


def test_a_day_is_told_invoice_by_invoice_and_nothing_is_written() -> None:
    seller = Seller()
    seller.sells("basic", "100.00")
    seller.customer("acme")
    seller.subscribes("acme", "2013-06-01", ("basic", "1"))
    seller.runs_billing("2013-06-01")
    entity, before = seller.context.entities.entity("FRA"), dict(seller.table.items)
    found = list(decisions(seller.table, entity, date(2013, 7, 4)))
    said = Console(width=160, record=True)
    with said.capture() as told:
        said.print(shown(entity, found))
    row = next(line for line in told.get().splitlines() if "FRA-2013-000001" in line)
    for part in ("Acme", "119.60 EUR", "2013-07-01", "standard 1", "1 of 2", "step: due"):
        assert part in row
    assert seller.table.items == before
    assert list(decisions(seller.table, entity, date(2013, 7, 3))) == []


def test_a_day_that_is_none_is_named() -> None:
    with pytest.raises(NoDayError, match="expected a day such as 2013-03-20, found 'soon'"):
        _day("soon")
