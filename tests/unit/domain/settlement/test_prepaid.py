"""Credit that the next invoice uses: planned, printed, taken, and never more than there is."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from solde.domain.money import Money
from solde.domain.settlement import Funds, Lot, Scope, Use, prepaid_of, prepay, taken_at_issue
from solde.domain.settlement.prepaid import Used, for_any_invoice, order_of

DAY = date(2027, 7, 1)


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
    first, second = prepay([draft(54_00), draft(60_00)], lots, DAY)
    assert first["prepaid"] == [{"id": "old", "amount": 50_00}, {"id": "new", "amount": 4_00}]
    assert first["totals"] == {"gross": 54_00, "prepaid": 54_00, "due": 0}
    assert (prepaid_of(second), second["totals"]["due"]) == ({"new": 30_00}, 30_00)


def test_what_is_no_invoice_has_another_currency_or_waits_for_a_refund_is_left_alone() -> None:
    lots = [lot("usd", 10_00, currency="USD"), lot("back", 10_00, to_refund=True)]
    documents = (draft(50_00), draft(50_00, kind="credit_note"), draft(0))
    assert prepay(documents, lots, DAY) == documents
    mine = [lot("eur", 10_00)]
    assert [prepaid_of(one) for one in prepay(documents, mine, DAY)] == [{"eur": 10_00}, {}, {}]
    assert documents[0]["totals"]["due"] == 50_00  # drafts are made anew, not changed


def test_it_is_taken_when_the_document_is_issued() -> None:
    lots = {"a": lot("a", 50_00)}
    documents = [
        closed(one, f"inv_{at}")
        for at, one in enumerate(prepay([draft(30_00)], [*lots.values()], DAY))
    ]
    assert taken_at_issue(documents, lots) == (
        [Used(30_00)],
        {"a": lot("a", 20_00, uses=(Use("inv_0", 30_00),))},
    )


def test_the_tax_of_what_was_lost_is_counted_anew() -> None:
    """
    1.00 hold 0.17 of tax; 0.10 of them were lost, with 0.02.

    0.34 are used, with 0.06; so 0.44 have gone with 0.07: for what was lost 0.01 less is due.
    """
    held = Funds("wal", 1_00, tax=17, lost=10, request="lot_1")
    document = closed({**draft(34), "prepaid": [{"id": "a", "amount": 34}]}, "inv_0")
    settled, _ = taken_at_issue([document], {"a": lot("a", 90, funds=held)})
    assert settled == [Used(34, tax=6, advance=29, lost=-1)]
    (planned,) = prepay([draft(34)], [lot("a", 90, funds=held)], DAY)
    assert planned["prepaid"] == [
        {"id": "a", "amount": 34, "wallet": "wal", "deposit": "lot_1", "tax": 6}
    ]


def test_what_is_gone_by_then_leaves_the_invoice_open() -> None:
    (document,) = prepay([draft(30_00)], [lot("a", 50_00)], DAY)
    for left in (0, 12_00):
        settled, moved = taken_at_issue([closed(document, "i")], {"a": lot("a", left)})
        assert (settled, "a" in moved) == ([Used(left)], left > 0)
    assert taken_at_issue([closed(document, "i")], {}) == ([Used()], {})


def funds(minor: int, **more) -> Funds:
    return Funds("wal", minor, **more)


def line(net: int, tax: int, product: str, kind: str = "usage", rate: str = "20") -> dict:
    shown = {"category": "S", "rate": rate, "amount": tax}
    return {"net": net, "kind": kind, "product": {"id": product}, "tax": shown}


def test_by_rank_then_first_to_expire_then_oldest() -> None:
    lots = [
        lot("late", 10_00, 2, funds=funds(10_00, until_on=date(2028, 1, 1))),
        lot("soon", 10_00, 3, funds=funds(10_00, until_on=date(2027, 8, 1))),
        lot("first", 10_00, 4, funds=funds(10_00, rank=1)),
        lot("old", 10_00, 1),
        lot("over", 10_00, 1, funds=funds(10_00, until_on=DAY)),
    ]
    (document,) = prepay([draft(35_00)], lots, DAY)
    assert list(prepaid_of(document).items()) == [
        ("first", 10_00),
        ("soon", 10_00),
        ("late", 10_00),
        ("old", 5_00),
    ]


def test_what_is_good_for_some_charges_pays_these_with_their_tax() -> None:
    """Usage 45.00 + 9.00; seats 100.00 + 20.00; books 10.00 + 0.55."""
    document = draft(184_55) | {
        "lines": [
            line(100_00, 20_00, "seat", "advance"),
            line(45_00, 9_00, "calls"),
            line(10_00, 55, "book", "one_time", "5.5"),
        ]
    }
    scopes = {
        "usage": (Scope(kinds=frozenset({"usage"})), 54_00),
        "books": (Scope(rates=frozenset({"S/5.5"})), 10_55),
        "none": (Scope(frozenset({"usage"}), frozenset({"seat"})), 0),
        "seats": (Scope(products=frozenset({"seat"})), 99_00),
    }
    for name, (scope, used) in scopes.items():
        mine = [lot(name, 99_00, funds=funds(99_00, scope=scope))]
        (found,) = prepay([document], mine, DAY)
        assert prepaid_of(found).get(name, 0) == used
    lots = [
        lot("usage", 50_00, funds=funds(50_00, rank=1, scope=scopes["usage"][0])),
        lot("all", 120_00, funds=funds(120_00, rank=2)),
        lot("usage2", 50_00, funds=funds(50_00, rank=3, scope=scopes["usage"][0])),
    ]
    (found,) = prepay([document], lots, DAY)
    # all pays the seats first, so that 4.00 of usage are still open
    assert prepaid_of(found) == {"usage": 50_00, "all": 120_00, "usage2": 4_00}


def test_money_that_was_taxed_says_its_tax_and_a_deposit_waits_for_its_order() -> None:
    """120.00 with 20.00 of tax: 54.00 of it hold 9.00."""
    held = funds(120_00, tax=20_00, number="A-DP-1")
    taxed = lot("a", 120_00, funds=held)
    (found,) = prepay([draft(54_00)], [taxed], DAY)
    assert found["prepaid"] == [
        {
            "id": "a",
            "amount": 54_00,
            "wallet": "wal",
            "tax": 9_00,
            "number": "A-DP-1",
            "issued_on": "2027-06-01",
        }
    ]
    settled, moved = taken_at_issue([closed(found, "i")], {"a": taxed})
    assert settled == [Used(54_00, 9_00)]
    assert (moved["a"].left.minor, moved["a"].booked) == (66_00, 55_00)
    bound = lot("b", 120_00, funds=funds(120_00, order="ord"))
    other = draft(54_00) | {"lines": [line(45_00, 9_00, "site")]}
    assert prepay([other], [bound], DAY) == (other,)
    named = {"subscription": {"references": {"purchase_order": "ord"}}}
    mine = draft(114_00) | {"lines": [line(50_00, 10_00, "a"), line(45_00, 9_00, "b") | named]}
    (found,) = prepay([mine], [bound, lot("c", 50_00)], DAY)
    assert prepaid_of(found) == {"b": 54_00, "c": 50_00}


def test_the_rest_of_the_tax_goes_with_the_rest_of_the_money() -> None:
    """120.00 with 20.00 of tax: 54.00 held 9.00, so 66.00 hold 11.00; the second 50.00 8.33."""
    before = lot("a", 66_00, funds=funds(120_00, tax=20_00))
    for due, tax in ((66_00, 11_00), (50_00, 8_33)):
        (found,) = prepay([draft(due)], [before], DAY)
        assert found["prepaid"] == [{"id": "a", "amount": due, "wallet": "wal", "tax": tax}]
        settled, _ = taken_at_issue([closed(found, "i")], {"a": before})
        assert settled == [Used(due, tax)]
    first, second = prepay(
        [draft(54_00), draft(66_00)], [lot("a", 120_00, funds=before.funds)], DAY
    )
    assert [one["prepaid"][0]["tax"] for one in (first, second)] == [9_00, 11_00]


def test_a_deposit_is_deducted_from_its_order_and_a_wallet_pays_the_rest() -> None:
    """518.25 of 700.00 by the deposit, 100.00 by the wallet: 81.75 are due."""
    held = funds(518_25, order="ord", tax=78_25, number="A-DP-1")
    named = {"subscription": {"references": {"purchase_order": "ord"}}}
    lines = {"lines": [line(600_00, 100_00, "site") | named]}
    deposit = lot("dep", 518_25, funds=held)
    (first,) = prepay([draft(700_00) | lines], [deposit], DAY)
    (found,) = prepay([first], [lot("wal", 100_00, funds=funds(100_00))], DAY)
    assert found["prepaid"] == [
        {
            "id": "dep",
            "amount": 518_25,
            "deposit": "wal",
            "tax": 78_25,
            "number": "A-DP-1",
            "issued_on": "2027-06-01",
        },
        {"id": "wal", "amount": 100_00, "wallet": "wal"},
    ]
    assert found["totals"] == {"gross": 700_00, "prepaid": 618_25, "due": 81_75}
    note = draft(700_00, kind="credit_note") | lines
    assert prepay([note], [deposit], DAY) == (note,)


def test_what_is_open_already_is_settled_in_the_same_order_but_not_by_money_for_something() -> None:
    soon, late = date(2027, 6, 2), date(2028, 1, 1)
    lots = [
        lot("old", 5),
        lot("late", 5, 3, funds=funds(5, until_on=late)),
        lot("over", 5, 3, funds=funds(5, until_on=soon)),  # until it is booked as lost, it is there
        lot("first", 5, 9, funds=funds(5, rank=1)),
        lot("back", 5, to_refund=True),
        lot("taxed", 5, funds=funds(5, tax=1)),
        lot("ordered", 5, funds=funds(5, order="ord")),
        lot("calls", 5, funds=funds(5, scope=Scope(products=frozenset({"calls"})))),
        lot("wallet back", 5, funds=funds(5), to_refund=True),
    ]
    assert [one.id for one in for_any_invoice(lots)] == ["first", "over", "late", "old"]
    assert for_any_invoice(lots)[3] == lots[0]
    assert for_any_invoice([]) == []


def test_what_was_owed_for_deposits_is_told_apart_without_its_tax() -> None:
    """54.00 hold 9.00, 60.00 hold 10.00: 45.00 and 50.00 were owed; a wallet is no deposit."""
    lots = {
        "a": lot("a", 120_00, funds=funds(120_00, tax=20_00, order="ord")),
        "b": lot("b", 60_00, funds=funds(60_00, tax=10_00, order="ord")),
        "w": lot("w", 10_00, funds=funds(10_00)),
    }
    planned = {"a": 54_00, "b": 60_00, "w": 10_00}
    rows = [{"id": name, "amount": minor} for name, minor in planned.items()]
    settled, _ = taken_at_issue([closed({"prepaid": rows}, "i")], lots)
    assert settled == [Used(124_00, 19_00, 95_00)]


def test_a_line_names_the_order_of_the_buyer_or_none() -> None:
    named = {"subscription": {"references": {"purchase_order": "BC-7"}}}
    assert [order_of(one) for one in (named, {"subscription": {}}, {})] == ["BC-7", "", ""]


def test_a_line_with_its_tax_inside_counts_as_it_is_priced() -> None:
    """9.99 with tax are 8.33 + 1.67 less 0.01: a wallet for it pays 9.99."""
    shown = line(8_33, 1_67, "calls") | {"with_tax": 9_99}
    document = draft(30_00) | {"lines": [shown, line(16_67, 3_34, "seat")]}
    mine = lot("a", 20_00, funds=funds(20_00, scope=Scope(products=frozenset({"calls"}))))
    (found,) = prepay([document], [mine], DAY)
    assert prepaid_of(found) == {"a": 9_99}


def test_a_cent_of_credit_pays_a_cent() -> None:
    lots = [lot("a", 1)]
    (document,) = prepay([draft(30_00)], lots, DAY)
    assert (prepaid_of(document), document["totals"]["due"]) == ({"a": 1}, 29_99)
    settled, moved = taken_at_issue([closed(document, "i")], {"a": lots[0]})
    assert (settled, moved) == ([Used(1)], {"a": lot("a", 0, uses=(Use("i", 1),))})


@given(
    dues=st.lists(st.integers(0, 200), max_size=3),
    lefts=st.lists(st.integers(0, 150), max_size=3),
    gone=st.integers(0, 100),
)
def test_credit_is_never_negative_and_nothing_is_lost(dues, lefts, gone) -> None:
    lots = [lot(f"l{at}", minor) for at, minor in enumerate(lefts)]
    documents = [
        closed(one, f"i{at}") for at, one in enumerate(prepay(list(map(draft, dues)), lots, DAY))
    ]
    planned = sum(one["totals"]["prepaid"] for one in documents)
    assert planned == min(sum(dues), sum(lefts))
    assert all(one["totals"]["due"] >= 0 for one in documents)
    now = {one.id: one.moved(-min(gone, one.left.minor)) for one in lots}
    settled, moved = taken_at_issue(documents, now)
    after = {**now, **moved}
    assert sum(one.minor for one in settled) == sum(one.used for one in after.values()) <= planned
    assert all(one.left.minor >= 0 for one in after.values())
    assert sum(one.left.minor + one.used for one in after.values()) == sum(
        one.left.minor for one in now.values()
    )
