"""The document of late charges: its lines, what it takes off, and what is refused."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solde.domain.errors import InvalidError, StateConflictError
from solde.domain.late import late_charged
from solde.domain.late.charge import Earlier
from solde.domain.ledger import entry_of_document
from solde.domain.money import Money
from tests.support.late_paper import DUE_ON, before, drafted, late, late_invoice


def rows(draft: dict) -> list[tuple[str, int]]:
    return [(one["kind"], one["net"]) for one in draft["lines"]]


def test_two_half_years_and_the_fee() -> None:
    """11.9835… is 11.98, with 18.7528… it is 30.7364…, which is 30.74: the second line 18.76."""
    draft = drafted(late(("2026-08-15", 1_200_00)), "2026-12-31")
    assert rows(draft) == [("interest", 11_98), ("interest", 18_76), ("recovery_fee", 40_00)]
    assert draft["totals"] == {
        "net": 70_74,
        "tax": 0,
        "gross": 70_74,
        "prepaid": 0,
        "due": 70_74,
    }
    assert (draft["kind"], draft["taxes"]) == ("late_charge", [])
    said = draft["late"]
    assert (said["through"], said["interest"], said["fee"]) == ("2026-08-15", 30_74, 40_00)
    assert [(one["reference"], one["points"]) for one in said["rates"]] == [
        ("2.15", "10"),
        ("2.4", "10"),
    ]
    first = draft["lines"][0]
    assert (first["days"], first["percent"], first["owed"]) == (30, "12.15", 1_200_00)
    assert first["exact"] == "4374/365"  # 11.9835…
    booked = entry_of_document(draft)
    assert dict(booked.movements) == {"411": 70_74, "7631": -70_74}


def test_the_second_takes_off_what_the_first_has_charged() -> None:
    """30.7364… in all, 11.98 charged on 30 June: 18.76, and no second fee."""
    draft = drafted(late(earlier=(before("2026-06-30", 11_98),)), "2026-08-15")
    assert rows(draft) == [("interest", 11_98), ("interest", 18_76), ("charged_before", -11_98)]
    assert (draft["late"]["interest"], draft["late"]["fee"]) == (18_76, 0)
    assert draft["lines"][2]["document"]["number"] == "FR-LC-2026-000001"


def test_a_payment_told_late_is_set_right_by_the_next_document() -> None:
    """11.98 were charged for June, but 700.00 had come on the 15th: 16.3020… in all, so 4.32."""
    paid = (("2026-06-15", 700_00), ("2026-08-15", 500_00))
    draft = drafted(late(*paid, earlier=(before("2026-06-30", 11_98),)), "2026-09-01")
    assert draft["totals"]["gross"] == 4_32


def test_less_than_a_cent_is_charged_with_the_fee_alone() -> None:
    draft = drafted(late(gross=1), "2026-06-01")
    assert rows(draft) == [("interest", 0), ("recovery_fee", 40_00)]


def test_an_agreed_rate_is_one_for_all_days() -> None:
    """1,200.00 × 12 % × 76/365 = 29.9835…"""
    one = late()
    mentions = [{"code": "late_penalty_agreed", "percent": "12"}]
    draft = drafted(replace(one, document={**one.document, "mentions": mentions}), "2026-08-15")
    assert (draft["late"]["interest"], draft["late"]["rates"]) == (29_98, [{"agreed": "12"}])
    assert len({line["percent"] for line in draft["lines"] if line["kind"] == "interest"}) == 1


@pytest.mark.parametrize(
    ("one", "through", "said"),
    [
        (late(), "2026-05-31", "a day after 2026-05-31 .* found none by 2026-05-31"),
        (late(("2026-05-31", 1_200_00)), "2026-08-01", "found none by 2026-08-01"),
        (
            late(earlier=(before("2026-06-30", 11_98),)),
            "2026-06-30",
            "a late day after 2026-06-30, .* found 2026-06-30",
        ),
        (
            late(("2026-06-20", 1_200_00), earlier=(before("2026-06-30", 11_98),)),
            "2026-08-01",
            "found 2026-06-20",
        ),
        # 1,200.00 for one day is 0.40, 600.00 for 30 more 5.99…: less than the 11.98 charged
        (
            late(("2026-06-01", 600_00), earlier=(before("2026-06-30", 11_98),)),
            "2026-07-01",
            "more than the 1198 that were charged, found 6",
        ),
    ],
)
def test_nothing_new_is_refused(one, through, said) -> None:
    with pytest.raises(StateConflictError, match=said):
        drafted(one, through)


def test_a_consumer_owes_none() -> None:
    one = late()
    one.document["customer"]["business"] = False
    with pytest.raises(InvalidError, match="found a consumer"):
        drafted(one, "2026-08-15")


def test_an_invoice_in_another_currency_is_refused() -> None:
    one = late()
    dollars = replace(one, owed=replace(one.owed, gross=Money(1_200_00, "USD")))
    with pytest.raises(InvalidError, match="expected an invoice in EUR, found USD"):
        drafted(dollars, "2026-08-15")


def test_other_documents_charge_nothing_late() -> None:
    assert late_charged(late_invoice()) is None


days = st.lists(st.integers(1, 200), min_size=1, max_size=6, unique=True).map(sorted)


@given(days=days, gross=st.integers(1, 5_000_00))
def test_however_often_it_is_charged_the_interest_is_rounded_once(days, gross) -> None:
    """Documents through rising days sum to the one that charges all at once; the fee is in one."""
    earlier: tuple[Earlier, ...] = ()
    for number, count in enumerate(days, 1):
        through = date.fromordinal(DUE_ON.toordinal() + count).isoformat()
        try:
            draft = drafted(late(gross=gross, earlier=earlier), through)
        except StateConflictError:  # less than half a cent more
            continue
        said = draft["late"]
        earlier += (before(through, said["interest"], said["fee"], number),)
    last = earlier[-1].charged.through
    whole = drafted(late(gross=gross), last.isoformat())["late"]
    assert sum(one.charged.interest for one in earlier) == whole["interest"]
    assert [one.charged.fee for one in earlier] == [40_00] + [0] * (len(earlier) - 1)
    assert all(a.charged.through < b.charged.through for a, b in pairwise(earlier))
