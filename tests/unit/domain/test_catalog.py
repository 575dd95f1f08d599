"""The catalog finds what it has, and says what it has not."""

import pytest

from solde.domain.catalog import Catalog, Plan, Product
from solde.domain.errors import InvalidError, NotFoundError
from solde.domain.periods import Unit

CATALOG = Catalog({"p": Product("p", "P", "standard", "706")}, {}, {}, {})


def test_what_is_there_is_found() -> None:
    assert CATALOG.product("p").unit == "C62"


@pytest.mark.parametrize(
    ("find", "kind"),
    [
        (CATALOG.product, "product"),
        (CATALOG.price, "price"),
        (CATALOG.meter, "meter"),
        (CATALOG.plan, "plan"),
    ],
)
def test_what_is_not_there_is_named(find, kind) -> None:
    with pytest.raises(NotFoundError, match=f"{kind}: expected one of the catalog, found 'x'"):
        find("x")


@pytest.mark.parametrize(
    ("above", "below", "found"), [("ab", "bc", "b"), ("p", "", "p"), ("a", "p", "p")]
)
def test_a_plan_is_above_others_or_below_them(above, below, found) -> None:
    with pytest.raises(InvalidError, match=rf"above: expected other plans.* found \['{found}'\]"):
        Plan("p", 1, "P", Unit.MONTH, 1, (), tuple(above), tuple(below))
