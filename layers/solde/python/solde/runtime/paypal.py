"""PayPal as this stage knows it: its hosts, whom its certificates are made out to, its client."""

from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import NamedTuple

from solde.adapters.paypal.certificates import Certificates, fetch
from solde.adapters.paypal.client import PaypalClient, send
from solde.runtime.secret import paypal_secret
from solde.runtime.settings import settings

ROOTS = Path(__file__).parents[1].joinpath("adapters", "paypal", "roots.pem")


class Place(NamedTuple):
    host: str
    name: str
    api: str


LIVE = Place("api.paypal.com", "messageverificationcerts.paypal.com", "https://api-m.paypal.com")
TEST = Place(
    "api.sandbox.paypal.com",
    "messageverificationcerts.sandbox.paypal.com",
    "https://api-m.sandbox.paypal.com",
)
"""A live stage takes nothing of the sandbox, and no other anything that is live."""


def place() -> Place:
    return LIVE if settings.live else TEST


def wall_now() -> datetime:
    """Return wall time: certificates and signatures are no business deadlines."""
    return datetime.now(UTC)


@cache
def certificates() -> Certificates:
    where, secret = place(), paypal_secret()
    roots = secret.roots.encode() or ROOTS.read_bytes()
    return Certificates(where.host, where.name, roots, fetch, wall_now)


@cache
def client() -> PaypalClient:
    """Return the client of PayPal's API; its token is kept while the process lives."""
    secret = paypal_secret()
    return PaypalClient(settings.paypal_api or place().api, secret.client_id, secret.secret, send)
