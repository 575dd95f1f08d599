"""Statements: opening and movements sum to closing; what is open is told by how late it is."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solde.domain.errors import InvalidError
from solde.domain.invoicing.draft import KINDS, PRO_FORMA
from solde.domain.statement import DOCUMENTS, Moved, Open, Row, ageing, statement


def moved(on: str, kind: str, number: int, **accounts: int) -> Moved:
    movements = {name.removeprefix("a"): minor for name, minor in accounts.items()}
    identity = f"{kind}_{number}"
    return Moved(date.fromisoformat(on), kind, identity, identity, movements)


SOLD = moved("2027-01-05", "invoice", 1, a411=120_00, a706=-100_00, a4457=-20_00)
PAID = moved("2027-02-03", "payment", 1, a512=150_00, a411=-120_00, a4191=-30_00)
NOTE = moved("2027-02-10", "credit_note", 1, a411=-12_00, a706=10_00, a4457=2_00)
MORE = moved("2027-03-01", "invoice", 2, a411=60_00, a706=-60_00)
RELEASED = moved("2027-02-28", "other", 1, a487=5_00, a706=-5_00)
ALL = [MORE, NOTE, RELEASED, PAID, SOLD]


def test_a_month_has_what_was_carried_in_what_moved_and_what_is_carried_out() -> None:
    """120.00; 150.00 come, of which 30.00 fit nothing; 12.00 are given back."""
    found = statement(ALL, date(2027, 2, 1), date(2027, 2, 28))
    assert (found.opening, found.closing) == (120_00, -42_00)
    assert found.rows == (Row(PAID, -30_00), Row(NOTE, -42_00))
    assert (found.documents, found.settlements) == (-12_00, 150_00)  # 120 - 12 - 150 = -42


def test_every_kind_of_document_is_one_but_the_pro_forma_which_moves_nothing() -> None:
    assert {*DOCUMENTS, PRO_FORMA} == {*KINDS}


def test_both_days_are_included() -> None:
    found = statement(ALL, SOLD.on, MORE.on)
    assert [one.moved for one in found.rows] == [SOLD, PAID, NOTE, MORE]
    assert (found.opening, found.closing) == (0, 18_00)


def test_days_the_wrong_way_round_are_refused() -> None:
    with pytest.raises(InvalidError, match="to: expected 2027-02-01 or later, found 2027-01-31"):
        statement(ALL, date(2027, 2, 1), date(2027, 1, 31))


@given(
    amounts=st.lists(st.tuples(st.integers(0, 90), st.integers(-9_999, 9_999)), max_size=12),
    bounds=st.tuples(st.integers(0, 90), st.integers(0, 90)).map(sorted),
)
def test_what_closes_one_opens_the_next(amounts: list[tuple[int, int]], bounds: list[int]) -> None:
    begin = date(2027, 1, 1)
    facts = [
        Moved(begin + timedelta(days=day), "invoice", f"{place:03}", "", {"411": minor})
        for place, (day, minor) in enumerate(amounts)
    ]
    first, last = (begin + timedelta(days=one) for one in bounds)
    one = statement(facts, first, last)
    following = statement(facts, last + timedelta(days=1), begin + timedelta(days=200))
    assert following.opening == one.closing
    assert following.closing == sum(minor for _, minor in amounts)


@pytest.mark.parametrize(
    ("late", "bucket"),
    [
        (-30, "not_due"),
        (0, "not_due"),
        (1, "days_1_30"),
        (30, "days_1_30"),
        (31, "days_31_60"),
        (60, "days_31_60"),
        (61, "days_61_90"),
        (90, "days_61_90"),
        (91, "over_90"),
        (4_000, "over_90"),
    ],
)
def test_what_is_open_is_told_by_its_age(late: int, bucket: str) -> None:
    today = date(2027, 6, 30)
    found = ageing([Open(today - timedelta(days=late), 7), Open(today, 1)], today)
    expected = dict.fromkeys(("not_due", "days_1_30", "days_31_60", "days_61_90", "over_90"), 0)
    expected["not_due"] += 1
    expected[bucket] += 7
    assert found == expected
