"""The tree of a credit note by hand: 30.00 and 60.00 at 20 %, 45.00 at 5.5 %."""

from solde.domain.credit import LineWanted
from solde.domain.explanation import Asked
from tests.support.noted import SOLD, Document, Noted, explained, invoiced
from tests.support.second_opinion import broken

ALL = {"one": 30_00, "two": 60_00, "three": 45_00}


def noted(one: Noted, asked: Asked) -> Document:
    """Issue a note on the invoice; return its tree, which must explain it."""
    document, tree = explained(one, asked)
    assert broken(document, tree) == []
    return tree


def test_a_note_by_line_says_what_was_charged_left_and_given() -> None:
    story = invoiced(SOLD)
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
    assert (tree["schema"], tree["engine"], tree["tariffs"]) == (2, "1", [])
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


def test_a_line_comes_after_what_those_above_it_have_given() -> None:
    """10.00 of the first leave 80.00 at 20 %, not the 60.00 that all of it would."""
    tree = noted(invoiced(SOLD), Asked((LineWanted(1, 10_00), LineWanted(2))))
    assert [one["of_rate"] for one in tree["asked"]["left"]] == [90_00, 80_00]


def test_tax_goes_back_on_all_bases_less_what_went_back_before() -> None:
    """20 % of 20.00 and 60.00: 4.00, then 12.00 - 4.00."""
    story = invoiced(SOLD)
    first = noted(story, Asked((LineWanted(2, 20_00),)))
    second = noted(story, Asked((LineWanted(2),)))
    said = {"original": "inv_1", "rate": "S/20"}
    assert first["back"] == [{**said, "before": 0, "base": 20_00, "tax_before": 0}]
    assert second["back"] == [{**said, "before": 20_00, "base": 40_00, "tax_before": 4_00}]
    assert [one["totals"]["tax"] for one in story.notes] == [4_00, 8_00]


def test_an_amount_is_spread_over_what_is_left() -> None:
    """45.00 of 135.00: a third, 30.00 at 20 % as 1 to 2, and 15.00 at 5.5 %."""
    tree = noted(invoiced(SOLD), Asked(minor=45_00))
    assert (tree["asked"]["how"], tree["asked"]["amount"]) == ("amount", 45_00)
    rows = tree["asked"]["left"]
    assert [one["amount"] for one in rows] == [10_00, 20_00, 15_00]
    assert [one["left"] for one in rows] == list(ALL.values())


def test_a_line_without_a_share_of_the_amount_is_told_too() -> None:
    tree = noted(invoiced(SOLD), Asked(minor=1))
    assert [one["amount"] for one in tree["asked"]["left"]] == [0, 1, 0]
    assert tree["lines"] == [{"how": "given_back", "row": 1}]


def test_the_whole_is_what_notes_before_have_left() -> None:
    story = invoiced(SOLD)
    noted(story, Asked((LineWanted(1, 10_00),)))
    tree = noted(story, Asked())
    assert tree["asked"]["how"] == "whole"
    rows = tree["asked"]["left"]
    assert [one["amount"] for one in rows] == [20_00, 60_00, 45_00]
    # each row stands after those above it
    assert [one["of_rate"] for one in rows] == [80_00, 60_00, 45_00]
    assert sum(one["totals"]["tax"] for one in story.notes) == 20_48  # 18.00 + 2.475


def test_lines_that_are_cancelled_say_that_they_are_billed_again() -> None:
    tree = noted(invoiced(SOLD), Asked(again=True))
    assert (tree["asked"]["how"], tree["asked"]["again"]) == ("whole", True)
