"""The tree of a credit note by hand: 30.00 and 60.00 at 20 %, 45.00 at 5.5 %."""

from decimal import Decimal
from typing import Any

from solde.domain.catalog import ChargeKind
from solde.domain.credit import Cause, LineWanted, by_amount, by_lines, note_draft, remains, whole
from solde.domain.explanation import Asked, by_hand
from solde.domain.invoicing.canonical import close
from solde.domain.invoicing.document import draft_document
from solde.domain.invoicing.taken import taken_from
from solde.domain.pricing.flat import Flat
from tests.support.derived import broken
from tests.support.story import Story, issued

D = Decimal
SOLD = {"one": ("30.00", "standard"), "two": ("60.00", "standard"), "three": ("45.00", "reduced")}
ALL = {"one": 30_00, "two": 60_00, "three": 45_00}


def sold() -> Story:
    story = Story(regime="FR")
    for name, (amount, tax_class) in SOLD.items():
        story.sells(name, ChargeKind.ADVANCE, Flat(D(amount)), tax_class=tax_class)
    story.subscribes("s", "2027-06-01", dict.fromkeys(SOLD, 1))
    story.bills("2027-06-01")
    return story


def noted(story: Story, asked: Asked) -> dict[str, Any]:
    """Issue a note on the invoice; return its tree, which must explain it."""
    original, later = story.documents[0], story.documents[1:]
    left, taken = remains(original, later), taken_from(map(issued, story.documents))
    if asked.lines:
        amounts = by_lines(left, asked.lines)
    else:
        amounts = whole(left) if asked.minor is None else by_amount(left, asked.minor)
    credits_ = None if asked.again else {line: f"adj_{line}" for line in amounts}
    draft = note_draft(original, amounts, Cause(f"crn_{len(later)}", "Sorry", credits_), taken)
    document = draft_document(draft, entity=story._entity(), customer=story.customer)
    said = {"issued_on": "2027-06-02", "due_on": "2027-06-02"}
    identity = f"inv_{len(story.documents) + 1}"
    story.documents.append(close(document, {"id": identity, "number": identity, **said}))
    tree = by_hand(original, left, asked, draft, taken)
    assert broken(story.documents[-1], tree) == []
    return tree


def test_a_note_by_line_says_what_was_charged_left_and_given() -> None:
    story = sold()
    tree = noted(story, Asked((LineWanted(2, 20_00),)))
    assert tree["lines"] == [{"how": "given_back", "row": 0}]
    row = {
        "line": 2,
        "rate": "S/20",
        "charged": 60_00,
        "of_line": 60_00,
        "of_charge": 60_00,
        "of_rate": 90_00,
        "left": 60_00,
        "amount": 20_00,
    }
    assert tree["asked"] == {"how": "lines", "left": [row]}
    again = noted(story, Asked((LineWanted(3, 5_00), LineWanted(2))))
    assert again["asked"]["left"][1] == {
        **row,
        "of_line": 40_00,
        "of_charge": 40_00,
        "of_rate": 70_00,
        "left": 40_00,
        "amount": 40_00,
    }
    # the lines of a note are in the order of those of the invoice
    assert [one["row"] for one in again["lines"]] == [1, 0]


def test_tax_goes_back_on_all_bases_less_what_went_back_before() -> None:
    """20 % of 20.00 and 60.00: 4.00, then 12.00 - 4.00."""
    story = sold()
    first = noted(story, Asked((LineWanted(2, 20_00),)))
    second = noted(story, Asked((LineWanted(2),)))
    said = {"original": "inv_1", "rate": "S/20"}
    assert first["back"] == [{**said, "before": 0, "base": 20_00, "tax_before": 0}]
    assert second["back"] == [{**said, "before": 20_00, "base": 40_00, "tax_before": 4_00}]
    assert [one["totals"]["tax"] for one in story.documents[1:]] == [4_00, 8_00]


def test_an_amount_is_spread_over_what_is_left() -> None:
    """45.00 of 135.00: a third, 30.00 at 20 % as 1 to 2, and 15.00 at 5.5 %."""
    tree = noted(sold(), Asked(minor=45_00))
    assert (tree["asked"]["how"], tree["asked"]["amount"]) == ("amount", 45_00)
    rows = tree["asked"]["left"]
    assert [one["amount"] for one in rows] == [10_00, 20_00, 15_00]
    assert [one["left"] for one in rows] == list(ALL.values())


def test_a_line_without_a_share_of_the_amount_is_told_too() -> None:
    tree = noted(sold(), Asked(minor=1))
    assert [one["amount"] for one in tree["asked"]["left"]] == [0, 1, 0]
    assert tree["lines"] == [{"how": "given_back", "row": 1}]


def test_the_whole_is_what_notes_before_have_left() -> None:
    story = sold()
    noted(story, Asked((LineWanted(1, 10_00),)))
    tree = noted(story, Asked())
    assert tree["asked"]["how"] == "whole"
    rows = tree["asked"]["left"]
    assert [one["amount"] for one in rows] == [20_00, 60_00, 45_00]
    # each row stands after those above it
    assert [one["of_rate"] for one in rows] == [80_00, 60_00, 45_00]
    assert sum(one["totals"]["tax"] for one in story.documents[1:]) == 20_48  # 18.00 + 2.475


def test_lines_that_are_cancelled_say_that_they_are_billed_again() -> None:
    tree = noted(sold(), Asked(again=True))
    assert (tree["asked"]["how"], tree["asked"]["again"]) == ("whole", True)
