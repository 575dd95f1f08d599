"""The second opinion on late charges: each amount of document and tree that is changed is found."""

import random
from typing import Any

import pytest

from solde.domain.late import late_tree
from tests.support.late_paper import before, closed_late, drafted, late, waived
from tests.support.second_opinion import Told, violations
from tests.tools.test_verify_invoice import another, changed, is_amount, leaves

FIRST = late(("2026-08-15", 1_200_00))
SECOND = late(("2026-06-15", 700_00), ("2026-08-15", 500_00), earlier=(before("2026-06-30", 8_49),))


def told(one: Any) -> Told:
    draft = drafted(one, "2026-12-31")
    return {"document": closed_late(draft), "tree": late_tree(one, draft)}


@pytest.mark.parametrize("one", [FIRST, SECOND])
def test_each_amount_that_is_changed_is_found(one) -> None:
    chance, sound = random.Random(20261127), told(one)
    assert violations(sound) == []
    places = [(path, value) for path, value in leaves(sound) if is_amount(path, value)]
    assert len(places) > 36
    missed = []
    for path, value in places:
        other = another(value, chance)
        if not violations(changed(sound, path, other)):
            missed.append((".".join(map(str, path)), value, other))
    assert missed == []


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (("tree", "late", "due_on"), "2026-06-01", "days: expected"),
        (
            ("tree", "late", "through"),
            "2026-08-16",
            "through: expected 2026-08-15, found 2026-08-16",
        ),
        (("tree", "late", "settled", 0, 0), "2026-08-14", "through: expected 2026-08-14"),
        (("tree", "late", "rates", 1, "from_on"), "2026-07-02", "rates: expected"),
        (("document", "lines", 0, "service", "end_on"), "2026-06-30", "line 1 days: expected 29"),
        (("tree", "lines", 2, "how"), "interest", "lines: expected"),
    ],
)
def test_other_days_or_kinds_are_found(path, value, said) -> None:
    found = violations(changed(told(FIRST), path, value))
    assert any(said in one for one in found), found


@pytest.mark.parametrize("parts", [(None, None), (10_00, None), (None, 40_00)])
def test_each_amount_of_a_note_that_is_changed_is_found(parts) -> None:
    chance = random.Random(20261127)
    document, tree = waived(*parts)
    sound: Told = {"document": document, "tree": tree}
    assert violations(sound) == []
    missed = [
        path
        for path, value in leaves(sound)
        if is_amount(path, value) and path[-1] not in ("charged", "before")
        if not violations(changed(sound, path, another(value, chance)))
    ]
    assert missed == []


def test_more_than_is_left_is_found() -> None:
    document, tree = waived(30_74)
    sound: Told = {"document": document, "tree": tree}
    for path, value in ((("charged",), 30_73), (("before",), 1)):
        found = violations(changed(sound, ("tree", "waived", "interest", *path), value))
        assert found == ["interest: expected (3073, 3073), found (3074, 3074)"]
