"""Columns of one's own share the paper: none over another, the amount at the edge."""

from itertools import pairwise

import pytest

from solde.adapters.render.look import DEFAULT_COLUMNS
from solde.adapters.render.pdf.columns import USUAL, columns_of
from solde.domain.templates import COLUMNS


@pytest.mark.parametrize(
    "shown",
    [
        ("description", "amount"),
        ("description", "tax", "quantity", "amount"),
        tuple(one for one in COLUMNS if one != "service"),
        tuple(one for one in COLUMNS if one != "tax"),
    ],
)
def test_columns_stand_beside_each_other(shown) -> None:
    found = columns_of(shown)
    assert [one.name for one in found] == list(shown)
    assert (found[0].start, found[-1].end) == (19.0, 191.0)
    assert all(before.end < after.start for before, after in pairwise(found))
    assert found[0].width > 25


def test_the_usual_columns_stand_where_they_always_did() -> None:
    assert columns_of(DEFAULT_COLUMNS) is USUAL
