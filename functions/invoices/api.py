"""Invoices and credit notes: list, read with the closed document."""

import json
from typing import Annotated, Any

from aws_lambda_powertools.event_handler.openapi.params import Query

from solde.domain.errors import NotFoundError
from solde.ports.billing import Header
from solde.runtime import wiring
from solde.runtime.fields import described, listed
from solde.runtime.http import api
from solde.runtime.paging import page
from solde.runtime.settings import settings
from solde.storage.find import find_invoice

app = api("invoices")


@app.get("/v1/invoices", summary="List documents, newest first")
def every(
    cursor: Annotated[str | None, Query()] = None, limit: Annotated[int, Query()] = 20
) -> dict[str, Any]:
    rows, following = page("inv", cursor=cursor, limit=limit)
    data = [
        described(
            row["kind"],
            id=row["sk"].removeprefix("I#"),
            customer=row["pk"].removeprefix("A#"),
            number=row["number"],
            status=row["status"],
            currency=row["currency"],
            total=row["total"],
            issued_on=row["issued_on"],
            due_on=row["due_on"],
        )
        for row in rows
    ]
    return listed(data, next_cursor=following)


@app.get("/v1/invoices/<invoice_id>", summary="Read a document with all its lines")
def read(invoice_id: str) -> dict[str, Any]:
    header = _header(invoice_id)
    place = header.place
    body = wiring.archive().get_range(place.key, offset=place.offset, length=place.length)
    return described(
        header.kind,
        id=header.id,
        customer=header.customer_id,
        entity=header.entity,
        number=header.number,
        status=header.status,
        currency=header.currency,
        total=header.gross_minor,
        paid=header.paid_minor,
        issued_on=header.issued_on.isoformat(),
        due_on=header.due_on.isoformat(),
        bill_run=header.run_id,
        sha256=header.sha256,
        document=json.loads(body),
        livemode=settings.live,
    )


def _header(invoice_id: str) -> Header:
    header = find_invoice(wiring.table(), invoice_id)
    if header is None:
        raise NotFoundError(f"invoice: expected inv_… or crn_… of ours, found {invoice_id!r}")
    return header


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:  # noqa: ANN401
    return app.resolve(event, context)
