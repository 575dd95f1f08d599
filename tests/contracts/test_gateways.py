"""
What every payment provider promises, case by subject; docs/reference/payments.md has the table.

What asks for memory is put to those that have one: the sandbox's method says what became of it.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from solde.adapters.bank.gateway import SepaGateway
from solde.adapters.errors import ProviderUnavailableError
from solde.adapters.paypal.gateway import PaypalGateway
from solde.adapters.sandbox.gateway import SandboxGateway
from solde.adapters.stripe.gateway import StripeGateway, client
from solde.domain.attempts import Agrees, Attempt, Decline, Declines, NotKnown, Settles, Waits
from solde.domain.money import Money
from solde.ports.refunds import RefundAsked, Sent
from tests.support.fake_bank import FakeBank
from tests.support.fake_paypal import FakePaypal
from tests.support.fake_stripe import FakeStripe

AT = datetime(2013, 6, 1, tzinfo=UTC)
EUR = Money(119_60, "EUR")
HOME = "https://bills.example.test"


@dataclass
class Subject:
    """`methods` by what becomes of them; `world` is the provider behind, or None."""

    name: str
    gateway: Any
    methods: dict[str, str]
    world: Any = None


def sandbox() -> Subject:
    kinds = ("settles", "waits", "declines_hard", "declines_soft", "declines_action")
    return Subject("sandbox", SandboxGateway(), {one: one for one in kinds})


def stripe() -> Subject:
    world = FakeStripe()
    methods = {"settles": "cus_1/pm_card", "waits": "pm_waits"}
    methods |= {f"declines_{kind}": f"pm_{kind}" for kind in ("hard", "soft", "action")}
    gateway = StripeGateway(client("https://stripe.test", "sk", world), HOME, dated=False)
    return Subject("stripe", gateway, methods, world)


def sepa() -> Subject:
    world = FakeBank()
    return Subject("sepa", SepaGateway(world, AT.date), world.methods, world)


def paypal() -> Subject:
    world = FakePaypal()
    methods = {"settles": "vault", "waits": "waits"}
    methods |= {f"declines_{kind}": kind for kind in ("hard", "soft", "action")}
    return Subject("paypal", PaypalGateway(world, HOME), methods, world)


@pytest.fixture(params=[sandbox, stripe, paypal, sepa], ids=lambda make: make.__name__)
def subject(request: pytest.FixtureRequest) -> Subject:
    make: Callable[[], Subject] = request.param
    return make()


@pytest.fixture(params=[sandbox, stripe, paypal], ids=lambda make: make.__name__)
def paged(request: pytest.FixtureRequest) -> Subject:
    """Those that have a page to pay on."""
    make: Callable[[], Subject] = request.param
    return make()


@pytest.fixture(params=[stripe, paypal], ids=lambda make: make.__name__)
def provider(request: pytest.FixtureRequest) -> Subject:
    make: Callable[[], Subject] = request.param
    return make()


def attempt(subject: Subject, kind: str = "", **changes: Any) -> Attempt:
    method = subject.methods[kind] if kind else ""
    made = Attempt("att_1", "cus_1", "inv_1", 1, subject.name, EUR, AT, AT, method=method)
    return replace(made, called_at=AT, **changes)


def test_what_is_charged_settles_and_says_how_much(subject: Subject) -> None:
    found = subject.gateway.charge(attempt(subject, "settles"))
    assert isinstance(found, Settles)
    assert (found.amount, found.at) == (EUR, AT)


def test_one_key_is_one_charge(subject: Subject) -> None:
    asked = attempt(subject, "settles")
    assert subject.gateway.charge(asked) == subject.gateway.charge(asked)
    if subject.world:
        assert subject.world.charged == 1


@pytest.mark.parametrize("kind", list(Decline))
def test_a_decline_is_a_value_with_its_kind(subject: Subject, kind: Decline) -> None:
    found = subject.gateway.charge(attempt(subject, f"declines_{kind.value}"))
    assert isinstance(found, Declines)
    assert (found.kind, bool(found.code)) == (kind, True)


def test_what_waits_is_looked_up_by_its_reference(subject: Subject) -> None:
    asked = attempt(subject, "waits")
    found = subject.gateway.charge(asked)
    assert isinstance(found, Waits)
    again = subject.gateway.look_up(replace(asked, reference=found.reference))
    assert again.reference == found.reference


def test_a_page_to_pay_on(paged: Subject) -> None:
    found = paged.gateway.charge(attempt(paged))
    assert isinstance(found, Waits)
    assert found.url.startswith("https://")


def test_a_page_that_was_paid_on(provider: Subject) -> None:
    asked = attempt(provider)
    found = provider.gateway.charge(asked)
    provider.world.pay(found.reference)
    opened = replace(asked, reference=found.reference)
    paid = provider.gateway.look_up(opened)
    if isinstance(paid, Agrees):
        assert provider.world.charged == 0  # to look takes nothing
        paid = provider.gateway.take(opened)
    assert (type(paid), paid.amount) == (Settles, EUR)
    assert provider.gateway.take(opened) == provider.gateway.look_up(opened) == paid
    assert provider.world.charged == 1


def test_a_page_that_is_given_up(paged: Subject) -> None:
    subject = paged
    asked = attempt(subject)
    opened = replace(asked, reference=subject.gateway.charge(asked).reference)
    assert subject.gateway.give_up(opened)
    if isinstance(subject.world, FakeStripe):
        assert isinstance(subject.gateway.look_up(opened), Declines)


def test_what_a_bank_has_is_not_given_up_and_is_in_no_list_but_its_statements() -> None:
    subject = sepa()
    asked = attempt(subject, "waits")
    assert subject.gateway.look_up(asked) == NotKnown()
    assert subject.gateway.take(asked) == NotKnown()
    assert not subject.gateway.give_up(asked)
    assert list(subject.gateway.since(AT, AT + timedelta(days=1))) == []


@pytest.mark.parametrize("method", ["man_revoked", "man_none"])
def test_nobody_is_debited_without_a_mandate(method) -> None:
    subject = sepa()
    asked = replace(attempt(subject, "waits"), method=method)
    assert subject.gateway.charge(asked) == Declines(Decline.HARD, "no_mandate")
    other = replace(attempt(subject, "waits"), invoice_id="inv_of_another")
    assert subject.gateway.charge(other) == Declines(Decline.HARD, "other_entity")


def test_a_page_that_stripe_has_the_money_of_cannot_be_given_up() -> None:
    """PayPal has none until we take it."""
    subject = stripe()
    asked = attempt(subject)
    opened = replace(asked, reference=subject.gateway.charge(asked).reference)
    subject.world.pay(opened.reference)
    assert not subject.gateway.give_up(opened)
    subject.world.deaf = 1
    with pytest.raises(ProviderUnavailableError):
        subject.gateway.give_up(opened)


def test_a_page_that_nobody_used(provider: Subject) -> None:
    asked = attempt(provider)
    found = provider.gateway.charge(asked)
    provider.world.expire(found.reference)
    assert provider.gateway.look_up(replace(asked, reference=found.reference)) == Declines(
        Decline.SOFT, "page_expired", found.reference
    )


def test_an_answer_that_was_lost_is_found_by_our_own_id(provider: Subject) -> None:
    asked = attempt(provider, "settles")
    provider.world.lose = 1
    with pytest.raises(ProviderUnavailableError):
        provider.gateway.charge(asked)
    found = provider.gateway.look_up(asked)
    assert (type(found), found.amount) == (Settles, EUR)
    assert provider.gateway.charge(asked).reference == found.reference
    assert provider.world.charged == 1


def test_what_never_arrived_is_not_known(provider: Subject) -> None:
    asked = attempt(provider, "settles")
    provider.world.deaf = 1
    with pytest.raises(ProviderUnavailableError):
        provider.gateway.charge(asked)
    assert provider.gateway.look_up(asked) == NotKnown()
    provider.gateway.charge(replace(asked, id="att_2"))
    assert provider.gateway.look_up(asked) == NotKnown()
    assert provider.world.charged == 1


def test_while_it_does_not_answer_nothing_is_known(provider: Subject) -> None:
    for ask in (provider.gateway.look_up, provider.gateway.charge):
        provider.world.deaf = 1
        with pytest.raises(ProviderUnavailableError):
            ask(attempt(provider, "settles"))
    provider.world.deaf = 1
    with pytest.raises(ProviderUnavailableError):
        list(provider.gateway.since(AT, AT + timedelta(days=1)))


@pytest.mark.parametrize("reference", ["", "pi_1"])
def test_a_refusal_to_look_says_nothing_of_what_became_of_it(provider: Subject, reference) -> None:
    provider.world.refuse = 1
    with pytest.raises(ProviderUnavailableError):
        provider.gateway.look_up(attempt(provider, "settles", reference=reference))


def test_a_request_that_is_refused_is_a_hard_or_soft_decline(provider: Subject) -> None:
    provider.world.refuse = 1
    assert isinstance(provider.gateway.charge(attempt(provider, "settles")), Declines)


def test_its_own_list_says_what_came_and_for_which_invoice(provider: Subject) -> None:
    settled = provider.gateway.charge(attempt(provider, "settles"))
    provider.gateway.charge(attempt(provider, "declines_soft", id="att_2"))
    listed = replace(settled, fee=Money(3_82, "EUR"))
    assert list(provider.gateway.since(AT, AT + timedelta(days=1))) == [(listed, "inv_1")]
    assert list(provider.gateway.since(AT + timedelta(days=1), AT + timedelta(days=2))) == []


def test_a_refund_is_asked_once_under_its_key() -> None:
    """Stripe's has tests of its own, over the wire; the sandbox has nothing to pay back."""
    subject = paypal()
    wanted = RefundAsked(
        "rfd_1", "pay_1", "cus_1", "paypal", "CAP1", Money(10_00, "EUR"), 10_00, AT
    )
    assert subject.gateway.refund(wanted) == subject.gateway.refund(wanted) == Sent("RF1")
    assert subject.world.refunds == {"rfd_1": "10.00"}
