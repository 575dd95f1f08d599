"""Billing states and the documents of a run: the writes of plan and issue."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from functools import partial

from solde.domain.errors import NotFoundError, StoreUnavailableError
from solde.domain.invoicing.draft import CREDIT_NOTE
from solde.domain.settlement import Lot
from solde.ports.billing import Billable, BillingState, Header, Issue, IssueOutcome, Reservation
from solde.storage import billing_state, index_keys, keys
from solde.storage.adjustments import PREFIX, adjustments_from_items
from solde.storage.coupons import grants_from_items
from solde.storage.gifts import gifts_from_items
from solde.storage.invoices import header_from_item
from solde.storage.lots import lots_of
from solde.storage.outbox import announcement
from solde.storage.parties import customer_from_item
from solde.storage.settling import ORIGINALS_MOST, issued
from solde.storage.subscriptions import subscriptions_from_items
from solde.storage.table import ConditionFailedError, Item, Refused, Table, Write

TRANSACTION_WRITES = 99
"""One of the hundred that a transaction may hold is the announcement."""
ATTEMPTS = 5
KIND = 4
"""So many characters of a sort key tell states, the profile, what lies beside, subscriptions."""
ZONES = timedelta(days=2)
"""Headers lie by the instant of their seal; the days of two entities can be in another order."""


class BillingTable:
    """The port `BillingStore` over the table."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def due(self, entity: str, until: date) -> Sequence[str]:
        found = self._table.due_in(index_keys.due_bill_shards(entity), index_keys.due_until(until))
        return sorted([key.pk.removeprefix("A#") for key in found])

    def state(self, customer_id: str, entity: str) -> BillingState | None:
        item = self._table.get(keys.billing_state(customer_id, entity))
        return billing_state.state_from_item(item) if item else None

    def load(self, customer_id: str, entity: str, *, only: str = "") -> Billable:
        return self.read(customer_id, entity, only=only)()

    def read(self, customer_id: str, entity: str, *, only: str = "") -> Callable[[], Billable]:
        pk = keys.customer_pk(customer_id)
        items = [
            self._table.query(pk, first=first, last=last)
            for first, last in _timeline(customer_id, only)
        ]
        return partial(_billable, customer_id, entity, items)

    def to_reserve(self, state: BillingState, reservation: Reservation) -> Callable[[], bool]:
        return partial(_done, self._table.prepared(billing_state.reserved(state, reservation)))

    def release(self, customer_id: str, entity: str, run_id: str, *, keep: str = "") -> None:
        state = self.state(customer_id, entity)
        held = state.reserved_by(run_id) if state else None
        if state is None or held is None or held.digest == keep:
            return
        try:
            self._table.write(billing_state.released(customer_id, entity, run_id, state.ver))
        except ConditionFailedError:
            return  # somebody else released it, or reserved anew: not ours any more

    def held(self, customers: Sequence[str], entity: str, run_id: str) -> Sequence[str]:
        wanted = [keys.billing_state(customer_id, entity) for customer_id in customers]
        states = map(billing_state.state_from_item, self._table.get_many(wanted).values())
        return sorted(state.customer_id for state in states if state.reserved_by(run_id))

    def issue(self, issues: Sequence[Issue], *, run_id: str, at: datetime) -> IssueOutcome:
        found: list[str] = []
        orphaned: list[str] = []
        for batch in _batches(issues):
            done = self._issue_batch(batch, run_id, at)
            found += done.issued
            orphaned += done.orphaned
        return IssueOutcome(tuple(found), tuple(orphaned))

    def lots(self, customer_id: str, entity: str) -> Sequence[Lot]:
        every = lots_of(self._table, customer_id)
        mine = [one for one in every if one.entity in ("", entity)]
        return [one for one in mine if one.left.minor > 0 or (one.funds and one.funds.waits)]

    def headers(self, customer_id: str, *, issued_since: date) -> Sequence[Header]:
        found: list[Header] = []
        for prefix in ("I#inv_", "I#crn_"):
            for item in self._table.query(
                keys.customer_pk(customer_id),
                first=prefix,
                last=prefix + keys.LAST,
                backwards=True,
            ):
                header = header_from_item(item)
                if header.issued_on + ZONES < issued_since:
                    break
                found.append(header)
        recent = [one for one in found if one.issued_on >= issued_since]
        return sorted(recent, key=_age, reverse=True)

    def issued(self, customer_id: str, ids: Sequence[str]) -> Sequence[Header]:
        wanted = [keys.invoice(customer_id, one) for one in ids]
        items = self._table.get_many(wanted)
        return [header_from_item(items[key]) for key in wanted]

    def _issue_batch(self, issues: Sequence[Issue], run_id: str, at: datetime) -> IssueOutcome:
        pending = {issue.customer_id: _Pending(issue) for issue in issues}
        for _ in range(ATTEMPTS):
            if not pending:
                break
            writes, owners = _writes(self._table, pending.values(), run_id, at)
            try:
                self._table.write(*writes)
                break
            except ConditionFailedError as failed:
                _settle(pending, owners, failed.refused)
        else:
            raise StoreUnavailableError(f"run {run_id}: issue met changes {ATTEMPTS} times")
        orphaned = tuple(one.issue.customer_id for one in pending.values() if one.orphan)
        return IssueOutcome(tuple(one.customer_id for one in issues), orphaned)


def _billable(customer_id: str, entity: str, ranges: Iterable[Iterable[Item]]) -> Billable:
    own = keys.billing_state(customer_id, entity).sk
    found: dict[str, list[Item]] = {}
    for items in ranges:
        for item in items:
            found.setdefault(item["sk"][:KIND], []).append(item)
    state = next((item for item in found.get("B#0#", ()) if item["sk"] == own), None)
    if state is None or "B#1" not in found:
        raise NotFoundError(f"customer: expected one billed by {entity}, found {customer_id!r}")
    beside = found.get("B#1#", ())
    subscriptions = subscriptions_from_items(found.get("B#2#", ()))
    return Billable(
        state=billing_state.state_from_item(state),
        customer=customer_from_item(found["B#1"][0]),
        subscriptions=tuple([one for one in subscriptions if one.entity == entity]),
        grants=grants_from_items([one for one in beside if _is(one, "B#1#dsc#")], entity),
        adjustments=adjustments_from_items(
            [one for one in beside if _is(one, PREFIX) and one["entity"] == entity],
            customer_id,
        ),
        gifts=gifts_from_items([one for one in beside if _is(one, "B#1#gft#")]),
    )


def _done(write: Callable[[], None]) -> bool:
    try:
        write()
    except ConditionFailedError:
        return False
    return True


def _is(item: Item, prefix: str) -> bool:
    return str(item["sk"]).startswith(prefix)


def _timeline(customer_id: str, only: str) -> Sequence[tuple[str, str]]:
    """Return the bounds of a customer's timeline, or of one subscription with all beside it."""
    if not only:
        return (("B#", f"B#{keys.LAST}"),)
    one = keys.subscription(customer_id, only).sk
    return (("B#", f"B#1{keys.LAST}"), (one, f"{one}#{keys.LAST}"))


def _age(header: Header) -> tuple[int, date]:
    """
    Order documents by the version of the customer that they were computed from.

    One run at a time holds a customer, so this is the order of issue. Days are not: an invoice and
    a credit note of one day lie in two series.
    """
    return header.snapshot, header.issued_on


@dataclass(slots=True)
class _Pending:
    issue: Issue
    met: BillingState | None = None
    """The billing state met instead of the planned one: its revision is newer (variant B)."""
    orphan: bool = False


def _batches(issues: Sequence[Issue]) -> list[list[Issue]]:
    batches: list[list[Issue]] = [[]]
    room = TRANSACTION_WRITES
    for issue in issues:
        wanted = len(issue.headers) + 1 + _beside_most(issue)
        if wanted > room and batches[-1]:
            batches.append([])
            room = TRANSACTION_WRITES
        batches[-1].append(issue)
        room -= wanted
    return batches


def _beside_most(issue: Issue) -> int:
    """Return how many writes may be added: originals of its notes, and lots, made or used."""
    notes = [one for one in issue.headers if one.kind == CREDIT_NOTE]
    used = sum(len(document["prepaid"]) for document in issue.closed if "prepaid" in document)
    back = min(sum(len(one.back) for one in notes), ORIGINALS_MOST)
    return len(notes) + back + used


class _Of(Enum):
    """What a write of a customer is."""

    HEADER = "header"
    STATE = "state"
    BESIDE = "beside"


_Owner = tuple[str, _Of]


def _writes(
    table: Table, pending: Iterable[_Pending], run_id: str, at: datetime
) -> tuple[list[Write], list[_Owner]]:
    """Return the transaction, and for each write its customer and what it is."""
    writes: list[Write] = []
    owners: list[_Owner] = []
    named: list[list[str]] = []
    for one in pending:
        issue = one.issue
        named += [[issue.customer_id, header.id] for header in issue.headers]
        documents = issued(table, issue.headers, issue.closed)
        writes += documents.headers
        owners += [(issue.customer_id, _Of.HEADER)] * len(documents.headers)
        writes += documents.beside
        owners += [(issue.customer_id, _Of.BESIDE)] * len(documents.beside)
        if not one.orphan:
            moved = billing_state.issued(issue, one.met)
            writes.append(billing_state.with_credit(moved, documents.credit))
            owners.append((issue.customer_id, _Of.STATE))
    if named:
        writes.append(announcement("invoice.issued", {"run": run_id, "invoices": named}, at=at))
    return writes, owners


def _settle(
    pending: dict[str, _Pending], owners: Sequence[_Owner], refused: Sequence[Refused]
) -> None:
    """
    Learn from what was refused, customer by customer, before the rest is tried again.

    A header that exists: an earlier try issued this customer. A reservation that is gone though
    the header is not there must never happen; the sealed document is issued all the same.
    A newer revision: something changed between plan and issue (variant B). What lies beside is
    read again.
    """
    stored = {owners[one.index]: one.stored for one in refused if one.index < len(owners)}
    for (customer_id, of), _ in list(stored.items()):
        if of is _Of.HEADER:
            pending.pop(customer_id, None)
    for (customer_id, of), item in stored.items():
        if of is not _Of.STATE or customer_id not in pending:
            continue
        one = pending[customer_id]
        met = billing_state.state_from_item(item) if item else None
        held = met.reserved_by(one.issue.reservation.run_id) if met else None
        if met and held and held.digest == one.issue.reservation.digest:
            one.met = met
        elif one.issue.headers:
            one.orphan = True
        else:
            pending.pop(customer_id)  # nothing to bill, and somebody already let go
