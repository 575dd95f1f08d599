"""A version is chosen for a subscription only if both have to do with each other."""

from datetime import date
from decimal import Decimal

import pytest

from solde.domain.catalog import Applies, Catalog, ChargeKind
from solde.domain.errors import InvalidError
from solde.domain.pricing.per_unit import PerUnit
from solde.domain.subscriptions import PriceChosen
from solde.workflows.change_subscription import Entering
from solde.workflows.choose_price import choose_price
from tests.support.story import Story

ON = date(2027, 6, 15)


class Catalogs:
    def __init__(self, catalog: Catalog) -> None:
        self.catalog = lambda _ids: catalog


def entering(*, versions: int = 2) -> Entering:
    story = Story()
    story.sells("fee", ChargeKind.ADVANCE, PerUnit(Decimal(1)))
    story.sells("other", ChargeKind.ADVANCE, PerUnit(Decimal(1)))
    story.subscribes("s", "2027-06-01", {"fee": 1})
    for number in range(1, versions):
        story.publishes("fee", PerUnit(Decimal(number)), f"2027-0{6 + number}-01", Applies.NEW)
    found = story.subscriptions["s"]
    return Entering(found, 4, ON, Catalogs(story.catalog()))  # type: ignore[arg-type]


@pytest.mark.parametrize("version", [1, 2])
def test_a_version_is_chosen_from_a_day_on(version) -> None:
    made = choose_price("fee", version, ON)(entering())
    assert made == PriceChosen(ON, 4, "fee", version)


def test_a_price_of_one_version_has_that_one() -> None:
    assert choose_price("fee", 1, ON)(entering(versions=1)) == PriceChosen(ON, 4, "fee", 1)


REFUSED = [
    ("other", 1, r"price: expected one of the subscription's \['fee'\], found 'other'"),
    ("fee", 3, "version: expected 1 to 2, found 3"),
]


@pytest.mark.parametrize(("price", "version", "said"), REFUSED)
def test_what_makes_no_sense_is_refused(price, version, said) -> None:
    with pytest.raises(InvalidError, match=said):
        choose_price(price, version, ON)(entering())
