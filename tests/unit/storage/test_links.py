"""Links survive the store, those of before too."""

from datetime import date

import pytest

from solde.ports.documents import Link
from solde.storage.links import link_from_item, link_to_item


@pytest.mark.parametrize(
    "link",
    [
        Link("c", "i", made_on=date(2027, 1, 31), contact="ab", forgotten_at=9),
        Link("c", "i", expires_on=date(2027, 1, 31)),
    ],
)
def test_a_link_comes_back(link) -> None:
    assert link_from_item(link_to_item("d", link)) == link


def test_a_link_of_schema_1_says_its_last_day() -> None:
    item = {"schema": 1, "customer": "c", "invoice": "i", "until": "2013-07-31"}
    assert link_from_item(item) == Link("c", "i", expires_on=date(2013, 7, 31))
