"""A template tried out: a sample of its entity, dressed as documents of a day would be."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from solde.adapters.render.look import Look, logo_of, look_of
from solde.adapters.render.mail import Reminder, invoice_mail, reminder_of
from solde.adapters.render.texts.mails import Own
from solde.adapters.render.view import view
from solde.adapters.render.words import words
from solde.domain.invoicing.parties import Entity, entity_document
from solde.domain.languages import FALLBACK, language_of
from solde.domain.templates import PAY, Choice, Template, chosen
from solde.ports.mail import Mail
from solde.ports.sendings import Outgoing
from solde.runtime import wiring
from solde.runtime.documents import paper, templates
from solde.runtime.looks import stored_logo
from solde.storage.templates import TemplateTable

PAGE = "https://example.com/i/sample"
REMINDER = "reminder_"


def tried(template: Template, entity: Entity, form: str) -> bytes:
    """Set the sample as html or pdf; what its texts lack is marked."""
    document, look = _dressed(template, entity)
    pay_url = PAGE if look.shows(PAY, usually=False) else ""
    said = words(templates(), document["language"])
    return paper(view(document, said, look, marked=True, pay_url=pay_url), form)


def tried_mail(template: Template, entity: Entity, kind: str) -> Mail:
    """Compose a mail of a kind about the sample."""
    document, look = _dressed(template, entity)
    out, own = Outgoing(document["customer"]["email"], PAGE, "sample"), Own(look, marked=True)
    if kind.startswith(REMINDER):
        level = int(kind.removeprefix(REMINDER))
        said = words(templates(), document["language"])
        still = said.money(document["totals"]["due"], document["currency"])
        return reminder_of(document, out, templates(), Reminder(level, still), own)
    shown = {**document, "kind": kind}
    return invoice_mail(shown, templates(), out, own)


def _dressed(template: Template, entity: Entity) -> tuple[dict[str, Any], Look]:
    """Return the sample in the language of the template, and its layer before those it has."""
    language = language_of(template.language, entity.language)
    document = sample(language)
    document |= {"entity": entity_document(entity), "language": language}
    document["customer"] |= {"group": template.group} if template.group else {}
    layers = _layers(template, entity.templates, language)
    identity = logo_of(layers)
    return document, look_of(layers, stored_logo(identity) if identity else None)


def sample(language: str) -> dict[str, Any]:
    """Read the sample of a language; of English where there is none."""
    folder = templates() / "samples"
    path = folder / f"{language.partition('-')[0]}.json"
    found = path if path.exists() else folder / f"{FALLBACK}.json"
    read: dict[str, Any] = json.loads(found.read_text(encoding="utf-8"))
    return read


def _layers(new: Template, known: Sequence[Choice], language: str) -> list[Template]:
    others = [one for one in known if one.template != new.id and one.since <= new.since]
    mine = Choice(new.id, new.version, new.since)
    latest = {one.template: one for one in chosen([*others, mine], new.entity, new.group, language)}
    stored = [(one.template, one.version) for one in latest.values() if one.template != new.id]
    kept: Mapping[str, Template] = {
        one.id: one for one in TemplateTable(wiring.table()).pinned(stored)
    }
    return [kept.get(identity, new) for identity in latest]
