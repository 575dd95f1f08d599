"""What a provider cannot do is refused before an attempt is stored."""

import pytest

from solde.domain.attempts import PROVIDERS, able, payable
from solde.domain.errors import InvalidError
from solde.domain.money import EXPONENTS, Money


@pytest.mark.parametrize(
    ("provider", "minor", "currency", "live", "said"),
    [
        (
            "nobody",
            1_00,
            "EUR",
            False,
            "expected one of paypal, sandbox, sepa, stripe, found 'nobody'",
        ),
        ("sandbox", 1_00, "EUR", True, "expected one of paypal, sepa, stripe, found 'sandbox'"),
        ("stripe", 49, "EUR", True, "expected 50 to 99999999 for stripe, found 49"),
        ("stripe", 1_000_000_00, "EUR", True, "found 100000000"),
        ("stripe", 1_00, "ISK", True, "one that stripe takes, found ISK"),
    ],
)
def test_what_it_cannot_do(provider, minor, currency, live, said) -> None:
    with pytest.raises(InvalidError, match=said):
        able(provider, Money(minor, currency), "FR", live=live, stored=True)


def test_what_it_can() -> None:
    able("stripe", Money(50, "EUR"), "FR", live=True, stored=True)
    able("sandbox", Money(1, "ISK"), "IS", live=False, stored=False)


def test_every_currency_is_one_of_iso() -> None:
    assert all(can.least.keys() <= EXPONENTS.keys() for can in PROVIDERS.values())


def test_of_the_ways_of_an_entity_those_can_pay_that_take_it() -> None:
    ways = ("paypal", "sandbox", "stripe", "nobody")
    cases = [
        (Money(50, "EUR"), False, ("paypal", "sandbox", "stripe")),
        (Money(49, "EUR"), False, ("paypal", "sandbox")),
        (Money(50, "EUR"), True, ("paypal", "stripe")),
        (Money(1_00, "ISK"), True, ()),
    ]
    for amount, live, wanted in cases:
        assert payable(ways, amount, "FR", live=live) == wanted
