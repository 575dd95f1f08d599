"""What those need who collect: attempts, the books' way in, and providers by their names."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from solde.adapters.stripe.events import fact
from solde.adapters.stripe.refunds import StripeRefunds
from solde.domain.errors import InvalidError
from solde.domain.payments import BANK, PAYPAL, SEPA, MethodStored, PaymentFact
from solde.ports.gateways import Gateway
from solde.ports.refunds import Provider
from solde.runtime import secret, wiring
from solde.runtime.clock import business_now
from solde.runtime.payments import payments
from solde.runtime.settings import settings
from solde.storage.attempts import AttemptTable
from solde.storage.deliveries import told_from_body
from solde.storage.fees import FeeTable
from solde.storage.methods import MethodTable
from solde.workflows.collect_payment import CollectContext
from solde.workflows.compare_payments import LISTED, CompareContext
from solde.workflows.payment_methods import keep_method

if TYPE_CHECKING:
    from solde.adapters.paypal.gateway import PaypalGateway

ANSWERED = "att_"
"""Deliveries that begin so are what a provider answered; no provider names its own so."""


def attempts() -> AttemptTable:
    return AttemptTable(wiring.table())


def methods() -> MethodTable:
    return MethodTable(wiring.table())


def collect_context() -> CollectContext:
    return CollectContext(attempts(), payments(), gateway)


def compare_context() -> CompareContext:
    return CompareContext(payments(), FeeTable(wiring.table(), business_now))


def gateway(provider: str) -> Gateway:
    """
    Return a provider by its name; the sandbox is none where money is real.

    Raises:
        InvalidError: there is none of that name.

    """
    if provider == "sandbox" and not settings.live:
        from solde.adapters.sandbox.gateway import SandboxGateway

        return SandboxGateway(settings.public_url)
    if provider == "stripe":
        from solde.adapters.stripe.gateway import StripeGateway
        from solde.adapters.stripe.gateway import client as stripe_client

        asks = stripe_client(settings.stripe_api, secret.stripe_key())
        return StripeGateway(asks, settings.public_url, dated=settings.live)
    if provider == PAYPAL:
        return paypal_gateway()
    if provider == SEPA:
        from solde.runtime.debits import sepa_gateway

        return sepa_gateway()
    raise InvalidError(f"provider: expected one that is wired, found {provider!r:.40}")


def listing() -> dict[str, Gateway]:
    """Return the providers that this deployment has keys of: those that list what came."""
    known = {"stripe": bool(secret.stripe_key()), PAYPAL: secret.has_paypal()}
    return {name: gateway(name) for name, has in known.items() if has}


def paypal_gateway() -> "PaypalGateway":
    from solde.adapters.paypal.gateway import PaypalGateway
    from solde.runtime.paypal import client

    return PaypalGateway(client(), settings.public_url)


def refunder(provider: str) -> Provider:
    """Return who pays back what a provider has received."""
    if provider == PAYPAL:
        return paypal_gateway()
    return StripeRefunds(settings.stripe_api, secret.stripe_key())


def reader(provider: str, event: str) -> Callable[[bytes], PaymentFact]:
    """Return who reads a delivery: each provider in its own words, an answer in ours."""
    if event.startswith((ANSWERED, LISTED)):
        return partial(told_from_body, provider)
    if provider == BANK:
        from solde.runtime import banking

        return banking.reader(event)
    if provider == SEPA:
        from solde.runtime import debits

        return debits.reader()
    if provider == PAYPAL:
        from solde.adapters.paypal import events
        from solde.runtime.paypal import client

        return partial(_kept, partial(events.fact, api=client()))
    return partial(_kept, partial(fact, live=settings.live))


def _kept(read: Callable[[bytes], PaymentFact], body: bytes) -> PaymentFact:
    """
    Read a delivery, and keep what a customer of ours is charged by where it tells of that.

    Raises:
        NotFoundError: he is none.

    """
    told = read(body)
    if isinstance(told, MethodStored):
        owner = wiring.customers().customer(told.customer_id).id
        keep_method(owner, told.provider, told.token, told.label, told.at, store=methods())
    return told
