"""Credit notes by hand: their lines, their tax, and that they close to zero in any order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solde.domain.credit import Cause, LineWanted, by_amount, by_lines, note_draft, whole
from solde.domain.invoicing.draft import Draft
from solde.domain.invoicing.taken import NOTHING
from solde.domain.periods import Cycle, Unit
from solde.domain.subscriptions.references import References
from tests.support.noted import Noted, invoiced
from tests.support.story import day

RATES = ("standard", "reduced")


def test_a_line_says_what_it_takes_of_which_line() -> None:
    sold = invoiced({"a": ("100.00", "standard")})
    note = sold.gives(lambda left: by_lines(left, [LineWanted(1, 20_00)]), "For the outage")
    (line,) = note["lines"]
    assert (note["kind"], note["totals"]["net"], note["totals"]["tax"]) == (
        "credit_note",
        20_00,
        4_00,
    )
    assert (line["description"], line["units"], line["exact"]) == ("For the outage", "0", "-20")
    assert line["credited"] == [{"id": "adj_1_1", "exact": "-20", "net": 20_00}]
    assert (line["corrects"]["id"], line["corrects"]["line"]) == ("inv_1", 1)
    assert (line["expression"]["quantity"], line["expression"]["price"]) == ("1", "20")
    taxes = note["corrects"][0]["taxes"]
    assert taxes == [{"category": "S", "rate": "20", "before": 0, "base": 20_00, "tax": 4_00}]


def test_a_line_that_is_cancelled_is_no_credit() -> None:
    sold = invoiced({"a": ("100.00", "standard")})
    draft = note_draft(sold.invoice, {1: 100_00}, Cause("n"), NOTHING)
    (line,) = draft.lines
    assert (line.charge.cancels, line.charge.credited) == (True, ())
    assert line.charge.item.description == sold.invoice["lines"][0]["description"]
    assert Cause("n").digest(1) == line.charge.inputs != Cause("n").digest(2)


def second(**said) -> Draft:
    """Give back 10.00 of the second line, with more said of its subscription."""
    invoice = invoiced({"a": ("100.00", "standard"), "b": ("40.00", "reduced")}).invoice
    lines = [{**one, "subscription": {**one["subscription"], **said}} for one in invoice["lines"]]
    return note_draft({**invoice, "lines": lines}, {2: 10_00}, Cause("n"), NOTHING)


def test_a_line_keeps_what_was_said_of_what_it_corrects() -> None:
    draft = second()
    (line,) = draft.lines
    agreed = line.charge.subscription
    assert (line.charge.item.id, line.charge.product.id) == ("sit_b", "reduced")
    assert (line.charge.events, len(line.charge.inputs)) == (0, 16)
    assert (agreed.subscriber_id, agreed.subscriber_name, agreed.plan_id) == ("cus_1", "", "")
    assert (agreed.references, agreed.cycle) == (None, Cycle(Unit.DAY, 1, day("2027-06-01")))
    assert (draft.group.inclusive, draft.group.due) == ("", "")


def test_a_line_keeps_whom_it_served_and_what_the_buyer_wants_named() -> None:
    (line,) = second(
        subscriber={"id": "cus_2", "name": "Child"}, references={"purchase_order": "PO-7"}
    ).lines
    agreed = line.charge.subscription
    assert (agreed.subscriber_id, agreed.subscriber_name) == ("cus_2", "Child")
    assert agreed.references == References(purchase_order="PO-7")


def test_a_note_is_taxed_when_its_invoice_was() -> None:
    invoice = {**invoiced({"a": ("100.00", "standard")}).invoice, "tax_due": "at_payment"}
    assert note_draft(invoice, {1: 1}, Cause("n"), NOTHING).group.due == "at_payment"


@pytest.mark.parametrize("included", [False, True])
def test_three_thirds_of_a_cent_close(included) -> None:
    """0.03 at 20 %: of 0.01 each the tax is 0.00 (0.2 of a cent), 0.00 (0.4), 0.01 (0.6)."""
    sold = invoiced({"a": ("0.03", "standard")}, tax_included=included)
    for _ in range(3):
        sold.gives(lambda left: by_amount(left, 1))
    closes(sold)
    if not included:
        assert [one["totals"]["tax"] for one in sold.notes] == [0, 0, 1]


def closes(sold: Noted) -> None:
    """Invoice and notes come to nothing: in all, by rate, and in rounding."""
    for name in ("net", "tax", "gross", "rounding"):
        given_back = sum(one["totals"].get(name, 0) for one in sold.notes)
        assert given_back == sold.invoice["totals"].get(name, 0), name
    rates = {
        (one["category"], one["rate"]): [one["base"], one["tax"]] for one in sold.invoice["taxes"]
    }
    for note in sold.notes:
        for one in note["taxes"]:
            rates[one["category"], one["rate"]][0] -= one["base"]
            rates[one["category"], one["rate"]][1] -= one["tax"]
    assert all(rest == [0, 0] for rest in rates.values()), rates


@given(data=st.data(), included=st.booleans())
def test_notes_close_to_zero_in_any_order_and_never_exceed(data, included) -> None:
    """By line, by amount, in whatever order: per line, category and total, and then the rest."""
    amounts = data.draw(st.lists(st.integers(1, 9_999), min_size=1, max_size=4))
    prices = {
        f"p{place}": (f"{minor // 100}.{minor % 100:02d}", data.draw(st.sampled_from(RATES)))
        for place, minor in enumerate(amounts)
    }
    sold = invoiced(prices, tax_included=included)
    for _ in range(data.draw(st.integers(0, 4))):
        left = sold.left
        if not left.total:
            break
        if data.draw(st.booleans()):
            minor = data.draw(st.integers(1, left.total))
            sold.gives(lambda left, minor=minor: by_amount(left, minor))
        else:
            line = data.draw(st.sampled_from([one.line for one, most in left.each() if most]))
            minor = data.draw(st.integers(1, left.of(line)))
            wanted = [LineWanted(line, minor)]
            sold.gives(lambda left, wanted=wanted: by_lines(left, wanted))
        assert all(total >= 0 for total in sold.left.rates.values())
        for name in ("net", "tax", "gross"):
            given_back = sum(one["totals"][name] for one in sold.notes)
            assert given_back <= sold.invoice["totals"][name] + included
    if sold.left.total:
        sold.gives(whole)
    closes(sold)
