"""What a plan becomes: an item for each component, with the quantities asked for or its own."""

from decimal import Decimal

import pytest

from solde.domain.errors import InvalidError
from solde.workflows.plan_items import has_components, items_of
from tests.support.desk import Desk

D = Decimal


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_items_have_the_plans_own_quantity_where_none_is_said(desk: Desk) -> None:
    ids = iter(("a", "b"))
    items = items_of(desk.plan("team"), {"fee": D(2)}, lambda _prefix: next(ids))
    assert [(one.id, one.quantity, one.description) for one in items] == [
        ("a", D(1), "Seats"),
        ("b", D(2), "Fee"),
    ]


def test_a_quantity_of_what_the_plan_has_not_is_refused(desk: Desk) -> None:
    has_components(desk.plan("team"), {"seat": D(1)})
    with pytest.raises(InvalidError, match=r"expected components \['fee', 'seat'\], found 'moon'"):
        has_components(desk.plan("team"), {"seat": D(1), "moon": D(1)})
