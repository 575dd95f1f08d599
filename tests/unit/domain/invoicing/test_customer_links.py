"""Until when a link to a customer's own pages opens."""

from dataclasses import replace
from datetime import date

import pytest

from solde.domain.errors import InvalidError
from solde.domain.invoicing.customer_links import CustomerLink, last_day

TODAY = date(2013, 6, 1)
LINK = CustomerLink("lnk_1", "cus_1", TODAY, date(2013, 7, 1))


def test_it_opens_up_to_its_last_day_and_not_once_it_was_taken_back() -> None:
    assert LINK.opens(date(2013, 7, 1))
    assert not LINK.opens(date(2013, 7, 2))
    assert not replace(LINK, revoked=True).opens(TODAY)


def test_it_lasts_for_so_many_days() -> None:
    assert last_day(TODAY, 30) == date(2013, 7, 1)
    for days in (0, 401):
        with pytest.raises(InvalidError, match=f"expected 1 to 400, found {days}"):
            last_day(TODAY, days)
