"""
Conditions that no schedule misses: what they refuse, no workflow asks for.

They hold the store itself to its word, should a workflow ever be wrong. Each is shown by the call
that it refuses, and why no workflow makes that call.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from solde.domain.errors import StateConflictError
from solde.domain.ledger import entry_of_top_up
from solde.domain.money import Money
from solde.domain.settlement import Purpose, Wallet
from solde.ports.runs import Run, RunStatus
from solde.ports.wallets import WalletFact, WalletFactKind
from solde.storage import keys
from solde.storage.rating_book import RatingBookTable
from solde.storage.run_items import head_write
from solde.storage.subscription_store import SubscriptionTable
from solde.storage.table import ConditionFailedError, Put
from solde.storage.usage import UsageTable
from solde.storage.wallets import WalletTable
from solde.workflows.bill_run.open import Wanted, open_run
from solde.workflows.bill_run.seal import Cause, next_record
from tests.protocol.cast import JUNE, Cast
from tests.support.seller import at

SIX = at("2013-06-01T06:00:00")


def planned(cast: Cast) -> Run:
    """Open a run and plan it, with a digest that anybody can remember."""
    context = cast.seller.context
    run = open_run(Wanted("FRA", JUNE, SIX), context)
    cast.seller.plans(run.id)
    return context.runs.plan(run.id, digest="shown", counts={})


def a_record_dated_before_the_last(cast: Cast) -> bool:
    """Workflows date a record by the head that they read, and `head` holds them to that one."""
    cast.bills("2013-06-02")
    head = cast.seller.context.runs.head("FRA-2013")
    cause = Cause("one_x", "", 0)
    record = next_record(head, "invoice", 1, issued_on=JUNE, at=SIX, cause=cause)
    try:
        cast.table.write(head_write(record, head))
    except ConditionFailedError:
        return False
    return True


def another_plan_signed_than_was_shown(cast: Cast) -> bool:
    """The digest of a plan is set once (`manifest_once`): only a person can name another."""
    runs = cast.seller.context.runs
    run = planned(cast)
    with pytest.raises(StateConflictError):
        runs.approve(run.id, plan_digest="other", by="ada")
    return runs.run(run.id).status is RunStatus.APPROVED


def another_plan_sealed_than_was_signed(cast: Cast) -> bool:
    """The seal names the digest that it read, and that is set once (`manifest_once`)."""
    runs = cast.seller.context.runs
    run = runs.approve(planned(cast).id, plan_digest="shown", by="ada")
    sealed = replace(run, plan_digest="other", sealed_at=SIX)
    return runs.seal(sealed, records=(), heads=()) is not None


def a_run_closed_that_is_not_sealed(cast: Cast) -> bool:
    """Close looks for `sealed` first, and a sealed run becomes nothing else (`cancel_cas`)."""
    runs = cast.seller.context.runs
    return runs.close(planned(cast).id).status is RunStatus.CLOSED


def a_rating_counted_back(cast: Cast) -> bool:
    """A late end of an earlier rating; the next rating would do again what is done, unharmed."""
    book = RatingBookTable(cast.table)
    book.completed(2)
    book.completed(1)
    return book.generation() == 1


def days_rated_counted_back(cast: Cast) -> bool:
    """A late end of an earlier rating; a run would wait for what is rated already."""
    book = RatingBookTable(cast.table)
    for day in (2, 1):
        book.rated("FRA", date(2013, 6, day), at=SIX)
    return UsageTable(cast.table, cast.objects).rated_to_on("FRA") == JUNE


def a_zone_set_over_another(cast: Cast) -> bool:
    """Two changes of a zone at once: the turn that the other has made would be lost."""
    store = SubscriptionTable(cast.table)
    customer_id = cast.seller.context.billing.due("FRA", JUNE)[0]
    seats = cast.seller.context.billing.load(customer_id, "FRA").subscriptions[0]
    for name in {seats.id, seats.external_id} - {""}:
        key = keys.unique("sub", name)
        cast.table.write(Put({"pk": key.pk, "sk": key.sk, "zone": "Europe/Paris"}))
    assert store.set_zone(seats, read="Europe/Paris", after="Asia/Tokyo")
    return store.set_zone(seats, read="Europe/Paris", after="America/New_York")


def topped_up(customer: str) -> WalletFact:
    wallet = Wallet("wal_1", customer, "FRA", "EUR", "Prepaid", Purpose.MULTI)
    received = Money(5_00, "EUR")
    lot = wallet.filled("lot_1", received, JUNE)
    booked = entry_of_top_up(received)
    return WalletFact("lot_1", WalletFactKind.TOP_UP, lot, received, JUNE, booked)


def money_of_somebody_whom_nobody_bills(cast: Cast) -> bool:
    """The state that says there is credit is made with the customer; nobody else has a wallet."""
    return WalletTable(cast.table).put(topped_up("nobody"), at=SIX)


def a_second_end_of_one_name(cast: Cast) -> bool:
    """The name says what was lost before, and the lot has to be as read (`lot_as_read`)."""
    store, put = WalletTable(cast.table), topped_up("c0")
    assert store.put(put, at=SIX)
    ended = replace(put, id="wfa_1", kind=WalletFactKind.EXPIRED, lot=put.lot.ended())
    assert store.end(put.lot, ended, at=SIX)
    return store.end(ended.lot, ended, at=SIX)


def a_wallet_made_over_another(cast: Cast) -> bool:
    """Its name follows from the key of the request; whoever finds it there reads it."""
    store = WalletTable(cast.table)
    first = Wallet("wal_1", "c0", "FRA", "EUR", "Prepaid", Purpose.MULTI)
    assert store.make(first, at=SIX)
    return store.make(replace(first, name="Another"), at=SIX)


BENEATH: dict[str, Callable[[Cast], bool]] = {
    "seal_date": a_record_dated_before_the_last,
    "signed_digest": another_plan_signed_than_was_shown,
    "seal_digest": another_plan_sealed_than_was_signed,
    "close_once": a_run_closed_that_is_not_sealed,
    "rated": a_rating_counted_back,
    "rated_to": days_rated_counted_back,
    "credited_is_billed": money_of_somebody_whom_nobody_bills,
    "wallet_end_once": a_second_end_of_one_name,
    "wallet_new": a_wallet_made_over_another,
    "zone_as_read": a_zone_set_over_another,
}


@pytest.mark.parametrize("guard", BENEATH)
def test_the_store_refuses_it_by_this_condition_alone(guard: str) -> None:
    assert not BENEATH[guard](Cast(0))
    assert BENEATH[guard](Cast(0, off=frozenset({guard})))
