"""What each provider can be asked for, as data; what it cannot is refused before an attempt."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from solde.domain.errors import InvalidError
from solde.domain.money import EXPONENTS, Money

_PAYPAL = """
    AUD BRL CAD CHF CNY CZK DKK EUR GBP HKD HUF ILS JPY MXN MYR NOK NZD PHP PLN SEK SGD THB TWD USD
"""


@dataclass(frozen=True, slots=True)
class Capabilities:
    """
    What a provider does.

    `least` are the smallest amounts by currency, in minor units: others are not taken. `key_kept`
    is how long it may be asked again under one key: it forgets keys some time later.
    `countries` are those of payers, none of them said means all; `live` says whether its money is
    real; `page` whether it has a page to pay on, `stored` whether it charges what was kept of one.
    """

    least: Mapping[str, int]
    countries: frozenset[str] = field(default_factory=frozenset)
    most: int = 99_999_999
    key_kept: timedelta = timedelta(hours=20)
    live: bool = True
    page: bool = True
    stored: bool = True


PROVIDERS: Mapping[str, Capabilities] = {
    "sandbox": Capabilities(dict.fromkeys(EXPONENTS, 1), live=False),
    "sepa": Capabilities({"EUR": 1}, page=False),
    "paypal": Capabilities(
        dict.fromkeys(_PAYPAL.split(), 1), most=9_999_999_99, key_kept=timedelta(hours=5)
    ),
    "stripe": Capabilities(
        {
            **dict.fromkeys(("AUD", "CAD", "CHF", "EUR", "NZD", "SGD", "USD"), 50),
            "CZK": 15_00,
            "DKK": 2_50,
            "GBP": 30,
            "HUF": 175_00,
            "JPY": 50,
            "NOK": 3_00,
            "PLN": 2_00,
            "RON": 2_00,
            "SEK": 3_00,
        }
    ),
}
"""
Smallest charges as the providers document them: below these they answer with an error. A currency
that is written otherwise than its ISO exponent says (Stripe's ISK and UGX) is left out.
"""


def able(provider: str, amount: Money, country: str, *, live: bool, stored: bool) -> None:
    """
    Refuse what a provider cannot do.

    Raises:
        InvalidError: with what was expected of which field.

    """
    can = PROVIDERS.get(provider)
    if can is None or (live and not can.live):
        names = ", ".join(sorted(name for name, one in PROVIDERS.items() if one.live or not live))
        raise InvalidError(
            f"provider: expected one of {names}, found {provider!r:.40}", pointer="/provider"
        )
    if not (can.stored if stored else can.page):
        kept = "without a method" if stored else "with a method"
        raise InvalidError(f"method: expected {provider} {kept}", pointer="/method")
    if amount.currency not in can.least:
        raise InvalidError(
            f"currency: expected one that {provider} takes, found {amount.currency}",
            pointer="/provider",
        )
    if not can.least[amount.currency] <= amount.minor <= can.most:
        raise InvalidError(
            f"amount: expected {can.least[amount.currency]} to {can.most} for {provider}, "
            f"found {amount.minor}",
            pointer="/amount",
        )
    if can.countries and country not in can.countries:
        raise InvalidError(
            f"country: expected one that {provider} serves, found {country}", pointer="/provider"
        )


def payable(ways: Sequence[str], amount: Money, country: str, *, live: bool) -> tuple[str, ...]:
    """Return the providers that can take an amount of a payer, in the order of the entity."""
    return tuple(one for one in ways if _can(one, amount, country, live=live))


def _can(way: str, amount: Money, country: str, *, live: bool) -> bool:
    try:
        able(way, amount, country, live=live, stored=False)
    except InvalidError:
        return False
    return True
