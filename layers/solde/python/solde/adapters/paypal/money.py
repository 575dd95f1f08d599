"""PayPal's amounts: decimal text with as many places as PayPal gives the currency."""

import re
from typing import Any

from solde.domain.money import EXPONENTS, Money

WHOLE = frozenset({"HUF", "JPY", "TWD"})
"""PayPal takes no decimals of these, whatever ISO says."""
_AMOUNT = re.compile(r"(-?)([0-9]{1,12})(?:\.([0-9]{1,3}))?")


def money(found: Any) -> Money:  # noqa: ANN401 - what JSON holds
    """
    Read `{"value": "12.30", "currency_code": "EUR"}`, or the older `total` and `currency`.

    Raises:
        TypeError, ValueError, KeyError: it is none.

    """
    code = found.get("currency_code") or found["currency"]
    value = found["value"] if "value" in found else found["total"]
    if code not in EXPONENTS:
        raise ValueError(f"expected an ISO currency, found {code!r:.80}")
    parts = _AMOUNT.fullmatch(value)
    if parts is None:
        raise ValueError(f"expected an amount, found {value!r:.80}")
    sign, whole, fraction = parts.groups(default="")
    places = EXPONENTS[code]
    if len(fraction.rstrip("0")) > places:
        raise ValueError(f"expected at most {places} decimals of {code}, found {value!r:.80}")
    minor = int(whole + fraction[:places].ljust(places, "0"))
    return Money(-minor if sign else minor, code)


def text(amount: Money) -> dict[str, str]:
    """Write an amount as PayPal reads it."""
    places = EXPONENTS[amount.currency]
    digits = str(amount.minor).rjust(places + 1, "0")
    value = f"{digits[:-places]}.{digits[-places:]}" if places else digits
    if amount.currency in WHOLE and places:
        value = digits[:-places]
    return {"currency_code": amount.currency, "value": value}
