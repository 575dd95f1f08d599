"""Credit that the next invoice uses: planned, printed, taken, and never more than there is."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from solde.domain.money import Money
from solde.domain.settlement import Lot, Use, prepaid_of, prepay, taken_at_issue


def lot(identity: str, minor: int, on: int = 1, currency: str = "EUR", **more) -> Lot:
    return Lot(identity, "cus", "fr", Money(minor, currency), date(2027, 6, on), **more)


def draft(due: int, kind: str = "invoice", currency: str = "EUR") -> dict:
    totals = {"gross": due, "prepaid": 0, "due": due}
    return {"kind": kind, "currency": currency, "totals": totals}


def closed(document: dict, identity: str) -> dict:
    return {**document, "envelope": {"id": identity}}


def test_the_oldest_pays_first_and_documents_one_after_the_other() -> None:
    """84.00 of credit: 54.00 are paid whole, of 60.00 then 30.00."""
    lots = [lot("new", 34_00, on=9), lot("old", 50_00, on=2)]
    first, second = prepay([draft(54_00), draft(60_00)], lots)
    assert first["prepaid"] == [{"id": "old", "amount": 50_00}, {"id": "new", "amount": 4_00}]
    assert first["totals"] == {"gross": 54_00, "prepaid": 54_00, "due": 0}
    assert (prepaid_of(second), second["totals"]["due"]) == ({"new": 30_00}, 30_00)


def test_what_is_no_invoice_has_another_currency_or_waits_for_a_refund_is_left_alone() -> None:
    lots = [lot("usd", 10_00, currency="USD"), lot("back", 10_00, to_refund=True)]
    documents = (draft(50_00), draft(50_00, kind="credit_note"), draft(0))
    assert prepay(documents, lots) == documents
    mine = [lot("eur", 10_00)]
    assert [prepaid_of(one) for one in prepay(documents, mine)] == [{"eur": 10_00}, {}, {}]
    assert documents[0]["totals"]["due"] == 50_00  # drafts are made anew, not changed


def test_it_is_taken_when_the_document_is_issued() -> None:
    lots = {"a": lot("a", 50_00)}
    documents = [
        closed(one, f"inv_{at}") for at, one in enumerate(prepay([draft(30_00)], [*lots.values()]))
    ]
    assert taken_at_issue(documents, lots) == (
        [30_00],
        {"a": lot("a", 20_00, uses=(Use("inv_0", 30_00),))},
    )


def test_what_is_gone_by_then_leaves_the_invoice_open() -> None:
    (document,) = prepay([draft(30_00)], [lot("a", 50_00)])
    for left in (0, 12_00):
        settled, moved = taken_at_issue([closed(document, "i")], {"a": lot("a", left)})
        assert (settled, "a" in moved) == ([left], left > 0)
    assert taken_at_issue([closed(document, "i")], {}) == ([0], {})


def test_a_cent_of_credit_pays_a_cent() -> None:
    lots = [lot("a", 1)]
    (document,) = prepay([draft(30_00)], lots)
    assert (prepaid_of(document), document["totals"]["due"]) == ({"a": 1}, 29_99)
    settled, moved = taken_at_issue([closed(document, "i")], {"a": lots[0]})
    assert (settled, moved) == ([1], {"a": lot("a", 0, uses=(Use("i", 1),))})


@given(
    dues=st.lists(st.integers(0, 200), max_size=3),
    lefts=st.lists(st.integers(0, 150), max_size=3),
    gone=st.integers(0, 100),
)
def test_credit_is_never_negative_and_nothing_is_lost(dues, lefts, gone) -> None:
    lots = [lot(f"l{at}", minor) for at, minor in enumerate(lefts)]
    documents = [
        closed(one, f"i{at}") for at, one in enumerate(prepay(list(map(draft, dues)), lots))
    ]
    planned = sum(one["totals"]["prepaid"] for one in documents)
    assert planned == min(sum(dues), sum(lefts))
    assert all(one["totals"]["due"] >= 0 for one in documents)
    now = {one.id: one.moved(-min(gone, one.left.minor)) for one in lots}
    settled, moved = taken_at_issue(documents, now)
    after = {**now, **moved}
    assert sum(settled) == sum(one.used for one in after.values()) <= planned
    assert all(one.left.minor >= 0 for one in after.values())
    assert sum(one.left.minor + one.used for one in after.values()) == sum(
        one.left.minor for one in now.values()
    )
