"""Verify: every invariant that stored data alone can prove."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType

from solde.ports.audit import Archive, Stored
from solde.ports.objects import ObjectStore
from solde.workflows.bill_run.context import BillRunContext
from solde.workflows.verify.billed import nothing_twice_nothing_missed
from solde.workflows.verify.books import allocations, ledger_balances, payments_once
from solde.workflows.verify.closed import closed_months_stand
from solde.workflows.verify.documents import documents_proved
from solde.workflows.verify.late import late_once
from solde.workflows.verify.packs import ReadOnce
from solde.workflows.verify.register import numbers_gapless
from solde.workflows.verify.report import Finding, finding
from solde.workflows.verify.runs import (
    deliveries_worked,
    mails_ended,
    parked_explained,
    runs_complete,
    runs_finished,
)
from solde.workflows.verify.snapshots import whole_snapshots
from solde.workflows.verify.usage import events_accounted
from solde.workflows.verify.wallets import wallets_add_up

NOTHING: Mapping[str, Finding] = MappingProxyType({})


def verify(
    at: datetime,
    archive: Archive,
    context: BillRunContext,
    usage: ObjectStore | None = None,
    *,
    known: Mapping[str, Finding] = NOTHING,
) -> Sequence[Finding]:
    """
    Return a finding per invariant, in order of their codes; `at` is business time.

    `usage` is where raw events and ratings lie; without it nothing is said of I5. What is `known`
    of this very table takes the place of what would be found again.
    """
    stored = archive.stored()
    rests = known or _at_length(stored, context, usage)
    accounted = (rests["I5"],) if "I5" in rests else ()
    return (
        finding("I0", "every item can be read", len(stored.states), stored.unreadable),
        rests["I1"],
        ledger_balances(stored),
        rests["I3"],
        rests["I4"],
        *accounted,
        rests["I7"],
        payments_once(stored),
        allocations(stored),
        deliveries_worked(stored, at),
        runs_finished(stored, at),
        runs_complete(stored),
        whole_snapshots(stored),
        parked_explained(stored),
        mails_ended(stored),
        rests["I36"],
        closed_months_stand(stored),
        wallets_add_up(stored),
        late_once(stored),
    )


def _at_length(
    stored: Stored, context: BillRunContext, usage: ObjectStore | None
) -> Mapping[str, Finding]:
    """Prove what takes objects and prices, by code: `known.RESTING` names them."""
    context = replace(context, objects=ReadOnce(context.objects))
    billed, miscounted = nothing_twice_nothing_missed(stored, context)
    found = [
        billed,
        *documents_proved(stored, context.objects),
        numbers_gapless(stored, context.objects),
        *((events_accounted(stored, miscounted, usage),) if usage else ()),
    ]
    return {one.code: one for one in found}
