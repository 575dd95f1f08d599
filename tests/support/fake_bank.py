"""Debits as our gateway keeps them, in memory; the mandate says what their bank does with one."""

from dataclasses import dataclass, field, replace
from datetime import date
from types import SimpleNamespace

from solde.domain.banking.debit import Debit, DebitState
from solde.domain.banking.mandate import Mandate

DAY = date(2013, 6, 1)
CODES = {"declines_hard": "AC04", "declines_soft": "AM04", "declines_action": "MS02"}


@dataclass
class FakeBank:
    """The port `Debits`, as far as a gateway asks it; `charged` counts debits."""

    asked: dict[str, Debit] = field(default_factory=dict)

    @property
    def methods(self) -> dict[str, str]:
        return {kind: f"man_{kind}" for kind in ("settles", "waits", *CODES)}

    @property
    def charged(self) -> int:
        return len(self.asked)

    def mandate(self, customer_id: str, mandate_id: str) -> Mandate | None:
        if mandate_id == "man_none":
            return None
        ended = DAY if mandate_id == "man_revoked" else None
        known = Mandate(mandate_id, "M1", customer_id, "fr", "FR14", "Martin", DAY)
        return replace(known, revoked_on=ended)

    def invoice(self, invoice_id: str) -> SimpleNamespace:
        entity = "fr" if invoice_id == "inv_1" else "de"
        return SimpleNamespace(entity=entity, number="FR-1", due_on=DAY, issued_on=DAY)

    def used(self, mandate: Mandate, debit_id: str) -> Mandate:
        return replace(mandate, first=debit_id)

    def debit(self, debit_id: str) -> Debit | None:
        return self.asked.get(debit_id)

    def ask(self, debit: Debit) -> Debit:
        kind = debit.mandate_id.removeprefix("man_")
        if kind in CODES:
            debit = replace(debit, state=DebitState.RETURNED, code=CODES[kind])
        if kind == "settles":
            debit = replace(debit, state=DebitState.SENT, collect_on=DAY)
        return self.asked.setdefault(debit.id, debit)
