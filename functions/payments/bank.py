"""Bank transfers: account statements come in; a person assigns what fits nothing for certain."""

from typing import Annotated, Any

from aws_lambda_powertools.event_handler.openapi.params import Query
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from functions.payments.bank_models import (
    NewAssignment,
    NewStatement,
    NewUndoing,
    statement_shown,
    transfer_shown,
)
from solde.domain.banking.rounds import is_transfer
from solde.domain.errors import NotFoundError
from solde.domain.identity import no_id
from solde.domain.payments import BANK
from solde.ports.banking import KeptStatement
from solde.ports.payments import Delivery
from solde.runtime import wiring
from solde.runtime.banking import assign_context, bank, bank_context
from solde.runtime.clock import business_now
from solde.runtime.fields import listed
from solde.runtime.paging import Asked, indexed, page, slice_of
from solde.runtime.payments import payments
from solde.storage.bank import statement_from_item
from solde.storage.table import Key
from solde.workflows.assign_transfer import assign_transfer, undo_assignment
from solde.workflows.receive_statement import receive_statements

router = APIGatewayHttpRouter()  # type: ignore[no-untyped-call]
STATEMENTS, TRANSFERS = "/v1/bank-statements", "/v1/bank-transfers"
Cursor = Annotated[str | None, Query()]
Limit = Annotated[int, Query()]


@router.post(STATEMENTS, status_code=201, summary="Take in account statements of a bank")
def receive(body: NewStatement) -> dict[str, Any]:
    """
    All of it, or nothing; each booking counts once, in however many files it comes.

    Money that came is settled as soon as it fits an invoice for certain; the rest is parked.
    """
    found = receive_statements(body.statements(), business_now(), bank_context())
    return listed([_shown(one) for one in found], next_cursor=None)


@router.get(STATEMENTS, summary="List account statements, newest first")
def every(cursor: Cursor = None, limit: Limit = 20) -> dict[str, Any]:
    rows, following = page(indexed("stm"), Asked(cursor, limit))
    wanted = [Key(row["pk"], row["sk"]) for row in rows]
    items = wiring.table().get_many(wanted)
    found = [statement_from_item(items[key]) for key in wanted if key in items]
    return listed([_shown(one) for one in found], next_cursor=following)


@router.get(f"{STATEMENTS}/<statement>", summary="Read an account statement")
def read(statement: str) -> dict[str, Any]:
    return _shown(_statement(statement))


@router.get(
    f"{STATEMENTS}/<statement>/transfers", summary="List the money that came by a statement"
)
def transfers(statement: str, cursor: Cursor = None, limit: Limit = 20) -> dict[str, Any]:
    names, following = slice_of(sorted(_statement(statement).transfers), cursor=cursor, limit=limit)
    known = bank().deliveries(names)
    data = [transfer_shown(known[name]) for name in names if name in known]
    return listed(data, next_cursor=following)


@router.get(f"{TRANSFERS}/<transfer>", summary="Read a transfer that came")
def transfer_of(transfer: str) -> dict[str, Any]:
    return transfer_shown(_transfer(transfer))


@router.post(f"{TRANSFERS}/<transfer>/assign", summary="Say which invoice a parked transfer pays")
def assign(transfer: str, body: NewAssignment) -> dict[str, Any]:
    """Book it at once; what the invoice does not owe is credit, which may settle others."""
    invoice = payments().open_invoice(body.invoice)
    if invoice is None:
        raise NotFoundError(f"invoice: {no_id('inv', body.invoice)}")
    assign_transfer(transfer, invoice, business_now(), assign_context())
    return transfer_shown(_transfer(transfer))


@router.post(f"{TRANSFERS}/<transfer>/undo", summary="Take a transfer off what it was booked on")
def undo(transfer: str, body: NewUndoing) -> dict[str, Any]:
    """Book its opposite: the invoice is open again, and the transfer is parked again."""
    undo_assignment(transfer, body.reason, business_now(), assign_context())
    return transfer_shown(_transfer(transfer))


def _statement(identity: str) -> KeptStatement:
    found = bank().statement(identity)
    if found is None:
        raise NotFoundError(f"statement: {no_id('stm', identity)}")
    return found


def _transfer(identity: str) -> Delivery:
    found = payments().delivery(BANK, identity) if is_transfer(identity) else None
    if found is None:
        raise NotFoundError(f"transfer: {no_id('btx', identity)}")
    return found


def _shown(one: KeptStatement) -> dict[str, Any]:
    return statement_shown(one, bank().deliveries(one.transfers))
