"""The statement of a customer: opening, what came and went, closing; what is open, and how late."""

import json
from datetime import date
from typing import Annotated, Any

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Query
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from solde.domain.errors import InvalidError, NotFoundError
from solde.domain.invoicing.parties import (
    Customer,
    customer_document,
    entity_document,
    templates_document,
)
from solde.domain.languages import language_of
from solde.domain.money import currency as known_currency
from solde.domain.periods import day_of
from solde.domain.statement import ROWS_MAX, Row, ageing
from solde.domain.statement import statement as drawn_up
from solde.runtime import wiring
from solde.runtime.clock import business_now
from solde.runtime.downloads import attached
from solde.runtime.fields import day_from
from solde.runtime.http import TooLargeError, raw
from solde.storage.lots import lots_of
from solde.storage.statements import booked, moved, open_invoices
from solde.workflows.deliver_document import JSON, TYPES

FORMS = {JSON: "application/json"} | {form: TYPES[form] for form in ("html", "pdf")}

router = APIGatewayHttpRouter()  # type: ignore[no-untyped-call]
First = Annotated[str, Query(alias="from")]
Last = Annotated[str | None, Query(alias="to")]
Currency = Annotated[str | None, Query()]


@router.get("/v1/customers/<customer>/statement", summary="What a customer owed, day by day")
def statement(
    customer: str, first: First, last: Last = None, currency: Currency = None
) -> dict[str, Any]:
    """Give opening, documents, settlements and closing; to today and in the entity's currency."""
    return _statement_of(_owner(customer), (first, last), currency)


@router.get(
    "/v1/customers/<customer>/statement/documents/<form>",
    summary="Download a statement as pdf, html or json",
    responses={200: {"description": "The bytes, as their type says"}},
)
@raw
def download(
    customer: str, form: str, first: First, last: Last = None, currency: Currency = None
) -> Response[bytes | str]:
    """Set what it says in the customer's language; `json` is what is set, with both parties."""
    if form not in FORMS:
        raise NotFoundError(f"document: expected one of {sorted(FORMS)}, found {form[:40]!r}")
    owner = _owner(customer)
    said = _statement_of(owner, (first, last), currency)
    if len(said["rows"]) > ROWS_MAX:
        raise TooLargeError(f"rows: expected at most {ROWS_MAX}, found {len(said['rows'])}")
    seller = wiring.entities().entity(owner.entity)
    parties = {
        "entity": entity_document(seller),
        "customer": customer_document(owner),
        "language": language_of(owner.language, seller.language),
        **templates_document(seller, owner),
    }
    document = said | parties
    name = f"{owner.id}-{said['from']}-{said['to']}.{form}"
    body = json.dumps(document) if form == JSON else _paper(document, form)
    return Response(200, content_type=FORMS[form], body=body, headers=attached(name))


def _paper(document: dict[str, Any], form: str) -> bytes:
    # Jinja takes long to import, and few of this function's callers want paper.
    from solde.runtime.documents import statement_paper  # noqa: PLC0415

    return statement_paper(document, form)


def _owner(reference: str) -> Customer:
    return wiring.customers().customer(wiring.customers().locate(reference))


def _statement_of(
    customer: Customer, days: tuple[str, str | None], asked: str | None
) -> dict[str, Any]:
    """
    Return a statement in one currency, by booking day; ageing and credit are those of today.

    Raises:
        InvalidError: there is no such day or currency, or the days are the wrong way round.

    """
    entity = wiring.entities().entity(customer.entity)
    today = day_of(business_now(), entity.time_zone)
    first_on = _day("from", days[0])
    last_on = _day("to", days[1]) if days[1] else today
    code = known_currency(asked or entity.currency)
    items = booked(wiring.table(), customer.id)
    found = drawn_up(moved(items, code), first_on, last_on)
    lots = [one for one in lots_of(wiring.table(), customer.id) if one.left.currency == code]
    return {
        "object": "statement",
        "customer": customer.id,
        "currency": code,
        "from": first_on.isoformat(),
        "to": last_on.isoformat(),
        "opening": found.opening,
        "rows": [_row(one) for one in found.rows],
        "documents": found.documents,
        "settlements": found.settlements,
        "closing": found.closing,
        "as_of": today.isoformat(),
        "unapplied": sum(one.left.minor for one in lots if not one.invoiced),
        "deposits": sum(one.left.minor for one in lots if one.invoiced),
        "ageing": ageing(open_invoices(items, code), today),
    }


def _day(name: str, text: str) -> date:
    """
    Return the day that a query names.

    Raises:
        InvalidError: it is none.

    """
    try:
        return day_from(text)
    except ValueError as wrong:
        raise InvalidError(
            f"{name}: expected a day such as 2027-01-31, found {text!r}", pointer=f"/{name}"
        ) from wrong


def _row(one: Row) -> dict[str, Any]:
    return {
        "on": one.moved.on.isoformat(),
        "kind": one.moved.kind,
        "id": one.moved.id,
        "name": one.moved.name,
        "amount": one.moved.minor,
        "balance": one.balance,
    }
