"""What a check says."""

from solde.workflows.verify.report import Finding, differing, finding


def test_a_difference_is_said_and_agreement_is_not() -> None:
    assert list(differing("F-1: gross", 120, 119)) == ["F-1: gross: expected 120, found 119"]
    assert list(differing("F-1: gross", 120, 120)) == []


def test_violations_are_counted_whatever_they_came_in() -> None:
    found = finding("I4", "totals", 3, (text for text in ("a", "b")))
    assert found == Finding("I4", "totals", 3, ("a", "b"))
