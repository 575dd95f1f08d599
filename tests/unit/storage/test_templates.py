"""Templates as stored: versions stay, the entity's item names those that count."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from solde.domain.errors import NotFoundError, StateConflictError
from solde.domain.templates import Block, Choice, Template
from solde.ports.records import Record
from solde.storage.entities import EntityTable
from solde.storage.templates import TemplateTable, template_from_item, template_to_item
from tests.support.model_table import ModelTable, _copied
from tests.support.seller import ENTITY

NOW = datetime(2026, 11, 27, tzinfo=UTC)
TODAY, LATER = date(2026, 11, 27), date(2026, 12, 1)
RECORD = Record(NOW, NOW, 1, {"who": "Léa"})
FULL = Template(
    entity="FRA",
    version=1,
    since=TODAY,
    group="retail",
    language="fr",
    logo="",
    colours={"accent": "#8a1f4d"},
    columns=("description", "tax", "amount"),
    blocks=(Block("footer", "Merci", "customer.group"), Block("header", "Bonjour")),
    show={"subtotals": False},
)
BARE = Template("FRA", 1, TODAY)


@pytest.fixture
def stores() -> tuple[EntityTable, TemplateTable]:
    table = ModelTable()
    EntityTable(table).put(ENTITY)
    return EntityTable(table), TemplateTable(table)


@pytest.mark.parametrize("template", [FULL, BARE])
def test_a_template_comes_back_whole(template) -> None:
    assert template_from_item(_copied(template_to_item(template))) == template


def test_versions_stay_and_the_entity_chooses(stores) -> None:
    entities, templates = stores
    assert templates.latest("FRA") is None
    templates.put(BARE, RECORD, today=TODAY)
    second = replace(BARE, version=2, since=LATER, colours={"accent": "#000000"})
    templates.put(second, RECORD, today=TODAY)
    latest = templates.latest("FRA")
    assert latest is not None
    assert (latest[0], latest[1].version, latest[1].metadata) == (second, 2, {"who": "Léa"})
    assert templates.pinned([("FRA", 2), ("FRA", 1)]) == [second, BARE]
    assert entities.entity("FRA").templates == (Choice("FRA", 1, TODAY), Choice("FRA", 2, LATER))
    with pytest.raises(NotFoundError, match="v0003, found none"):
        templates.pinned([("FRA", 3)])


def test_a_new_version_of_the_entity_keeps_its_templates(stores) -> None:
    entities, templates = stores
    templates.put(BARE, RECORD, today=TODAY)
    entities.put(replace(ENTITY, version=2, name="Solde SA"))
    found = entities.entity("FRA")
    assert (found.name, found.templates) == ("Solde SA", (Choice("FRA", 1, TODAY),))


def test_a_version_is_stored_once_and_for_an_entity_that_there_is(stores) -> None:
    _, templates = stores
    templates.put(BARE, RECORD, today=TODAY)
    with pytest.raises(StateConflictError, match="expected 1 to be the next version"):
        templates.put(BARE, RECORD, today=TODAY)
    with pytest.raises(NotFoundError, match="found 'USA'"):
        templates.put(replace(BARE, entity="USA"), RECORD, today=TODAY)
