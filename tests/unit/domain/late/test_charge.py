"""The document of late charges: its lines, what it takes off, and what is refused."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solde.domain.errors import InvalidError, StateConflictError
from solde.domain.invoicing.parties import customer_document, entity_document
from solde.domain.late import LateCharged, late_charged
from solde.domain.late.charge import Earlier
from solde.domain.ledger import entry_of_document
from solde.domain.money import Money
from tests.support.late_paper import CUSTOMER, DUE_ON, before, drafted, late, late_invoice
from tests.support.seller import ENTITY


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
    assert late_charged(draft) == ("inv_1", date(2026, 8, 15), 30_74, 40_00, "lrq_1")
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


def days(start_on: str, end_on: str, last_on: str) -> dict[str, str]:
    return {"start_on": start_on, "end_on": end_on, "last_on": last_on}


def test_a_document_says_all_that_it_follows_from() -> None:
    """400.00 came in time: 800.00 × 12.15 % × 30/365 = 7.9890…, and 0.30 were charged before."""
    earlier = (before("2026-06-02", 30),)
    draft = drafted(late(("2026-05-20", 400_00), earlier=earlier), "2026-06-30")
    whole = days("2026-06-01", "2026-07-01", "2026-06-30")
    assert draft == {
        "schema": 1,
        "engine": "1",
        "kind": "late_charge",
        "entity": entity_document(ENTITY),
        "customer": customer_document(CUSTOMER),
        "currency": "EUR",
        "language": "fr-FR",
        "time_zone": "Europe/Paris",
        "terms": {"days": 0, "collection": "send"},
        "group": {"apart": ""},
        "lines": [
            {
                "line": 1,
                "kind": "interest",
                "account": "7631",
                "service": whole,
                "days": 30,
                "owed": 800_00,
                "percent": "12.15",
                "exact": "2916/365",
                "net": 7_99,
            },
            {
                "line": 2,
                "kind": "charged_before",
                "account": "7631",
                "document": {
                    "id": "lch_1",
                    "number": "FR-LC-2026-000001",
                    "issued_on": "2026-07-01",
                },
                "net": -30,
            },
        ],
        "taxes": [],
        "totals": {"net": 7_69, "tax": 0, "gross": 7_69, "prepaid": 0, "due": 7_69},
        "period": whole,
        "mentions": [],
        "late": {
            "invoice": {
                "id": "inv_1",
                "number": "FR-2026-000001",
                "issued_on": "2026-05-01",
                "due_on": "2026-05-31",
                "gross": 1_200_00,
            },
            "through": "2026-06-30",
            "interest": 7_69,
            "fee": 0,
            "request": "lrq_1",
            "settled": [["2026-05-20", 400_00]],
            "rates": [
                {"from_on": "2026-01-01", "reference": "2.15", "points": "10", "source": "ECB"}
            ],
        },
    }
    said = LateCharged("inv_1", date(2026, 6, 30), 7_69, 0, "lrq_1")
    assert late_charged(draft) == said


@pytest.mark.parametrize(
    ("charged", "total"),
    [(11_97, 1), (11_98, None), (11_99, None)],  # 11.9835… in all
)
def test_one_cent_more_is_charged_and_none_is_refused(charged, total) -> None:
    one = late(earlier=(before("2026-06-29", charged),))
    if total is None:
        with pytest.raises(StateConflictError, match=f"more than the {charged} .* found 1198"):
            drafted(one, "2026-06-30")
    else:
        assert drafted(one, "2026-06-30")["totals"]["gross"] == total


def test_interest_below_what_was_charged_is_no_discount_of_the_fee() -> None:
    one = late(earlier=(before("2026-06-29", 11_99, fee=0),))
    with pytest.raises(
        StateConflictError, match="more than the 1199 that were charged, found 1198"
    ):
        drafted(one, "2026-06-30")


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


counts = st.lists(st.integers(1, 200), min_size=1, max_size=6, unique=True).map(sorted)


@given(days=counts, gross=st.integers(1, 5_000_00))
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
