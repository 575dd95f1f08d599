"""The catalog finds what it has, and says what it has not."""

import pytest

from solde.domain.catalog import Catalog, Product
from solde.domain.errors import NotFoundError

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
