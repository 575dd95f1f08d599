"""A sample document, set with layers from files before those that an entity has."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError

from functions.templates.models import NewTemplate
from local.documents.forms import PAGE, TEMPLATES
from local.documents.samples.own import for_preview
from local.documents.samples.worded import LANGUAGES as SPOKEN
from local.errors import LocalCloudError
from local.stores import stores_of
from local.up import attached
from solde.adapters.render.html import document_html
from solde.adapters.render.logo import drawn_logo, logo_from
from solde.adapters.render.look import Logo, look_of
from solde.adapters.render.pdf import document_pdf
from solde.adapters.render.texts.prove import prove_texts
from solde.adapters.render.view import view
from solde.adapters.render.words import words
from solde.domain.custom_fields import CustomField
from solde.domain.errors import SoldeError
from solde.domain.invoicing.parties import entity_document
from solde.domain.templates import PAY, Template, chosen, drafted, pinned
from solde.runtime.looks import logo_key
from solde.storage.entities import EntityTable
from solde.storage.templates import TemplateTable

LANGUAGES = {one[:2]: one for one in SPOKEN}


class NoPreviewError(LocalCloudError):
    """A file that is no template or picture, or a language that no sample has."""


class Saved(NamedTuple):
    """A layer that an entity has, and the logo that it names."""

    template: Template
    logo: Logo | None


class Wanted(NamedTuple):
    """What to look at: files in front of what is saved."""

    language: str
    files: Sequence[Path] = ()
    logo: Path | None = None
    seller: Mapping[str, Any] | None = None
    saved: Sequence[Saved] = ()
    declared: Sequence[CustomField] = ()
    """The custom fields of the entity."""


def previewed(wanted: Wanted, out: Path) -> Iterator[Path]:
    """
    Write the page and the PDF of a sample, and yield their paths.

    Raises:
        NoPreviewError: with the file, and what is wrong with it.

    """
    if wanted.language not in LANGUAGES:
        raise NoPreviewError(
            f"language: expected one of {', '.join(LANGUAGES)}, found {wanted.language!r}"
        )
    document = for_preview(LANGUAGES[wanted.language])
    if wanted.seller:
        document = {**document, "entity": wanted.seller}
    layers = [
        *(_from_file(one, wanted.declared) for one in wanted.files),
        *(one.template for one in wanted.saved),
    ]
    logo = next((one.logo for one in wanted.saved if one.logo), None)
    if wanted.logo:
        logo = _logo(wanted.logo)
    look = look_of(layers, logo)
    pay_url = PAGE if look.shows(PAY, usually=False) else ""
    said = words(TEMPLATES, document["language"])
    shown = view(document, said, look, marked=True, pay_url=pay_url)
    out.mkdir(parents=True, exist_ok=True)
    for ending, body in (
        ("html", document_html(shown, TEMPLATES).encode()),
        ("pdf", document_pdf(shown, TEMPLATES)),
    ):
        path = out / f"preview-{wanted.language}.{ending}"
        path.write_bytes(body)
        yield path


class Stored(NamedTuple):
    """An entity as documents name it, its layers of today, and what it declares."""

    seller: Mapping[str, Any]
    saved: Sequence[Saved]
    declared: Sequence[CustomField]


def stored(code: str, language: str, home: Path) -> Stored:
    """Read an entity of the local cloud."""
    stores = stores_of(attached(home))
    entity = EntityTable(stores.table).entity(code)
    said = {"templates": drafted(chosen(entity.templates, code, "", language))}
    layers = TemplateTable(stores.table).pinned(pinned(said, date.max.isoformat()))
    saved = [Saved(one, _kept(one, stores.archive)) for one in layers]
    return Stored(entity_document(entity), saved, entity.custom_fields)


def _kept(template: Template, archive: Any) -> Logo | None:  # noqa: ANN401 - a store of objects
    body = archive.get(logo_key(template.logo)) if template.logo else None
    return logo_from(str(template.logo), body) if body else None


def _from_file(path: Path, declared: Sequence[CustomField]) -> Template:
    """Read and prove a template as the API would."""
    try:
        template = NewTemplate.model_validate_json(path.read_bytes()).template()
        prove_texts(template, TEMPLATES, declared)
    except ValidationError as wrong:
        first = wrong.errors()[0]
        place = "/".join(["", *map(str, first["loc"])])
        raise NoPreviewError(f"{path}: {place}: {first['msg']}") from wrong
    except (OSError, json.JSONDecodeError, SoldeError) as wrong:
        pointer = getattr(wrong, "pointer", "")
        raise NoPreviewError(f"{path}: {pointer}{': ' if pointer else ''}{wrong}") from wrong
    return template


def _logo(path: Path) -> Logo:
    try:
        return drawn_logo(path.read_bytes())
    except (OSError, SoldeError) as wrong:
        raise NoPreviewError(f"{path}: {wrong}") from wrong
