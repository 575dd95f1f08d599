"""Everything that is stored, for proof: facts as they lie in the table, read in one pass."""

from dataclasses import dataclass, field
from typing import Protocol

from solde.domain.payments import Payment
from solde.domain.usage.proof import UsageProof
from solde.ports.billing import BillingState, Header
from solde.ports.books import Close, Fact
from solde.ports.payments import Delivery
from solde.ports.runs import BatchRecord, Head, RegisterRecord, Run


@dataclass(frozen=True, slots=True)
class MailJob:
    """One mail of one document, and what became of it."""

    customer_id: str
    invoice_id: str
    state: str


@dataclass(slots=True)
class Stored:
    """
    All facts of a deployment; `unreadable` names items that their schema does not fit.

    `generation` is the number of the latest complete rating, `used` what the table holds of it.
    """

    headers: list[Header] = field(default_factory=list)
    entries: list[Fact] = field(default_factory=list)
    payments: list[Payment] = field(default_factory=list)
    refunds: list[tuple[str, int]] = field(default_factory=list)
    unapplied: dict[str, int] = field(default_factory=dict)
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
