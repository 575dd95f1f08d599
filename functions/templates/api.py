"""Templates: how documents look, as data that a finance team changes."""

import json
from typing import Annotated, Any

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Query

from functions.templates.models import NewLogo, NewTemplate, TemplatePreview, template_shown
from solde.adapters.render.texts.prove import prove_texts
from solde.domain.errors import NotFoundError
from solde.domain.periods import day_of
from solde.domain.templates import Template
from solde.ports.records import Record, first
from solde.runtime import wiring
from solde.runtime.clock import business_now
from solde.runtime.documents import templates
from solde.runtime.downloads import made_now
from solde.runtime.fields import described, listed
from solde.runtime.http import api, raw
from solde.runtime.looks import logo_key, stored_logo
from solde.runtime.paging import slice_of
from solde.runtime.settings import settings
from solde.storage.named import codes_of
from solde.storage.templates import KIND, TemplateTable
from solde.workflows.define_template import define_template

ID_MAX = 90
Cursor = Annotated[str | None, Query()]
Limit = Annotated[int, Query()]

app = api("templates", previews=("/preview",))


@app.post("/v1/templates", status_code=201, summary="Create the next version of a template")
def create(body: NewTemplate) -> dict[str, Any]:
    """Documents that are issued keep the version that they were issued with."""
    now, template = business_now(), body.template()
    today = day_of(now, wiring.entities().entity(template.entity).time_zone)
    define_template(template, _table(), first(now, body.metadata), today=today, prove=_prove)
    return _shown(*_latest(template.id))


@app.post(
    "/v1/templates/preview",
    summary="Look at a template before it is saved",
    responses={200: {"description": "A page, a PDF, or as JSON a mail in its parts"}},
)
@raw
def preview(body: TemplatePreview) -> Response[bytes | str]:
    """Set a sample with it before the templates that there are; what a text lacks is marked."""
    # fpdf2 takes long to import, and few callers look at paper.
    from solde.runtime.trial import tried, tried_mail  # noqa: PLC0415

    template = body.template()
    entity = wiring.entities().entity(template.entity)
    prove_texts(template, templates(), entity.custom_fields)
    if template.logo:
        stored_logo(template.logo)
    if body.form == "mail":
        mail = tried_mail(template, entity, body.mail)
        said = {"subject": mail.subject, "text": mail.text, "html": mail.html}
        shown = described("mail_preview", kind=body.mail, **said, livemode=settings.live)
        return Response(200, content_type="application/json", body=json.dumps(shown))
    return made_now(tried(template, entity, body.form), body.form, "preview")


@app.get("/v1/templates", summary="List templates by entity, group and language")
def every(cursor: Cursor = None, limit: Limit = 100) -> dict[str, Any]:
    names, following = slice_of(codes_of(wiring.table(), KIND), cursor=cursor, limit=limit)
    return listed([_shown(*_latest(one)) for one in names], next_cursor=following)


@app.get("/v1/templates/<template>", summary="Read a template in its latest version")
def read(template: str) -> dict[str, Any]:
    return _shown(*_latest(template))


@app.post("/v1/logos", status_code=201, summary="Upload a logo")
def upload(body: NewLogo) -> dict[str, Any]:
    """Store it once, by its content; templates name its id."""
    # Pillow takes long to import, and few callers bring a picture.
    from solde.adapters.render.logo import drawn_logo  # noqa: PLC0415

    logo = drawn_logo(body.bytes())
    wiring.archive().put_new(logo_key(logo.id), logo.png, content_type="image/png")
    size = {"width": logo.width, "height": logo.height, "bytes": len(logo.png)}
    return described("logo", id=logo.id, **size, livemode=settings.live)


def _prove(template: Template) -> None:
    declared = wiring.entities().entity(template.entity).custom_fields
    prove_texts(template, templates(), declared)
    if template.logo:
        stored_logo(template.logo)


def _latest(identity: str) -> tuple[Template, Record]:
    found = _table().latest(identity) if len(identity) <= ID_MAX else None
    if found is None:
        raise NotFoundError(f"template: expected one that was made, found {identity[:100]!r}")
    return found


def _shown(template: Template, record: Record) -> dict[str, Any]:
    return template_shown(template, record, livemode=settings.live)


def _table() -> TemplateTable:
    return TemplateTable(wiring.table())


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:  # noqa: ANN401
    return app.resolve(event, context)
