"""Receive: what came by an account statement is stored as deliveries, each booking once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from solde.domain.banking.returned import Returned
from solde.domain.banking.statement import Statement, must_add_up
from solde.domain.banking.transfer import ALWAYS, Transfer, from_body, to_body, transfer_of
from solde.domain.errors import InvalidError, StateConflictError
from solde.domain.identity import derived_id
from solde.domain.invoicing.parties import Entity
from solde.domain.payments import BANK
from solde.ports.banking import Bank, KeptStatement
from solde.ports.payments import Delivery, PaymentStore
from solde.workflows.hear_return import receive_return


@dataclass(frozen=True, slots=True)
class BankContext:
    bank: Bank
    payments: PaymentStore
    entities: Sequence[Entity]


@dataclass(frozen=True, slots=True)
class _Checked:
    statement: Statement
    entity: str
    transfers: Sequence[Transfer]
    known: Mapping[str, Delivery]


def receive_statements(
    statements: Sequence[Statement], at: datetime, context: BankContext
) -> list[KeptStatement]:
    """
    Store statements and the transfers in them: all, or nothing; a second time does no harm.

    Raises:
        InvalidError: one does not add up, or is of no account of ours.
        StateConflictError: a booking is known with another amount.

    """
    checked = [_checked(one, context) for one in statements]
    return [_stored(one, at, context) for one in checked]


def _checked(statement: Statement, context: BankContext) -> _Checked:
    must_add_up(statement)
    entity = owner_of(statement.account, context.entities)
    came = (one for one in statement.entries if one.amount.minor > 0)
    transfers = [transfer_of(entity, statement.account, one) for one in came]
    known = context.bank.deliveries([one.id for one in transfers])
    _must_be_the_same(transfers, known)
    return _Checked(statement, entity, transfers, known)


def _stored(one: _Checked, at: datetime, context: BankContext) -> KeptStatement:
    said = one.statement
    kept = context.bank.keep(
        KeptStatement(
            id=derived_id("stm", *_content(said), at=ALWAYS),
            entity=one.entity,
            account=said.account,
            received_at=at,
            transfers=tuple(each.id for each in one.transfers),
            debits=len(said.entries) - len(one.transfers),
            opening=said.opening,
            closing=said.closing,
        )
    )
    for each in one.transfers:
        if each.id not in one.known:
            context.payments.receive(Delivery(BANK, each.id, to_body(each), at))
    for back in said.entries:
        if back.code and back.amount.minor < 0:
            returned = Returned(back.end_to_end, back.code, back.fee)
            receive_return(returned, at, context.payments)
    return kept


def _content(statement: Statement) -> Iterator[str]:
    """Yield what makes a statement another one: the same again is the same."""
    yield statement.account
    for one in (statement.opening, statement.closing):
        yield str(one.minor if one else "")
    for entry in statement.entries:
        yield to_body(transfer_of("", statement.account, entry)).decode()


def owner_of(account: str, entities: Sequence[Entity]) -> str:
    """
    Return whose account it is.

    Raises:
        InvalidError: it is nobody's of ours.

    """
    for one in entities:
        said = (one.registration or {}).get("iban", "")
        if "".join(said.split()).upper() == account:
            return one.code
    raise InvalidError(
        f"account: expected the iban of an entity's registration, found {account}",
        pointer="/account",
    )


def _must_be_the_same(transfers: Sequence[Transfer], known: Mapping[str, Delivery]) -> None:
    for one in transfers:
        if one.id in known:
            before = from_body(known[one.id].body).entry
            if before.amount != one.entry.amount:
                raise StateConflictError(
                    f"entry {before.reference}: expected {before.amount.minor} "
                    f"{before.amount.currency} as it was told before, "
                    f"found {one.entry.amount.minor} {one.entry.amount.currency}"
                )
