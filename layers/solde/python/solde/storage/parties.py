"""Legal entities and customers as stored; an entity is a versioned record, pinned by a run."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from solde.domain.custom_fields import CustomField
from solde.domain.invoicing.assignment import Assignment
from solde.domain.invoicing.parties import (
    ENTITY_FIELDS,
    Address,
    Customer,
    Entity,
    address_document,
    standing_document,
)
from solde.domain.invoicing.separation import Separation
from solde.domain.invoicing.ways import WaysFrom, ways_document, ways_of
from solde.domain.tax.standing import Evidence, Standing, Vies
from solde.domain.templates import Choice
from solde.storage import index_keys, keys
from solde.storage.reading import day, present, reading
from solde.storage.table import Absent, Condition, Equals, Item

SCHEMA = 1


def customer_to_item(customer: Customer, *, created_at: str) -> Item:
    key = keys.profile(customer.id)
    return {
        "pk": key.pk,
        "sk": key.sk,
        "schema": SCHEMA,
        "list_pk": index_keys.listing("cus", customer.id),
        "list_sk": f"{created_at}#{customer.id}",
        **present(
            id=customer.id,
            entity=customer.entity,
            name=customer.name,
            address=address_document(customer.address),
            email=customer.email,
            language=customer.language,
            external_id=customer.external_id,
            business=customer.business,
            registration=dict(customer.registration or {}) or None,
            terms_days=customer.terms_days,
            parent=customer.parent_id,
            separate=_keys(customer.separate),
            separations=list(map(_separation_to_item, customer.separations)) or None,
            collection=customer.collection,
            invoice_day=customer.invoice_day,
            tax=[standing_document(one) for one in customer.standings] or None,
            held=_iso(customer.collection_held_until),
            group=customer.group or None,
            zone=customer.time_zone or None,
            backups=list(customer.backup_emails) or None,
            choices=list(map(_choice_to_item, customer.choices)) or None,
            fields=dict(customer.fields) or None,
            created_at=created_at,
        ),
    }


def customer_from_item(item: Item) -> Customer:
    with reading(item):
        return Customer(
            id=item["id"],
            entity=item["entity"],
            name=item["name"],
            address=address_from_item(item["address"]),
            email=item.get("email", ""),
            language=item.get("language", ""),
            external_id=item.get("external_id", ""),
            business=item["business"],
            registration=item.get("registration"),
            terms_days=item.get("terms_days"),
            parent_id=item.get("parent", ""),
            separate=_keys_from(item),
            separations=tuple(map(_separation, item.get("separations", ()))),
            collection=item["collection"],
            invoice_day=item["invoice_day"],
            standings=tuple(map(_standing, item.get("tax", ()))),
            collection_held_until=day(item.get("held")),
            group=item.get("group", ""),
            time_zone=item.get("zone", ""),
            backup_emails=tuple(item.get("backups", ())),
            choices=tuple(map(_choice, item.get("choices", ()))),
            fields=tuple(sorted(item["fields"].items())) if "fields" in item else (),
        )


def _choice_to_item(one: WaysFrom) -> Item:
    ways = ways_document(one.ways) if one.ways else None
    return present(number=one.number, since=one.since.isoformat(), ways=ways)


def _choice(item: Item) -> WaysFrom:
    ways = ways_of(item["ways"]) if "ways" in item else None
    return WaysFrom(item["number"], date.fromisoformat(item["since"]), ways)


def _keys(keys: tuple[str, ...] | None) -> list[str] | None:
    """Return soft keys as stored: none at all is another thing than nothing said."""
    return None if keys is None else ["", *keys]


def _keys_from(item: Item) -> tuple[str, ...] | None:
    return tuple(item["separate"][1:]) if "separate" in item else None


def _separation_to_item(one: Separation) -> Item:
    return present(since=one.since.isoformat(), separate=_keys(one.keys), of=one.of or None)


def _separation(item: Item) -> Separation:
    return Separation(date.fromisoformat(item["since"]), _keys_from(item), item.get("of", 0))


def _iso(on: date | None) -> str | None:
    return on.isoformat() if on else None


def _standing(item: Item) -> Standing:
    said = dict(item["evidence"])
    if vies := said.get("vies"):
        at = datetime.fromisoformat(vies["at"])
        said["vies"] = Vies(vies["valid"], at, vies["reference"])
    return Standing(
        since=date.fromisoformat(item["since"]),
        business=item["business"],
        category=item["category"],
        reason=item["reason"],
        evidence=Evidence(**said),
    )


def entity_to_item(entity: Entity) -> Item:
    key = keys.version("entity", entity.code)
    fields = {name: getattr(entity, name) for name in ENTITY_FIELDS}
    fields |= {
        "address": address_document(entity.address),
        "registration": dict(entity.registration or {}),
        "assignments": [asdict(one) for one in entity.assignments],
        "delivery": ways_document(entity.delivery),
        "custom_fields": [_declared(one) for one in entity.custom_fields],
    }
    if not entity.custom_fields:
        del fields["custom_fields"]
    if entity.templates:
        fields["templates"] = choices_to_item(entity.templates)
    listing = {"list_pk": index_keys.listing("cat", "entity"), "list_sk": f"entity#{entity.code}"}
    return {"pk": key.pk, "sk": key.sk, "schema": SCHEMA, **listing, **fields}


def entity_from_item(item: Item) -> Entity:
    with reading(item):
        fields: dict[str, Any] = {name: item[name] for name in ENTITY_FIELDS if name in item}
        fields["separate"] = tuple(fields.get("separate", ()))
        fields["payable_by"] = tuple(fields.get("payable_by", ()))
        fields["assignments"] = tuple(Assignment(**one) for one in fields.get("assignments", ()))
        fields["templates"] = choices_from_item(item)
        fields["custom_fields"] = tuple(map(_field, fields.get("custom_fields", ())))
        if "delivery" in fields:
            fields["delivery"] = ways_of(fields["delivery"])
        return Entity(**{**fields, "address": address_from_item(item["address"])})


def _declared(one: CustomField) -> Item:
    return {**asdict(one), "choices": list(one.choices)}


def _field(item: Item) -> CustomField:
    return CustomField(**{**item, "choices": tuple(item["choices"])})


def choices_to_item(choices: tuple[Choice, ...]) -> list[list[Any]]:
    return [
        [
            one.template,
            one.version,
            one.since.isoformat(),
            *([list(one.parts)] if one.parts else []),
        ]
        for one in choices
    ]


def choices_from_item(item: Item) -> tuple[Choice, ...]:
    """Read which templates an entity has: they lie in its own item, so no plan reads more."""
    rows = item.get("templates", ())
    return tuple(_chosen(*row) for row in rows)


def _chosen(name: str, number: int, since: str, parts: Sequence[str] = ()) -> Choice:
    return Choice(name, number, date.fromisoformat(since), tuple(parts))


def unchanged(entity: Item) -> Condition:
    """Return the condition that the templates of an entity are those that were read with it."""
    if "templated" in entity:
        return Equals("templated", entity["templated"], guard="templates")
    return Absent("templated", guard="templates")


def address_from_item(item: Item) -> Address:
    return Address(tuple(item["lines"]), item["postcode"], item["city"], item["country"])
