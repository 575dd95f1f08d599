"""Account numbers: those of the registry's own examples, and what is none."""

import pytest

from solde.domain.banking.iban import iban, in_sepa
from solde.domain.errors import InvalidError


@pytest.mark.parametrize(
    "text",
    [
        "FR14 2004 1010 0505 0001 3M02 606",
        "DE89370400440532013000",
        "GB29NWBK60161331926819",
        "NO9386011117947",
        "MT84MALT011000012345MTLCAST001S",
        "BR1800360305000010009795493C1",
    ],
)
def test_examples_of_the_registry_are_numbers(text) -> None:
    assert iban(text) == text.replace(" ", "")


@pytest.mark.parametrize(
    "text",
    [
        "FR1420041010050500013M02607",  # another check
        "FR142004101005050001M302606",  # two changed places
        "DE8937040044053201300",  # too short
        "FR14",
        "",
        "fr",
        "DE٨٩370400440532013000",
    ],
)
def test_what_its_digits_do_not_prove_is_none(text) -> None:
    with pytest.raises(InvalidError, match="check digits"):
        iban(text)


def test_who_takes_part_in_sepa() -> None:
    assert in_sepa("FR1420041010050500013M02606")
    assert not in_sepa("BR1800360305000010009795493C1")
