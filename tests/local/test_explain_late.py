"""Late charges explained to a person."""

from local.explain import told
from solde.domain.late import late_tree
from solde.workflows.explain_invoice import Derivation
from tests.support.late_paper import before, closed_late, drafted, late, waived


def said(one, line: int | None = None) -> str:
    draft = drafted(one, "2026-12-31")
    return "\n".join(told(Derivation(closed_late(draft), late_tree(one, draft)), line))


def test_each_stretch_is_told_as_arithmetic() -> None:
    text = said(late(("2026-08-15", 1_200_00)))
    for part in (
        "1. interest 2026-06-01 to 2026-06-30 ",
        "× 12.15 % a year (2.15 of 2026-01-01 and 10 points)",
        "× 30 days ÷ 365",
        " 4374/365",
        "rounded on top of 4374/365 (11.98), once for the invoice",
        "3. recovery fee, once for the invoice (R24) ",
        " 30.74",
        "total, outside VAT ",
        " 70.74",
    ):
        assert part in text, text


def test_what_was_charged_before_is_told_and_one_line_without_the_sums() -> None:
    paid = (("2026-06-15", 700_00), ("2026-08-15", 500_00))
    one = late(*paid, earlier=(before("2026-06-30", 8_49),))
    text = said(one)
    assert "charged before by FR-LC-2026-000001" in text
    assert "settled by then" in text
    assert "-700.00" in text
    assert "total" not in said(one, 4)
    assert "interest of lch_1" in said(one, 4)


def test_what_is_waived_is_told_with_what_was_left() -> None:
    document, tree = waived(10_00, None, waived(5_00)[0])
    text = "\n".join(told(Derivation(document, tree)))
    for part in (
        "1. interest waived ",
        "charged by FR-LC-2026-000001 ",
        " 30.74",
        "taken back before ",
        " -5.00",
        "total, outside VAT ",
        " 10.00",
    ):
        assert part in text, text
    assert "total" not in "\n".join(told(Derivation(document, tree), 1))
