"""
Secrets, kept five minutes: a secret that was rotated is asked for again in time.

Stripe's is the endpoint's signing secret, as text; a list of these in JSON while one rolls over; or
an object in JSON that has them as `signing` and, to ask it for anything, a key of its API as `key`;
`account` is what deliveries name where a platform's seller takes them.
Who is paid by PayPal as well adds `paypal`: its `client_id`, `secret` and `webhook_id`, and `roots`
where ours are not to be trusted.
"""

import json
import time
from typing import NamedTuple

from solde.domain.errors import StateConflictError
from solde.runtime.settings import settings
from solde.runtime.wiring import client

FRESH_SECONDS = 300
_kept: dict[str, tuple[float, "Kept"]] = {}


def stripe_secrets() -> tuple[str, ...]:
    """Return the endpoint's signing secrets, newest first."""
    return _secrets(settings.stripe_secret).signing


def stripe_account() -> str:
    """Return the account that deliveries name, where a platform's seller takes them."""
    return _secrets(settings.stripe_secret).account


def stripe_key() -> str:
    """Return the key of Stripe's API; empty where none was given."""
    return _secrets(settings.stripe_secret).key


class Kept(NamedTuple):
    signing: tuple[str, ...]
    key: str = ""
    paypal: "Paypal | None" = None
    account: str = ""


class Paypal(NamedTuple):
    """`webhook_id` is that of our own endpoint; `roots` are trusted instead of ours (PEM)."""

    client_id: str
    secret: str
    webhook_id: str
    roots: str = ""


def has_paypal() -> bool:
    return _secrets(settings.stripe_secret).paypal is not None


def paypal_secret() -> Paypal:
    """
    Return what PayPal knows us by.

    Raises:
        StateConflictError: none was given: nothing of PayPal is taken or asked.

    """
    found = _secrets(settings.stripe_secret).paypal
    if found is None:
        raise StateConflictError("paypal: expected its member in the secret, found none")
    return found


def _secrets(name: str) -> Kept:
    kept = _kept.get(name)
    if kept is None or time.monotonic() - kept[0] > FRESH_SECONDS:
        text = client("secretsmanager").get_secret_value(SecretId=name)["SecretString"]
        kept = (time.monotonic(), _read(text))
        _kept[name] = kept
    return kept[1]


def _read(text: str) -> Kept:
    if text.startswith("{"):
        found = json.loads(text)
        paypal = Paypal(**found["paypal"]) if "paypal" in found else None
        key, account = str(found.get("key", "")), str(found.get("account", ""))
        return Kept(_several(found["signing"]), key, paypal, account)
    return Kept(_several(json.loads(text) if text.startswith("[") else text))


def _several(found: str | list[str]) -> tuple[str, ...]:
    return (found,) if isinstance(found, str) else tuple(found)
