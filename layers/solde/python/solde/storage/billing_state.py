"""The billing state: one small item per customer and entity, and the writes that move it."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from solde.ports.billing import BillingState, Issue, PackSlice, Reservation
from solde.storage import index_keys, keys
from solde.storage.reading import day, present, reading
from solde.storage.table import Absent, Condition, Equals, Item, NoItem, Put, Update

SCHEMA = 1
ONE_DAY = timedelta(days=1)


def state_from_item(item: Item) -> BillingState:
    with reading(item):
        return BillingState(
            customer_id=item["pk"].removeprefix("A#"),
            entity=item["sk"].removeprefix("B#0#"),
            ver=item["ver"],
            rev=item["rev"],
            through=day(item.get("through")),
            dirty_from=day(item.get("dirty_from")),
            covered_to=day(item.get("covered")),
            due_on=day(item["due_sk"].split("#")[0]) if "due_sk" in item else None,
            reservation=_reservation(item["resv"]) if "resv" in item else None,
            invoice_day=item.get("iday", 0),
            credit=item.get("crd", ""),
        )


def new_state(customer_id: str, entity: str, *, invoice_day: int = 0) -> Put:
    key = keys.billing_state(customer_id, entity)
    item: Item = {"pk": key.pk, "sk": key.sk, "schema": SCHEMA, "ver": 0, "rev": 0}
    if invoice_day:
        item["iday"] = invoice_day
    return Put(item, (NoItem(),))


def changed(read: BillingState, after: BillingState) -> Update:
    """
    Write a change of what is to be billed.

    `through` must still be what the writer read: it decided by it whether the change reaches
    back; and `rev` too, so that two changes never take the same revision.
    """
    fields: dict[str, Any] = {"rev": after.rev}
    if after.due_on is not None:
        fields |= due_fields(after.entity, after.customer_id, after.due_on)
    if after.dirty_from is not None:
        fields["dirty_from"] = after.dirty_from.isoformat()
    return Update(
        keys.billing_state(read.customer_id, read.entity),
        set=fields,
        remove=() if after.due_on else ("due_pk", "due_sk"),
        conditions=(
            Equals("rev", read.rev, guard="rev_as_read"),
            _as_read("through", read.through, guard="through_as_read"),
        ),
    )


def with_credit(update: Update, lot_id: str) -> Update:
    """Write it together with another change."""
    return replace(update, set={**update.set, "crd": lot_id}) if lot_id else update


def marked_by_usage(state: BillingState, used_on: date, today: date) -> Update:
    """
    Write that the usage of a day has changed; a day already billed is due again.

    A charge by usage falls due when its period has ended, so what `through` has billed lies
    before it. The day itself may be billed by a run that holds the customer: then it counts, and
    the hold must still be as read.
    """
    held = state.reservation is not None
    billed = state.through is not None and (
        used_on < state.through or (held and used_on == state.through)
    )
    after = replace(state, rev=state.rev + 1)
    if billed:
        after = state.changed(effective_on=used_on, due_on=state.due_on, today=today)
    return held_as_read(state, after)


def held_as_read(read: BillingState, after: BillingState) -> Update:
    """Write a change on condition that no run has taken hold of the customer since."""
    update = changed(read, after)
    as_read = Equals("ver", read.ver, guard="usage_hold_as_read")
    return replace(update, conditions=(*update.conditions, as_read))


def reserved(state: BillingState, reservation: Reservation) -> Update:
    """Hold a plan; a reservation that was read is one of a run that is over."""
    free: Condition = Absent("resv", guard="reserve_free")
    if state.reservation is not None:
        free = Equals("resv.run", state.reservation.run_id, guard="reserve_free")
    return Update(
        keys.billing_state(state.customer_id, state.entity),
        set={"resv": _reservation_item(reservation), "ver": state.ver + 1},
        conditions=(
            Equals("ver", state.ver, guard="reserve_ver"),
            Equals("rev", state.rev, guard="reserve_rev"),
            free,
        ),
    )


def released(customer_id: str, entity: str, run_id: str, ver: int) -> Update:
    return Update(
        keys.billing_state(customer_id, entity),
        set={"ver": ver + 1},
        remove=("resv",),
        conditions=(
            Equals("resv.run", run_id, guard="release_cond"),
            Equals("ver", ver, guard="release_ver"),
        ),
    )


def issued(issue: Issue, met: BillingState | None) -> Update:
    """
    Move the watermark and let go of the reservation.

    Variant A: nothing has changed since the plan; the next due day is set and `dirty_from` is
    cleared. Variant B (`met`): something has; the due day stays, so that the next run looks
    again, from the day after the old watermark.
    """
    held = issue.reservation
    conditions: tuple[Condition, ...] = (
        Equals("resv.run", held.run_id, guard="issue_resv"),
        Equals("resv.digest", held.digest, guard="issue_resv"),
        Equals("rev", held.rev if met is None else met.rev, guard="due_guard"),
    )
    fields: dict[str, Any] = {"through": held.through.isoformat()}
    if held.covered_to:
        fields["covered"] = held.covered_to.isoformat()
    gone = ["resv"]
    if met is not None:
        again_from = date.min if met.through is None else met.through + ONE_DAY
        fields["dirty_from"] = min(met.dirty_from or again_from, again_from).isoformat()
    else:
        gone.append("dirty_from")
        if held.next_due_on:
            fields |= due_fields(issue.entity, issue.customer_id, held.next_due_on)
        else:
            gone += ["due_pk", "due_sk"]
    return Update(
        keys.billing_state(issue.customer_id, issue.entity),
        set=fields,
        remove=tuple(gone),
        conditions=conditions,
    )


def _as_read(name: str, value: date | None, *, guard: str) -> Condition:
    if value is None:
        return Absent(name, guard=guard)
    return Equals(name, value.isoformat(), guard=guard)


def due_fields(entity: str, customer_id: str, due_on: date) -> dict[str, Any]:
    return {
        "due_pk": index_keys.due_bill(entity, customer_id),
        "due_sk": index_keys.due_day(due_on, customer_id),
    }


def _reservation_item(one: Reservation) -> Item:
    return present(
        run=one.run_id,
        digest=one.digest,
        rev=one.rev,
        pack=one.drafts.key,
        at=one.drafts.offset,
        len=one.drafts.length,
        kinds=list(one.kinds),
        total=one.total_minor,
        thru=one.through.isoformat(),
        next=one.next_due_on.isoformat() if one.next_due_on else None,
        cov=one.covered_to.isoformat() if one.covered_to else None,
        fx=dict(one.converted) or None,
    )


def _reservation(item: Item) -> Reservation:
    return Reservation(
        run_id=item["run"],
        digest=item["digest"],
        rev=item["rev"],
        drafts=PackSlice(item.get("pack", ""), item["at"], item["len"]),
        kinds=tuple(item.get("kinds", ())),
        total_minor=item["total"],
        through=date.fromisoformat(item["thru"]),
        next_due_on=day(item.get("next")),
        covered_to=day(item.get("cov")),
        converted=item.get("fx", {}),
    )
