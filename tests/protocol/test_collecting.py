"""
Collecting, crash by crash and beside itself: no invoice is collected twice, and none is forgotten.

The provider is Stripe's stand-in behind Stripe's own library: its replies are lost, or it hears
nothing, while the worker crashes before any operation or loses the reply of any.
"""

import copy
from dataclasses import replace
from functools import cache
from types import SimpleNamespace

import pytest

from solde.adapters.paypal.gateway import PaypalGateway
from solde.adapters.stripe.gateway import StripeGateway, client
from solde.domain.errors import SoldeError, StateConflictError
from solde.storage.attempts import AttemptTable
from solde.storage.audit import AuditTable
from solde.storage.deliveries import told_from_body
from solde.storage.payments import PaymentTable
from solde.workflows.collect_payment import (
    CollectContext,
    Wanted,
    ask_payment,
    make_attempt,
    repair_attempts,
)
from solde.workflows.settle_payment import settle_delivery
from tests.protocol.interleaver import Interleaver
from tests.protocol.stage import ACCEPTED, SteppedTable
from tests.support.equation import unequal
from tests.support.fake_paypal import FakePaypal
from tests.support.fake_stripe import FakeStripe
from tests.support.faulty_table import CrashError, FaultyTable
from tests.support.model_table import ModelTable
from tests.support.shop import NOW, Shop

METHODS = ("pm_card", "pm_soft", "pm_waits")


@cache
def _begun() -> tuple[dict, tuple[str, str]]:
    shop = Shop()
    return shop.seller.table.items, (shop.invoice.customer_id, shop.invoice.id)


class Till:
    """One open invoice of 119.60, and a provider that may be deaf or lose its replies."""

    def __init__(self, table: ModelTable) -> None:
        table.items = copy.deepcopy(_begun()[0])
        self.table, self.stripe = table, FakeStripe()
        gateway = StripeGateway(client("https://stripe.test", "sk", self.stripe), "", dated=False)
        self.payments, self.attempts = PaymentTable(table), AttemptTable(table)
        self.context = CollectContext(self.attempts, self.payments, lambda _: gateway)
        self.customer, self.invoice = _begun()[1]

    def asks(self, name: str = "att_1", method: str = "pm_card", provider: str = "stripe") -> None:
        header = self.payments.open_invoice(self.invoice)
        assert header is not None
        wanted = Wanted(name, provider, "FR", live=True, method=method)
        ask_payment(header, wanted, NOW, self.attempts)

    def works(self, number: int = 1) -> None:
        make_attempt(self.customer, self.invoice, number, NOW, self.context)

    def ends(self) -> None:
        """Let the queue and the daily look do what is left, and settle what was told."""
        repair_attempts(NOW.replace(day=20), self.context)
        for key in [one for one in self.table.items if one.pk.startswith("EV#")]:
            provider, _, event = key.pk.removeprefix("EV#").split("#")
            if event.startswith("evt_"):
                continue  # it was worked when it came
            settle_delivery(
                provider,
                event,
                read=lambda body, by=provider: told_from_body(by, body),
                at=NOW,
                store=self.payments,
                attempts=self.attempts,
            )

    def standing(self) -> tuple[list[str], int, int]:
        """Return the states of attempts, what the invoice was paid, and charges made."""
        states = [one.state.value for one in self.attempts.of(self.customer, self.invoice)]
        header = self.payments.open_invoice(self.invoice)
        assert header is not None
        assert unequal(AuditTable(self.table).stored()) == {}
        return states, header.paid_minor, self.stripe.charged


ENDS = {
    "pm_card": (["settled"], 119_60, 1),
    "pm_soft": (["declined"], 0, 0),
    "pm_waits": (["waiting"], 0, 0),
}


def quietly(act, *args: object) -> None:
    try:
        act(*args)
    except (CrashError, SoldeError):
        return


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("trouble", ["", "lose", "deaf"])
def test_a_crash_at_any_operation_then_the_message_again(method: str, trouble: str) -> None:
    clean = FaultyTable()
    till = Till(clean)
    till.asks(method=method)
    clean.arm(0)
    till.works()
    for at in range(1, clean.count + 1):
        for lose in (False, True):
            table = FaultyTable()
            till = Till(table)
            till.asks(method=method)
            if trouble:
                setattr(till.stripe, trouble, 1)
            table.arm(at, lose=lose)
            quietly(till.works)
            table.disarm()
            for _ in range(3):
                quietly(till.works)
            till.ends()
            assert till.standing() == ENDS[method], f"operation {at}, reply lost: {lose}"


def test_what_nobody_works_again_is_done_by_the_daily_look() -> None:
    """A look after a day: what the provider has is found, what it never heard of is void."""
    for trouble, ends in (("lose", ENDS["pm_card"]), ("deaf", (["void"], 0, 0))):
        till = Till(ModelTable())
        till.asks()
        setattr(till.stripe, trouble, 1)
        quietly(till.works)
        till.ends()
        assert till.standing() == ends


def test_two_who_ask_and_many_who_work_collect_once() -> None:
    for seed in range(150):
        director = Interleaver(seed, fault=0.05 if seed % 2 else 0.0)
        till = Till(SteppedTable(director, frozenset()))
        director.play([_accepted(till, name) for name in ("att_1", "att_2")])
        director.play([_working(till) for _ in range(4)])
        quietly(till.works)
        till.ends()
        states, paid, charged = till.standing()
        assert (states[:1], paid, charged) == (["settled"], 119_60, 1), f"schedule {seed}"


def _accepted(till: Till, name: str):
    def asks() -> None:
        try:
            till.asks(name)
        except StateConflictError:
            return  # the other was faster

    return asks


def _working(till: Till):
    def works() -> None:
        try:
            till.works()
        except ACCEPTED:
            return  # the queue gives it again

    return works


def collected(seed: int, *, off: frozenset[str] = frozenset()) -> int:
    """Let two ask beside each other, each for himself, and work it; return the charges made."""
    director = Interleaver(seed)
    till = Till(SteppedTable(director, off))

    def both(name: str) -> None:
        quietly(till.asks, name)
        quietly(till.works)

    director.play([lambda: both("att_1"), lambda: both("att_2")])
    return till.stripe.charged


def test_who_asks_second_does_not_write_over_who_asked_first() -> None:
    """Without the condition an attempt that was charged is forgotten, and it is charged again."""
    found = [seed for seed in range(200) if collected(seed, off=frozenset({"attempt_once"})) > 1]
    assert found
    assert all(collected(seed) == 1 for seed in found[:20])


@pytest.mark.parametrize(
    ("paid", "ends"),
    [(0, (["settled"], 119_60, 1)), (19_60, (["void"], 19_60, 0))],
)
def test_what_a_payer_agrees_to_is_taken_only_while_it_is_owed(paid: int, ends) -> None:
    """PayPal takes nothing by itself: an invoice that was paid otherwise is not collected again."""
    till = Till(ModelTable())
    world = FakePaypal()
    till.context = replace(till.context, gateway=lambda _: PaypalGateway(world, "https://x.test"))
    till.asks(method="", provider="paypal")
    till.works()
    world.pay("ORDER1")
    if paid:
        shop = Shop.__new__(Shop)
        shop.store, shop.seller = till.payments, SimpleNamespace(table=till.table)
        named = {"metadata": {"invoice_id": till.invoice}}
        stamped = {"id": "pi_9", "amount_received": paid, "currency": "eur", **named}
        shop.told("evt_9", "payment_intent.succeeded", **stamped)
    for _ in range(3):
        till.works()
    till.ends()
    states, found, _ = till.standing()
    assert (states, found, world.charged) == ends
