"""Match: read a transfer that came and say which invoice it pays, or why nobody knows."""

from collections.abc import Callable, Iterable

from solde.domain.banking.rounds import reference_of
from solde.domain.banking.transfer import Candidate, from_body, matched, numbers_in, referred
from solde.domain.errors import InvalidError
from solde.domain.payments import Irrelevant, Misfit, Received
from solde.ports.banking import Bank

COLLECTED = "ddb-"
"""Names of our files of direct debits, as a bank gives them back."""
PAID = ("inv_", "lch_")
"""Documents that are paid: the others ask for nothing."""


def read_transfer(
    body: bytes, *, bank: Bank, prefix_of: Callable[[str], str]
) -> Received | Irrelevant:
    """
    Return what a delivery of a bank tells; debits that it has collected are known one by one.

    Raises:
        InvalidError: it fits no invoice for certain: a person has to look.

    """
    transfer = from_body(body)
    entry, prefix = transfer.entry, prefix_of(transfer.entity)
    if entry.batch.startswith(COLLECTED):
        return Irrelevant(f"collected: {entry.batch}")

    def candidates(numbers: Iterable[str]) -> list[Candidate]:
        found = (bank.numbered(one) for one in numbers)
        return [
            Candidate(
                one.id, one.number, one.entity, one.due, bank.pays_from(one.customer_id, entry.iban)
            )
            for one in found
            if one and one.entity == transfer.entity and one.id.startswith(PAID)
        ]

    said = f"{entry.structured} {entry.end_to_end} {entry.text}"
    exact = candidates(referred(entry, prefix))
    outcome = matched(entry, exact, [] if exact else candidates(numbers_in(said, prefix)))
    if isinstance(outcome, Misfit):
        raise InvalidError(outcome.reason)
    return transfer.received(outcome, reference_of(transfer.id, 1))
