"""The forms of an issued document: those that are stored, and a profile that is asked for."""

from pathlib import Path
from typing import Annotated, Any

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Query
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from functions.invoices.late import header_of
from solde.ports.billing import Header
from solde.runtime.bill_run import context
from solde.runtime.downloads import download_of, form_shown, kept_by_law, made_now
from solde.runtime.fields import listed
from solde.runtime.http import raw
from solde.runtime.settings import settings
from solde.workflows.bill_run.customer import closed_document
from solde.workflows.deliver_document import stored_form, stored_forms

router = APIGatewayHttpRouter()  # type: ignore[no-untyped-call]
Profile = Annotated[str, Query()]


@router.get("/v1/invoices/<invoice_id>/documents", summary="List the stored forms of a document")
def documents(invoice_id: str) -> dict[str, Any]:
    header = header_of(invoice_id)
    path = f"invoices/{header.id}"
    until = kept_by_law(header.entity, header.issued_on)
    return listed([form_shown(one, path, until) for one in stored_forms(header)], next_cursor=None)


@router.get(
    "/v1/invoices/<invoice_id>/documents/<form>",
    summary="Download a document as pdf, html, json, cii or ubl",
    responses={200: {"description": "The bytes, as their type says"}},
)
@raw
def download(invoice_id: str, form: str, profile: Profile = "") -> Response[bytes | str]:
    """Give the bytes that are stored; with a `profile`, cii or ubl as that profile wants it."""
    header = header_of(invoice_id)
    if profile:
        return _in_profile(header, form, profile)
    return download_of(stored_form(header, form), header.number)


def _in_profile(header: Header, form: str, profile: str) -> Response[bytes | str]:
    # Its words take long to import, and few of this function's callers want them.
    from solde.runtime.structured import structured  # noqa: PLC0415

    document = closed_document(header, context())
    body = structured(document, form, profile, Path(settings.templates))
    return made_now(body, form, f"{header.number}.{profile}")
