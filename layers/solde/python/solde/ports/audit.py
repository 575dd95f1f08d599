"""Everything that is stored, for proof: facts as they lie in the table, read in one pass."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from solde.domain.discounts import Gift
from solde.domain.payments import Payment
from solde.domain.settlement import Lot, Taken, TopUpRequest
from solde.domain.usage.proof import UsageProof
from solde.ports.billing import BillingState, Header
from solde.ports.books import Close, Fact
from solde.ports.payments import Delivery
from solde.ports.pro_formas import ProForma
from solde.ports.runs import BatchRecord, Head, RegisterRecord, Run


@dataclass(frozen=True, slots=True)
class MailJob:
    """One mail of one document, and what became of it."""

    customer_id: str
    invoice_id: str
    state: str


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """Money that went back, or came again (below zero), and what of it was taken, or put, where."""

    payment_id: str
    kind: str
    minor: int
    taken: Sequence[Taken]


@dataclass(slots=True)
class Stored:
    """
    All facts of a deployment; `unreadable` names items that their schema does not fit.

    `lots` are by source, `gifts` by their ids. `generation` is the number of the latest complete
    rating, `used` what the table holds of it.
    """

    headers: list[Header] = field(default_factory=list)
    pro_formas: list[ProForma] = field(default_factory=list)
    entries: list[Fact] = field(default_factory=list)
    payments: list[Payment] = field(default_factory=list)
    withdrawals: list[Withdrawn] = field(default_factory=list)
    lots: dict[str, Lot] = field(default_factory=dict)
    gifts: dict[str, Gift] = field(default_factory=dict)
    requests: list[TopUpRequest] = field(default_factory=list)
    references: dict[str, str] = field(default_factory=dict)
    deliveries: list[Delivery] = field(default_factory=list)
    states: list[BillingState] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    batches: list[BatchRecord] = field(default_factory=list)
    heads: list[Head] = field(default_factory=list)
    records: list[RegisterRecord] = field(default_factory=list)
    mail_jobs: list[MailJob] = field(default_factory=list)
    closes: list[Close] = field(default_factory=list)
    generation: int = 0
    used: UsageProof = field(default_factory=UsageProof)
    unreadable: list[str] = field(default_factory=list)


class Archive(Protocol):
    def stored(self) -> Stored:
        """Read everything once."""
        ...
