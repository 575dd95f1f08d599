"""Templates as stored: every version of a layer stays; the entity's item says which ones count."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from solde.domain.errors import NotFoundError, StateConflictError
from solde.domain.templates import Block, MailText, Template, with_choice
from solde.ports.records import Record
from solde.storage import keys
from solde.storage.named import next_version
from solde.storage.parties import choices_from_item, choices_to_item, unchanged
from solde.storage.reading import present, reading
from solde.storage.records import record_from_item, record_to_item
from solde.storage.table import (
    ConditionFailedError,
    Item,
    ItemExists,
    Table,
    Update,
)

SCHEMA = 1
KIND = "template"


class TemplateTable:
    """Layers by id, each in versions."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def latest(self, identity: str) -> tuple[Template, Record] | None:
        item = self._table.get(keys.version(KIND, identity))
        return (template_from_item(item), record_from_item(item)) if item else None

    def pinned(self, wanted: Iterable[tuple[str, int]]) -> list[Template]:
        """
        Return versions of layers in the order asked for.

        Raises:
            NotFoundError: one of them is not there, though versions are never taken away.

        """
        named = [keys.version(KIND, identity, number) for identity, number in wanted]
        items = self._table.get_many(named)
        if missing := [key for key in named if key not in items]:
            raise NotFoundError(f"template: expected {missing[0].pk} {missing[0].sk}, found none")
        return [template_from_item(items[key]) for key in named]

    def put(self, template: Template, record: Record, *, today: date) -> None:
        """
        Store the next version of a layer, and let its entity choose it.

        Raises:
            NotFoundError: there is no such entity.
            StateConflictError: this version, or a later one, is there already; or somebody else
                has changed what the entity chooses meanwhile.

        """
        seller = keys.version("entity", template.entity)
        entity = self._table.get(seller)
        if entity is None:
            raise NotFoundError(
                f"entity: expected one of the seller's, found {template.entity!r}",
                pointer="/entity",
            )
        chosen = with_choice(choices_from_item(entity), template, today)
        kept_as = replace(record, version=template.version)
        body = template_to_item(template) | record_to_item(kept_as)
        same = (ItemExists(), unchanged(entity))
        fields = {"templates": choices_to_item(chosen), "templated": entity.get("templated", 0) + 1}
        try:
            self._table.write(
                *next_version(KIND, template.id, template.version, body),
                Update(seller, fields, conditions=same),
            )
        except ConditionFailedError as failed:
            raise StateConflictError(
                f"template {template.id}: expected {template.version} to be the next version, and "
                "nobody else to change templates of this entity meanwhile",
                pointer="/version",
            ) from failed


def template_to_item(template: Template) -> Item:
    return {
        "schema": SCHEMA,
        **present(
            entity=template.entity,
            group=template.group or None,
            language=template.language or None,
            since=template.since.isoformat(),
            colours=dict(template.colours) or None,
            columns=list(template.columns) or None,
            blocks=[asdict(one) for one in template.blocks] or None,
            show=dict(template.show) or None,
            mails=[asdict(one) for one in template.mails] or None,
        ),
        **({} if template.fields is None else {"fields": list(template.fields)}),
        **({} if template.logo is None else {"logo": template.logo}),
        "version": template.version,
    }


def template_from_item(item: Item) -> Template:
    with reading(item):
        blocks: Sequence[dict[str, Any]] = item.get("blocks", ())
        return Template(
            entity=item["entity"],
            version=item["version"],
            since=date.fromisoformat(item["since"]),
            group=item.get("group", ""),
            language=item.get("language", ""),
            logo=item.get("logo"),
            colours=item.get("colours", {}),
            columns=tuple(item.get("columns", ())),
            blocks=tuple(Block(**one) for one in blocks),
            show=item.get("show", {}),
            mails=tuple(MailText(**one) for one in item.get("mails", ())),
            fields=tuple(item["fields"]) if "fields" in item else None,
        )
