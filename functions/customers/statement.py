"""The statement of a customer: opening, what came and went, closing; what is open, and how late."""

import json
from datetime import date
from typing import Annotated, Any

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Query
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from solde.domain.errors import InvalidError, NotFoundError
from solde.domain.invoicing.parties import Customer
from solde.domain.money import currency as known_currency
from solde.domain.periods import day_of
from solde.domain.statement import ROWS_MAX
from solde.runtime import wiring
from solde.runtime.clock import business_now
from solde.runtime.downloads import attached
from solde.runtime.fields import day_from
from solde.runtime.http import TooLargeError, raw
from solde.runtime.statements import statement_of, with_parties
from solde.storage.statements import booked
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
    document = with_parties(said, owner, seller)
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
    Return the statement that a query asks for.

    Raises:
        InvalidError: there is no such day or currency, or the days are the wrong way round.

    """
    entity = wiring.entities().entity(customer.entity)
    today = day_of(business_now(), entity.time_zone)
    last_on = _day("to", days[1]) if days[1] else today
    code = known_currency(asked or entity.currency)
    asked_days = _day("from", days[0]), last_on
    items = booked(wiring.table(), customer.id)
    return statement_of(customer, items, asked_days, code, today)


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
