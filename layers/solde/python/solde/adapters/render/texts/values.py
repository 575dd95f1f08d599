"""The values of a document that texts of templates can name, as they are read."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from solde.adapters.render.custom import Named, Raw, fields_of
from solde.adapters.render.custom import values_of as values_of_fields
from solde.adapters.render.lines import Group, Row
from solde.adapters.render.look import Look
from solde.adapters.render.references import shared
from solde.adapters.render.texts.known import LISTS, WHOLE
from solde.adapters.render.texts.sandbox import Marked, Missing, filled, holds
from solde.adapters.render.words import Words

Document = Mapping[str, Any]
Values = Mapping[str, Any]


def texts_of(look: Look, values: Values) -> dict[str, tuple[str, ...]]:
    """Return the lines of the texts of a look, by place; those whose condition fails are none."""
    found: dict[str, list[str]] = {}
    for block in look.blocks:
        if holds(block.when, values):
            lines = [line for line in filled(block.text, values).split("\n") if line.strip()]
            found.setdefault(block.place, []).extend(lines)
    return {place: tuple(lines) for place, lines in found.items() if lines}


def values_of(
    document: Document,
    words: Words,
    groups: Sequence[Group],
    totals: Iterable[tuple[str, str]],
    *,
    marked: bool = False,
) -> Values:
    """Return all values; what is missing is nothing, or is marked where a look is tried out."""
    said = {
        "document": _document(document, words),
        "customer": _party(document["customer"]),
        "entity": _party(document["entity"]),
        "terms": {name: str(document["terms"].get(name, "")) for name in ("days", "collection")},
    }
    blank = Marked if marked else Missing
    for whole, names in said.items():
        for name in WHOLE[whole]:
            if not names.get(name):
                names[name] = blank(name=f"{whole}.{name}")
    for whole, part in (("document", document), ("customer", document["customer"])):
        said[whole]["fields"] = _named(fields_of(part), f"{whole}.fields", blank, words)
    return {
        **said,
        "lines": [_row(row, blank, words) for group in groups for row in group.rows],
        "subscriptions": [_sold(one, blank, words) for one in groups],
        "totals": [{"label": label, "amount": amount} for label, amount in totals],
    }


def _row(row: Row, blank: type[Missing], words: Words) -> Values:
    said = {name: getattr(row, name) for name in LISTS["lines"].names}
    return {**said, "fields": _named(row.fields, "fields", blank, words)}


def _sold(group: Group, blank: type[Missing], words: Words) -> Values:
    fields = _named(group.fields, "fields", blank, words)
    return {"name": group.name, "amount": group.amount, "fields": fields}


def _named(raw: Raw, before: str, blank: type[Missing], words: Words) -> Named:
    return Named(values_of_fields(raw, words), lambda name: blank(name=f"{before}.{name}"))


def _document(document: Document, words: Words) -> dict[str, Any]:
    envelope, totals, currency = document["envelope"], document["totals"], document["currency"]
    period = document["period"]
    days = [words.day(period[name], short=True) for name in ("start_on", "last_on")]
    due_on = envelope.get("due_on", "")
    named = shared(document) if "subscription" in document["lines"][0] else {}
    return {
        "kind": document["kind"],
        "title": words.say(f"title_{document['kind']}"),
        "number": envelope["number"],
        "issued_on": words.day(envelope["issued_on"]),
        "due_on": words.day(due_on) if due_on else "",
        "period": words.say("from_to", start=days[0], end=days[1]),
        "currency": currency,
        **{name: words.money(totals[name], currency) for name in ("net", "tax", "gross", "due")},
        **named,
    }


def _party(party: Mapping[str, Any]) -> dict[str, Any]:
    facts, place = party["registration"], party["address"]
    return {
        "name": party["name"],
        "code": party.get("code", ""),
        "number": party.get("external_id", ""),
        "email": party.get("email") or facts.get("email", ""),
        "group": party.get("group", ""),
        "city": place["city"],
        "country": place["country"],
        **{name: facts.get(name, "") for name in ("siren", "vat_id", "iban", "register")},
    }
