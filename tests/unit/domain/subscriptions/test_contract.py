"""Terms that follow each other, and until when their end can be told."""

from dataclasses import replace

import pytest

from solde.domain.errors import InvalidError
from solde.domain.periods import NEVER, Period, Unit
from solde.domain.subscriptions.contract import Contract, Early
from tests.support.story import day

YEARS = Contract(day("2027-06-15"), Unit.YEAR, 1, notice_days=30)
ONE = replace(YEARS, renews=False)
MONTHS = replace(YEARS, unit=Unit.MONTH)


@pytest.mark.parametrize(
    ("contract", "on", "term"),
    [
        (YEARS, "2027-01-01", ("2027-06-15", "2028-06-15")),
        (YEARS, "2027-06-15", ("2027-06-15", "2028-06-15")),
        (YEARS, "2028-06-14", ("2027-06-15", "2028-06-15")),
        (YEARS, "2028-06-15", ("2028-06-15", "2029-06-15")),
        (ONE, "2030-01-01", ("2027-06-15", "2028-06-15")),
        (replace(YEARS, unit=Unit.MONTH, count=18), "2029-01-01", ("2028-12-15", "2030-06-15")),
    ],
)
def test_the_term_of_a_day(contract, on, term) -> None:
    assert contract.term_on(day(on)) == Period(*map(day, term))


@pytest.mark.parametrize(
    ("contract", "today", "end"),
    [
        (YEARS, "2027-07-01", "2028-06-15"),
        (YEARS, "2028-05-16", "2028-06-15"),  # 30 days ahead
        (YEARS, "2028-05-17", "2029-06-15"),  # too late: the next term is agreed
        (YEARS, "2028-06-15", "2029-06-15"),
        (YEARS, "2027-01-01", "2028-06-15"),
        (ONE, "2028-06-01", "2028-06-15"),  # ends by itself
        (replace(YEARS, notice_days=0), "2028-06-15", "2029-06-15"),
        (replace(YEARS, notice_days=0), "2028-06-14", "2028-06-15"),
        # 45 days before the end of a month: one that ends before is gone by
        (replace(MONTHS, notice_days=45), "2027-06-15", "2027-08-15"),  # 61 days ahead
        (replace(MONTHS, notice_days=45), "2027-07-01", "2027-08-15"),  # 45
        (replace(MONTHS, notice_days=45), "2027-07-02", "2027-09-15"),  # 44: 75 days ahead
        (replace(MONTHS, notice_days=90), "2027-06-20", "2027-10-15"),  # 18 September is the first
    ],
)
def test_the_first_end_that_can_still_be_told(contract, today, end) -> None:
    assert contract.first_end(day(today)) == day(end)


def test_without_a_word_a_term_is_followed_by_another_and_its_end_told_the_day_before() -> None:
    found = Contract(day("2027-06-15"), Unit.MONTH, 1)
    assert (found.first_end(day("2027-07-14")), found.early) == (day("2027-07-15"), Early.REFUSED)
    assert found.notice_by(day("2027-07-01")) == day("2027-07-14")
    assert [one.value for one in Early] == ["refused", "allowed", "remainder"]


def test_what_renews_has_no_end_of_itself() -> None:
    assert (YEARS.ends_on, ONE.ends_on) == (NEVER, day("2028-06-15"))
    assert YEARS.notice_by(day("2028-01-01")) == day("2028-05-16")


@pytest.mark.parametrize("wrong", [{"count": 0}, {"notice_days": -1}])
def test_no_such_contract(wrong) -> None:
    with pytest.raises(InvalidError, match="contract: expected a term of at least 1"):
        replace(YEARS, **wrong)
