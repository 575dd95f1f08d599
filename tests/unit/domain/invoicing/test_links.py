"""The last day of a link, counted by hand."""

from datetime import date

import pytest

from solde.domain.invoicing.links import opens_until

MADE, DUE = date(2027, 6, 1), date(2027, 7, 1)


@pytest.mark.parametrize(
    ("what", "made_on", "due_on", "paid_on", "last"),
    [
        ("60 days behind 1 July", MADE, DUE, None, date(2027, 8, 30)),
        ("30 days behind 10 June", MADE, DUE, date(2027, 6, 10), date(2027, 7, 10)),
        ("paid late it opens longer", MADE, DUE, date(2027, 8, 20), date(2027, 9, 19)),
        ("asked for late, from then on", date(2027, 12, 1), DUE, None, date(2028, 1, 30)),
        ("the same when paid", date(2027, 12, 1), DUE, date(2027, 6, 10), date(2027, 12, 31)),
        ("thirteen months at most", MADE, date(2029, 1, 1), None, date(2028, 7, 1)),
        ("also of a short month", date(2027, 1, 31), date(2029, 1, 1), None, date(2028, 2, 29)),
    ],
)
def test_a_link_ends(what, made_on, due_on, paid_on, last) -> None:
    assert opens_until(made_on, due_on=due_on, paid_on=paid_on) == last
