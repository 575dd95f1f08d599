"""Addresses on envelopes: where the postcode stands is the custom of the country."""

import pytest

from solde.domain.invoicing.parties import Address
from solde.domain.invoicing.postal import postal_lines


@pytest.mark.parametrize(
    ("country", "postcode", "city", "last"),
    [
        ("FR", "75001", "Paris", ("75001 Paris",)),
        ("DE", "10115", "Berlin", ("10115 Berlin",)),
        ("GB", "SW1A 1AA", "London", ("London", "SW1A 1AA")),
        ("US", "60606", "Chicago, IL", ("Chicago, IL 60606",)),
        ("HK", "", "Hong Kong", ("Hong Kong",)),
        ("GB", "", "London", ("London",)),
    ],
)
def test_the_postcode_stands_where_the_country_has_it(country, postcode, city, last) -> None:
    address = Address(("1 Main St", "Floor 2"), postcode, city, country)
    assert postal_lines(address) == ("1 Main St", "Floor 2", *last)
