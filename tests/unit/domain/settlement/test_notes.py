"""What notes settle: their own invoices, those beside them, and what is credit then."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solde.domain.settlement import Use, settle_notes


def note(identity: str, gross: int, **originals: int) -> dict:
    corrects = [
        {"id": one, "taxes": [{"base": minor, "tax": 0}]} for one, minor in originals.items()
    ]
    return {
        "kind": "credit_note",
        "envelope": {"id": identity},
        "totals": {"gross": gross},
        "corrects": corrects,
    }


def invoice(identity: str, due: int) -> dict:
    return {"kind": "invoice", "envelope": {"id": identity}, "totals": {"due": due}}


@pytest.mark.parametrize(
    ("open_", "uses", "rest"),
    [
        (120_00, (Use("i", 36_00),), 0),
        (20_00, (Use("i", 20_00),), 16_00),
        (0, (), 36_00),
    ],
)
def test_its_own_invoice_first_as_far_as_it_is_open(open_, uses, rest) -> None:
    found = settle_notes([note("c", 36_00, i=36_00)], {"i": open_})
    assert (found.uses["c"], found.rest["c"]) == (uses, rest)
    assert found.received == {one.invoice_id: one.minor for one in uses}


def test_then_what_is_issued_beside_it() -> None:
    """Scenario 14: invoice 36.00 beside a note of 120.00 on one that is paid: 84.00 of credit."""
    found = settle_notes([invoice("n", 36_00), note("c", 120_00, i=120_00)], {"i": 0})
    assert (found.uses["c"], found.rest["c"]) == ((Use("n", 36_00),), 84_00)


def test_of_several_originals_each_takes_its_own_part() -> None:
    found = settle_notes([note("c", 30_00, a=10_00, b=20_00)], {"a": 50_00, "b": 5_00})
    assert (found.uses["c"], found.rest["c"]) == ((Use("a", 10_00), Use("b", 5_00)), 15_00)


def test_two_notes_share_what_is_open() -> None:
    found = settle_notes([note("c", 30_00, i=30_00), note("d", 30_00, i=30_00)], {"i": 40_00})
    assert (found.uses["d"], found.rest["d"]) == ((Use("i", 10_00),), 20_00)
    assert found.received == {"i": 40_00}


def test_what_is_outside_vat_says_its_amount_alone() -> None:
    one = note("c", 40_00, i=0)
    one["corrects"][0] |= {"taxes": [], "amount": 40_00}
    one["kind"] = "late_credit"
    found = settle_notes([one], {"i": 43_99})
    assert (found.uses["c"], found.rest["c"]) == ((Use("i", 40_00),), 0)


def test_prices_with_tax_say_what_they_charge() -> None:
    one = note("c", 9_99, i=0)
    one["corrects"][0]["taxes"] = [{"base": 8_33, "tax": 1_67, "with_tax": 9_99}]
    assert settle_notes([one], {"i": 9_99}).uses["c"] == (Use("i", 9_99),)


TWO = [
    # 10.00 and 2.00 of tax, 20.00 and 4.00: each original takes what was given back of it
    ([{"base": 10_00, "tax": 2_00}], [{"base": 20_00, "tax": 4_00}], 12_00, 24_00),
    # 9.99 with tax is 8.33 and 1.67, which are a cent more
    ([{"base": 8_33, "tax": 1_67, "with_tax": 9_99}], [{"base": 10_00, "tax": 0}], 9_99, 10_00),
    ([{"base": 1, "tax": 0}], [{"base": 2, "tax": 0}], 1, 2),  # a cent is something
]


@pytest.mark.parametrize(("first", "second", "of_first", "of_second"), TWO)
def test_each_original_takes_what_a_note_gives_back_of_it(
    first, second, of_first, of_second
) -> None:
    one = note("c", of_first + of_second, a=0, b=0)
    one["corrects"] = [{"id": "a", "taxes": first}, {"id": "b", "taxes": second}]
    uses = (Use("a", of_first), Use("b", of_second))
    assert settle_notes([one], {"a": 50_00, "b": 50_00}).uses["c"] == uses


@given(
    opens=st.dictionaries(st.sampled_from("abc"), st.integers(0, 500)),
    parts=st.lists(st.dictionaries(st.sampled_from("abcd"), st.integers(0, 300)), max_size=3),
    beside=st.integers(0, 400),
)
def test_nothing_is_lost_and_nobody_is_overpaid(opens, parts, beside) -> None:
    notes = [note(f"n{at}", sum(each.values()), **each) for at, each in enumerate(parts)]
    found = settle_notes([invoice("new", beside), *notes], opens)
    for one in notes:
        identity = one["envelope"]["id"]
        used = sum(use.minor for use in found.uses[identity])
        assert used + found.rest[identity] == one["totals"]["gross"]
    room = {**opens, "new": beside}
    assert all(0 < minor <= room[identity] for identity, minor in found.received.items())
