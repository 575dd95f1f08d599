"""An address as it stands on an envelope: its lines in the order of the country it goes to."""

from solde.domain.invoicing.parties import Address

CITY_FIRST = frozenset(("AU", "CA", "IN", "NZ", "US"))
"""Where the postcode ends the line of the city."""
POSTCODE_LAST = frozenset(("GB", "GG", "IM", "JE"))
"""Where the postcode has a line of its own, below the city."""


def postal_lines(address: Address) -> tuple[str, ...]:
    """Return the lines below the name, and not the country."""
    city, postcode = address.city, address.postcode
    if address.country in POSTCODE_LAST:
        last = [city, postcode]
    elif address.country in CITY_FIRST:
        last = [f"{city} {postcode}".strip()]
    else:
        last = [f"{postcode} {city}".strip()]
    return (*address.lines, *(line for line in last if line))
